// A desk for the tests of undo: what people see of it as plain facts to compare, and acts to take back.
import { randomUUID } from 'node:crypto'
import type { CallId, IncidentId, RelayId, ReportId } from '#domain/id.ts'
import type { NewOp } from '#domain/op.ts'
import { openBlocks } from '#db/queries/blocks.ts'
import { logAlarms } from '#db/queries/log-alarms.ts'
import { prepared } from '#db/open.ts'
import { dailyLogRows } from '#db/queries/daily-log.ts'
import { movingClock } from './sync/test-site.ts'
import { startTestDesk } from './test-desk.ts'

/** A desk whose clock is moved by hand, with siti signed in, and what the tests of undo do on it. */
export async function undoDesk(site?: string) {
  const clock = movingClock()
  const desk = await startTestDesk({ ...(site === undefined ? {} : { site }), options: { clock } })
  const { page } = desk
  await page.signIn()
  const { db, recorder } = desk.core.desk
  const open = async (type = 'BKR-RMH') => {
    const ids = { incident: randomUUID() as IncidentId, report: randomUUID() as ReportId }
    const { label } = await page.done('openIncident', { ...ids, call: null, source: 'walk-in', type, priority: null })
    return { ...ids, label }
  }
  const relayed = async (agency = 'DAMKAR', channel: 'phone' | 'mqtt' = 'phone') => {
    const { incident } = await open()
    const relay = randomUUID() as RelayId
    await page.done('makeRelays', { incident, targets: [{ relay, agency, channel }] })
    return { incident, relay }
  }
  /** A call that was missed, or answered at this desk, as the exchange told it. */
  const call = (isAnswered: boolean): CallId => {
    const id = randomUUID() as CallId
    const at = clock.now()
    const body = { direction: 'in', dialled: '112', offeredAt: at - 60_000, endedAt: at - 30_000 } as const
    const end = isAnswered ? { answeredAt: at - 50_000, endReason: 'caller-hangup' } : { endReason: 'abandoned' }
    const personal = { number: '+6281200004486', numberTrust: 'asserted' } as const
    const kind = isAnswered ? 'CallAnswered' : 'CallSeen'
    const op = { kind, on: `call:${id}`, body: { ...body, ...end }, personal } as NewOp
    recorder.transact({ by: 'system', session: 'system' }, () => [op])
    return id
  }
  const last = () => page.read('lastAction', {})
  const undo = async () => page.send('undoLast', { action: (await last())?.action ?? 'none' })
  /** A change by another person at this desk's store, outside every action of the session. */
  const byOther = (op: NewOp): void => recorder.transact({ by: 'tono', session: 'other' }, () => [op])
  return { ...desk, page, db, clock, open, relayed, call, last, undo, byOther }
}
export type UndoDesk = Awaited<ReturnType<typeof undoDesk>>

type Json = null | string | number | boolean | readonly Json[] | { readonly [key: string]: Json }

/** Bookkeeping: which ops stand behind a value, how far a record has come, when a state was set. */
const ignored = ['over', 'conflicts', 'recordState', 'activity', 'at', 'toldAt', 'relay', 'by', 'followUpAt', 'since']

function plain(value: Json): Json {
  if (Array.isArray(value)) return value.map((one: Json) => plain(one))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => (ignored.includes(key) ? [] : [[key, plain(one as Json)]])),
  )
}

/** What people see of everything on a desk: struck notes and relays that were called off are there, and count as nothing. */
export async function seen({ page, db, clock }: UndoDesk): Promise<Json> {
  const incidents = prepared<{ incident: IncidentId }>(db, 'SELECT incident FROM incident ORDER BY label').all()
  const views = []
  for (const { incident } of incidents) {
    const row = await page.read('incident', { incident })
    if (row === null) continue
    const agencies = row.agencies.flatMap(({ agency, relay }) =>
      relay === null || relay.step === 'cancelled' ? [] : [{ ...relay, agency }],
    )
    const notes = row.notes.flatMap(({ text, struck }) => (struck === null ? [text] : []))
    views.push({ ...row, agencies, notes })
  }
  const calls = prepared<object>(
    db,
    `SELECT call, class, coalesce(follow_up, 'belum') AS followUp, is_to_call_back, incident, is_by_hand FROM call ORDER BY call`,
  ).all()
  const day = { from: clock.now() - 86_400_000, to: clock.now() + 86_400_000 }
  const board = await page.read('board', { limit: 50 })
  const rows = board.rows.map((row) => ({ ...row, relays: row.relays.filter(({ step }) => step !== 'cancelled') }))
  const all = {
    views,
    calls,
    state: await page.read('operatorState', {}),
    board: { ...board, rows },
    missed: await page.read('missedCalls', {}),
    alarms: (await page.read('alarms', {})).map(({ agency, label }) => ({ agency, label })),
    blocks: openBlocks(db, clock.now()),
    logAlarms: logAlarms(db),
    log: dailyLogRows(db, day).map(({ call, incident }) => ({ call, incident: incident?.lastNote ?? null })),
  }
  return plain(JSON.parse(JSON.stringify(all)) as Json)
}
