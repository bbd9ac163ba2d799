// A broker, a command centre or a mere listener in a process of its own, as on a real site. Ends with its parent.
import { fork } from 'node:child_process'
import mqtt from 'mqtt'
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { systemClock } from '#domain/time.ts'
import { startBroker } from '../../electron/trial/brokers.ts'
import { startTrialCentre } from '../../electron/trial/trial-centre.ts'
import { benchKey } from './machine.ts'

export type PeerStart =
  | { readonly kind: 'broker' }
  /** `rootSeed` is 32 bytes of hex; `member` the desk that the centre lets in. */
  | {
      readonly kind: 'centre'
      readonly dir: string
      readonly site: string
      readonly broker: string
      readonly rootSeed: string
      readonly member: string
    }
  /** Subscribes to one topic with QoS 1 and tells when it has got so many messages. */
  | { readonly kind: 'listener'; readonly broker: string; readonly topic: string; readonly count: number }

export type Peer = {
  /** Of a broker: its address; else empty. */
  readonly url: string
  /** Of a listener: resolves when it has got everything. */
  readonly done: Promise<void>
  readonly stop: () => Promise<void>
}

/** Starts a peer and resolves when it is ready. */
export function startPeer(start: PeerStart): Promise<Peer> {
  return new Promise((settle, reject) => {
    const child = fork(fileURLToPath(import.meta.url), [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    const ended = new Promise<void>((resolveEnd) => child.once('exit', () => resolveEnd()))
    const stop = async (): Promise<void> => {
      if (child.connected) child.disconnect()
      await ended
    }
    child.once('message', (message) => {
      const done = new Promise<void>((resolveDone) => child.once('message', () => resolveDone()))
      settle({ url: typeof message === 'string' ? message : '', done, stop })
    })
    child.once('exit', (code) => reject(new Error(`the ${start.kind} ended with code ${code}`)))
    child.send(start)
  })
}

type Running = { readonly url: string; readonly stop: () => Promise<void> }

async function run(start: PeerStart): Promise<Running> {
  if (start.kind === 'listener') return listen(start)
  if (start.kind === 'broker') {
    const broker = await startBroker()
    return { url: broker.url, stop: broker.close }
  }
  mkdirSync(start.dir, { recursive: true })
  const centre = await startTrialCentre({
    store: {
      dataDir: start.dir,
      secondDir: null,
      key: benchKey,
      nativeBinding: null,
      migrationsDir: resolve('db/migrations'),
      clock: systemClock,
    },
    site: start.site,
    rootSeed: Buffer.from(start.rootSeed, 'hex'),
    broker: start.broker,
    version: 'bench',
    clock: systemClock,
    scopes: new Map([[start.member, 'full']]),
  })
  return { url: '', stop: centre.stop }
}

async function listen({ broker, topic, count }: Extract<PeerStart, { kind: 'listener' }>): Promise<Running> {
  const client = await mqtt.connectAsync(broker, { protocolVersion: 4, reconnectPeriod: 0 })
  let got = 0
  client.on('message', () => {
    got += 1
    if (got === count) process.send?.('done')
  })
  await client.subscribeAsync(topic, { qos: 1 })
  return { url: '', stop: () => client.endAsync() }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.once('message', (start) => {
    void run(start as PeerStart).then(({ url, stop }) => {
      process.once('disconnect', () => void stop().then(() => process.exit()))
      process.send?.(url)
    })
  })
}
