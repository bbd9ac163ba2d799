// An alarm about a log: a lead or an admin takes it off every screen, and the facts and the record keep it.
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { newId } from '#domain/id.ts'
import { raiseAlarm } from '#db/log/log.ts'
import { openDatabase, prepared } from '#db/open.ts'
import { logAlarms } from '#db/queries/log-alarms.ts'
import { startBroker } from '../trial/brokers.ts'
import { closeSite, newSite, record, start, until } from './sync/test-site.ts'
import { openPage, startTestDesk } from './test-desk.ts'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})
const fork = 'A.aaaaaaaaaaaaaaaa'
const other = 'C.cccccccccccccccc'

/** A desk whose store holds a proof of a fork; `prove` adds another one. */
async function alarmedDesk() {
  const made = await startTestDesk()
  ends.push(made.end)
  const db = openDatabase({ file: join(made.dir, 'meja.db'), key: made.start.key })
  ends.push(() => db.close())
  const prove = (origin: string) => {
    raiseAlarm({ db, clock: { now: () => 1_795_486_500_000 } } as never, 'fork', origin)
  }
  prove(fork)
  return { ...made, db, prove }
}

describe('an alarm about a log', () => {
  it('stays until a lead or an admin deals with it, and then says who and when', async () => {
    const { page } = await alarmedDesk()
    expect((await page.read('sync', {})).alarms).toEqual([
      { kind: 'fork', origin: fork, member: 'A', noticedAt: 1_795_486_500_000, handled: null },
    ])
    const command = { alarm: 'fork', origin: fork } as const
    await page.signIn('siti')
    expect(await page.send('handleLogAlarm', command)).toMatchObject({ fault: 'forbidden' })
    expect((await page.read('sync', {})).alarms[0]?.handled).toBeNull()
    await page.signIn('rina')
    const since = Date.now()
    await page.done('handleLogAlarm', command)
    const [alarm] = (await page.until('sync', {}, ({ alarms }) => alarms[0]?.handled !== null)).alarms
    expect(alarm).toMatchObject({ kind: 'fork', origin: fork, handled: { by: expect.stringMatching(/^Rina/) } })
    expect(alarm?.handled?.at).toBeGreaterThanOrEqual(since)
  })

  it('is on record for an auditor, once, and cannot be dealt with when there is none', async () => {
    const { page, db } = await alarmedDesk()
    await page.signIn('rina')
    for (let n = 0; n < 2; n += 1) await page.done('handleLogAlarm', { alarm: 'fork', origin: fork })
    expect(await page.send('handleLogAlarm', { alarm: 'rewound', origin: fork })).toEqual({
      fault: 'not_found',
      field: 'alarm',
    })
    const ops = prepared<{ text: string }>(
      db,
      `SELECT CAST(bytes AS TEXT) AS text FROM op WHERE kind = 'LogAlarmHandled'`,
    ).all()
    expect(ops.map(({ text }) => JSON.parse(text) as object)).toMatchObject([
      { on: `log:${fork}`, by: 'rina', body: { alarm: 'fork' } },
    ])
  })

  it('of another log shows again, and what was dealt with stays so over a restart', async () => {
    const first = await alarmedDesk()
    await first.page.signIn('rina')
    await first.page.done('handleLogAlarm', { alarm: 'fork', origin: fork })
    first.prove(other)
    await first.core.stop()
    const again = await startTestDesk({ dir: first.dir })
    ends.push(again.end)
    const { alarms } = await openPage(again.core).read('sync', {})
    expect(alarms.map(({ origin, handled }) => [origin, handled === null])).toEqual([
      [fork, false],
      [other, true],
    ])
  })

  it('that is dealt with at one desk is off the screens of the others', async () => {
    const wire = await startBroker()
    const at = newSite()
    ends.push(wire.close, () => closeSite(at.all))
    for (const one of [at.centre, at.a, at.b]) start(one, [wire.url])
    for (const one of [at.a, at.b]) raiseAlarm(one.log, 'fork', fork)
    record(at.a, [{ kind: 'LogAlarmHandled', on: `log:${fork}`, body: { alarm: 'fork' }, by: `lead-${newId()}` }])
    await until('B knows', () => at.b.sync?.facts().alarms[0]?.handled?.by.startsWith('lead-') === true)
    expect(logAlarms(at.b.log.db)).toHaveLength(1)
  })
})
