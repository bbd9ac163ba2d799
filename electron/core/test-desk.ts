// A whole core on real files for tests, with a page connected to it. Time and the exchange are the only doubles.
import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { commands, type CommandInput, type CommandName, type CommandOutput } from '#contract/commands.ts'
import { connect, webPort, type Client } from '#contract/port.ts'
import { queries, type QueryInput, type QueryName, type QueryOutput } from '#contract/queries.ts'
import type { CoreStart } from '#contract/shell.ts'
import { isFault, type Fault } from '#domain/fault.ts'
import type { SessionId } from '#domain/id.ts'
import type { CoreOptions } from './assemble.ts'
import { startCore, type Core } from './start.ts'

/** A site file for tests; the brokers' ports are closed unless others are given. */
export function siteText(
  facts: { member?: string; sync?: string; exchange?: string; centreKey?: string } = {},
): string {
  return `site: demak-uji
name: Call Center 112 Demak (uji)
regency: "33.21"
member: ${facts.member ?? 'B'}
brokers: { sync: ["${facts.sync ?? 'mqtt://127.0.0.1:9'}"], exchange: ["${facts.exchange ?? 'mqtt://127.0.0.1:9'}"] }
bridge: pbx1
${facts.centreKey === undefined ? '' : `centreKey: "${facts.centreKey}"\n`}agencies:
  - { code: BPBD, channels: [mqtt, phone], phone: "081200001170" }
  - { code: PSC119, channels: [mqtt, phone], phone: "081200001190" }
  - { code: POLRES, channels: [phone], phone: "081200001101" }
  - { code: DAMKAR, channels: [phone], phone: "081200001130" }
  - { code: PMI, channels: [phone] }
`
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'meja-112-core-'))
}

/** What main would hand over for a desk in `dir`. */
export function coreStartIn(dir: string, site: string = siteText()): CoreStart {
  mkdirSync(dir, { recursive: true })
  const siteFile = join(dir, 'site.yaml')
  writeFileSync(siteFile, site)
  return {
    dataDir: dir,
    secondDir: null,
    key: '11'.repeat(32),
    nativeBinding: null,
    migrationsDir: resolve('db/migrations'),
    resourcesDir: resolve('resources'),
    version: '0.1.0',
    boot: randomUUID(),
    isTrial: true,
    siteFile,
  }
}

export type Page = {
  readonly client: Client<typeof commands, typeof queries>
  /** Sends a command in the page's session. */
  readonly send: <K extends CommandName>(
    name: K,
    input: CommandInput<K>,
    command?: string,
  ) => Promise<CommandOutput<K> | Fault>
  /** Sends a command and expects its output. */
  readonly done: <K extends CommandName>(name: K, input: CommandInput<K>) => Promise<CommandOutput<K>>
  /** The newest value of a query, watched from now on. */
  readonly read: <K extends QueryName>(name: K, input: QueryInput<K>) => Promise<QueryOutput<K>>
  /** Resolves when a watched query gives a value that fits. */
  readonly until: <K extends QueryName>(
    name: K,
    input: QueryInput<K>,
    fits: (value: QueryOutput<K>) => boolean,
  ) => Promise<QueryOutput<K>>
  readonly signIn: (operator?: string, pin?: string) => Promise<SessionId>
  readonly session: () => SessionId | null
}

/** Connects a page to a core over a real message channel. */
export function openPage(core: Pick<Core, 'servePage'>, session: SessionId | null = null): Page {
  const channel = new MessageChannel()
  core.servePage(webPort(channel.port1 as never))
  channel.port1.unref()
  channel.port2.unref()
  const client = connect(webPort(channel.port2 as never), commands, queries)
  let own = session
  const send: Page['send'] = (name, input, command = randomUUID()) =>
    client.call(name, input as never, { command, session: own }) as never
  const done: Page['done'] = async (name, input) => {
    const reply = await send(name, input)
    if (isFault(reply)) throw new Error(`${name}: ${JSON.stringify(reply)}`)
    return reply
  }
  const until: Page['until'] = (name, input, fits) =>
    new Promise((settle, reject) => {
      const timer = setTimeout(() => {
        stop()
        reject(new Error(`${name} never fitted; last value ${JSON.stringify(last)}`))
      }, 60_000)
      let last: unknown
      const stop = client.watch(name, input as never, (value) => {
        last = value
        if (!fits(value as never)) return
        clearTimeout(timer)
        setImmediate(() => stop())
        settle(value as never)
      })
    })
  return {
    client,
    send,
    done,
    until,
    read: (name, input) => until(name, input, () => true),
    signIn: async (operator = 'siti', pin = '112112') => {
      const reply = await done('signIn', { operator, pin })
      own = reply.session
      return reply.session
    },
    session: () => own,
  }
}

/** A core in a folder of its own; `end` stops it and removes the folder. */
export async function startTestDesk(
  facts: { dir?: string; site?: string; start?: Partial<CoreStart>; options?: Partial<CoreOptions> } = {},
): Promise<{ core: Core; page: Page; dir: string; start: CoreStart; end: () => Promise<void> }> {
  const dir = facts.dir ?? newFolder()
  const start = { ...coreStartIn(dir, facts.site), ...facts.start }
  const onFatal = (error: unknown): void => {
    throw error
  }
  const core = await startCore(start, { onFatal, checkOutput: true, unactedMs: () => 50, ...facts.options })
  const end = async (): Promise<void> => {
    await core.stop()
    rmSync(dir, { recursive: true, force: true })
  }
  return { core, page: openPage(core), dir, start, end }
}
