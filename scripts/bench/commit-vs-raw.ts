// commit_vs_raw_sqlite: one field command through core's own dispatcher against a bare transaction with the same op bytes.
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { isFault } from '#domain/fault.ts'
import type { IncidentId, OpId, ReportId, SessionId } from '#domain/id.ts'
import { openDatabase, transact, type Db } from '#db/open.ts'
import { headsOf } from '#db/queries/heads.ts'
import { dispatcher } from '../../electron/core/dispatch.ts'
import { rules } from '../../electron/core/rules.ts'
import type { Core } from '../../electron/core/start.ts'
import { startTestDesk } from '../../electron/core/test-desk.ts'
import { percentile, rounded, spread, type Bench, type Figure, type Measured } from './figure.ts'
import { benchKey } from './machine.ts'
import { walCounts } from './wal.ts'

const rounds = 1_000
/** Not counted: the first commands compile statements and warm the code. */
const warmUp = 200
/** A field is set again and again in a real incident, but not a thousand times: each gets this many sets. */
const setsPerIncident = 10

type Bytes = { readonly bytes: Buffer; readonly personal: Buffer | null }

/** A desk whose operator sets one field after the other, through the dispatcher that serves the pages. */
class FieldCommands {
  readonly #core: Core
  readonly #session: SessionId
  readonly #handlers: ReturnType<typeof dispatcher>['handlers']
  #incident = '' as IncidentId
  #set = 0

  constructor(core: Core, session: SessionId) {
    this.#core = core
    this.#session = session
    this.#handlers = dispatcher(core.desk, rules).handlers
  }

  /** Runs one command and gives its time in ms. */
  async run(): Promise<number> {
    if (this.#set % setsPerIncident === 0) await this.#open()
    this.#set += 1
    const incident = this.#incident
    const over: OpId[] = headsOf(this.#core.desk.db, `incident:${incident}`, 'landmark')
    const input = { incident, field: 'landmark' as const, value: `depan SPBU, gang ke-${this.#set}`, over }
    const envelope = { command: randomUUID(), session: this.#session }
    const startedAt = performance.now()
    const reply = await this.#handlers.setIncidentField(input, envelope)
    const took = performance.now() - startedAt
    if (isFault(reply)) throw new Error(`the command was refused: ${JSON.stringify(reply)}`)
    return took
  }

  /** The op bytes that the last command recorded. */
  lastOp(): Bytes {
    const row = this.#core.store.db.prepare('SELECT bytes, personal FROM op ORDER BY op DESC LIMIT 1').get()
    return row as Bytes
  }

  async #open(): Promise<void> {
    this.#incident = randomUUID() as IncidentId
    const ids = { incident: this.#incident, report: randomUUID() as ReportId }
    const input = { ...ids, call: null, source: 'walk-in' as const, type: 'BKR-RMH', priority: null }
    const reply = await this.#handlers.openIncident(input, { command: randomUUID(), session: this.#session })
    if (isFault(reply)) throw new Error(`no incident: ${JSON.stringify(reply)}`)
  }
}

function openRaw(file: string): { readonly db: Db; readonly insert: (op: Bytes) => number } {
  const db = openDatabase({ file, key: benchKey })
  db.exec('CREATE TABLE op (op INTEGER PRIMARY KEY, bytes BLOB NOT NULL, personal BLOB) STRICT')
  const statement = db.prepare('INSERT INTO op (bytes, personal) VALUES (?, ?)')
  const insert = ({ bytes, personal }: Bytes): number => {
    const startedAt = performance.now()
    transact(db, () => statement.run(bytes, personal))
    return performance.now() - startedAt
  }
  return { db, insert }
}

async function measure({ dir }: Bench): Promise<Measured> {
  const desk = await startTestDesk({ dir: join(dir, 'desk'), options: { checkOutput: false } })
  const raw = openRaw(join(dir, 'raw.db'))
  try {
    const commands = new FieldCommands(desk.core, await desk.page.signIn())
    const inCore: number[] = []
    const inRaw: number[] = []
    for (let n = 0; n < warmUp + rounds; n += 1) {
      // In turn, so that both meet the same moods of the machine.
      const core = await commands.run()
      const bare = raw.insert(commands.lastOp())
      if (n >= warmUp) {
        inCore.push(core)
        inRaw.push(bare)
      }
    }
    const value = percentile(inCore, 0.5) / percentile(inRaw, 0.5)
    const cost = await costOf(desk.core.store.db, commands)
    return { value, note: `medians; core ms ${spread(inCore)}; raw ms ${spread(inRaw)}; ${cost}` }
  } finally {
    raw.db.close()
    await desk.end()
  }
}

/** Rows, bytes and fsyncs of one command, counted over the commands on one incident. */
async function costOf(db: Db, commands: FieldCommands): Promise<string> {
  await commands.run()
  db.pragma('wal_checkpoint(TRUNCATE)')
  const rowsBefore = changes(db)
  const count = setsPerIncident - 1
  let opBytes = 0
  for (let n = 0; n < count; n += 1) {
    await commands.run()
    const op = commands.lastOp()
    opBytes += op.bytes.byteLength + (op.personal?.byteLength ?? 0)
  }
  const { pages, commits, bytes } = walCounts(`${db.name}-wal`)
  const per = (total: number): number => rounded(total / count)
  const rows = per(changes(db) - rowsBefore)
  return `per command ${rows} rows, ${per(opBytes)} op bytes, ${per(pages)} pages, ${per(bytes)} bytes written, ${per(commits)} fsyncs`
}

function changes(db: Db): number {
  return (db.prepare('SELECT total_changes() AS n').get() as { n: number }).n
}

export const commitVsRaw: Figure = {
  name: 'commit_vs_raw_sqlite',
  unit: 'times',
  target: 3,
  isMost: true,
  measure,
}
