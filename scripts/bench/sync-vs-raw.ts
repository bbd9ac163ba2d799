// sync_vs_raw_mqtt: ops per second from the desk's log to the centre's confirmation against the same bytes over bare MQTT.js.
import mqtt from 'mqtt'
import { newId, type IncidentId } from '#domain/id.ts'
import type { NewOp } from '#domain/op.ts'
import type { Db } from '#db/open.ts'
import { percentile, type Bench, type Figure, type Measured } from './figure.ts'
import { startPeer } from './peer.ts'
import { openSyncSite } from './sync-site.ts'

const rounds = 3
const ops = 10_000
const opsPerCommit = 200
const inFlight = 16
const author = { by: 'siti', session: '0193a1f0-0000-7000-8000-0000000000b1' }

/** Notes on one incident; each is 400 bytes with its personal part. */
function someNotes(from: number): NewOp[] {
  const on = `incident:${newId<IncidentId>()}`
  return Array.from({ length: opsPerCommit }, (_, n) => {
    const text = `Perahu ${String(from + n).padStart(5, '0')} sudah berangkat dari posko Sayung`
    return { kind: 'NoteAdded', on, body: {}, personal: { text } }
  })
}

/** The bytes of the last ops with their personal parts, one message each. */
function lastMessages(db: Db): Buffer[] {
  const rows = db
    .prepare(`SELECT bytes, personal FROM op WHERE kind = 'NoteAdded' ORDER BY op DESC LIMIT ?`)
    .all(ops) as { readonly bytes: Buffer; readonly personal: Buffer }[]
  return rows.map(({ bytes, personal }) => Buffer.concat([bytes, personal]))
}

type Raw = { readonly acknowledged: number; readonly received: number }

/** Publishes the messages with QoS 1; gives messages per second until the broker took them, and until a listener got them. */
async function publishRaw(broker: string, payloads: readonly Buffer[]): Promise<Raw> {
  const topic = 'm112/raw'
  const listener = await startPeer({ kind: 'listener', broker, topic, count: payloads.length })
  const client = await mqtt.connectAsync(broker, { protocolVersion: 4, reconnectPeriod: 0 })
  const startedAt = performance.now()
  const rate = (): number => (payloads.length / (performance.now() - startedAt)) * 1000
  let next = 0
  const worker = async (): Promise<void> => {
    for (let payload = payloads[next++]; payload !== undefined; payload = payloads[next++]) {
      await client.publishAsync(topic, payload, { qos: 1 })
    }
  }
  await Promise.all(Array.from({ length: inFlight }, worker))
  const acknowledged = rate()
  await listener.done
  const received = rate()
  await client.endAsync()
  await listener.stop()
  return { acknowledged, received }
}

async function measure({ dir, say }: Bench): Promise<Measured> {
  const site = await openSyncSite(dir)
  const shares: number[] = []
  const notes: string[] = []
  try {
    for (let round = 0; round < rounds; round += 1) {
      say(`round ${round + 1} of ${rounds}: working without a network, then draining`)
      let payloads: Buffer[] = []
      const drained = await site.drain((core) => {
        for (let from = 0; from < ops; from += opsPerCommit) core.desk.recorder.transact(author, () => someNotes(from))
        payloads = lastMessages(core.store.db)
        return Promise.resolve()
      })
      const raw = await publishRaw(site.broker, payloads)
      const sync = drained.ops / drained.drainS
      shares.push(sync / raw.received)
      const bytes = payloads.reduce((sum, payload) => sum + payload.byteLength, 0) / payloads.length
      notes.push(
        `${Math.round(sync)} ops/s confirmed against ${Math.round(raw.received)} messages/s received (${Math.round(raw.acknowledged)} acknowledged), ${Math.round(bytes)} bytes each`,
      )
    }
    const note = `median of ${rounds} rounds of ${ops} ops, both through the broker into another process: ${notes.join('; ')}`
    return { value: percentile(shares, 0.5), note }
  } finally {
    await site.close()
  }
}

export const syncVsRaw: Figure = {
  name: 'sync_vs_raw_mqtt',
  unit: 'share',
  target: 0.5,
  isMost: false,
  measure,
}
