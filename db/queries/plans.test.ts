import { expect, test } from 'vitest'
import type { CallId, IncidentId, OpId, RelayId, ReportId } from '#domain/id.ts'
import type { NewOp } from '#domain/op.ts'
import { applySamples, opMaker, sampleDatabase, sampleId, sampleKey, startMs } from '../apply/samples.ts'
import type { Db } from '../open.ts'
import { openDatabase } from '../open.ts'
import { alarms, nextAlarmAt } from './alarms.ts'
import { board } from './board.ts'
import { callFacts, callsWithoutEnd, unclassedCalls } from './call-facts.ts'
import { callFigures } from './call-figures.ts'
import { dailyLogRows } from './daily-log.ts'
import { headsOf } from './heads.ts'
import { incidentDetail } from './incident-detail.ts'
import { incidentFacts, noteFacts, reportFacts } from './incident-facts.ts'
import { incidentMessage } from './incident-message.ts'
import { nextLabelNumber } from './label.ts'
import { missedCalls } from './missed-calls.ts'
import { numberHistory } from './number-history.ts'
import { relayFacts } from './relay-facts.ts'

const incident = sampleId<IncidentId>(1, 1)
const report = sampleId<ReportId>(2, 1)
const relay = sampleId<RelayId>(3, 1)
const call = sampleId<CallId>(4, 1)
const note = '0'.repeat(64) as OpId
const clock = { now: startMs + 600_000, limitMs: 60_000 }

/** A commit itself, everything that runs again after it, and everything a command reads before it decides. */
const reads: Readonly<Record<string, (db: Db) => unknown>> = {
  'a commit': (db) => applySamples(db, changes(2000)),
  alarms: (db) => alarms(db, clock),
  nextAlarmAt: (db) => nextAlarmAt(db, clock),
  board: (db) => board(db, 200, clock),
  callFacts: (db) => callFacts(db, call),
  callsWithoutEnd: (db) => callsWithoutEnd(db, 50),
  unclassedCalls: (db) => unclassedCalls(db, { since: startMs, limit: 50 }),
  callFigures: (db) => callFigures(db, { from: startMs, to: startMs + 86_400_000, withinMs: 10_000 }),
  dailyLogRows: (db) => dailyLogRows(db, { from: startMs, to: startMs + 86_400_000 }),
  headsOf: (db) => headsOf(db, `incident:${incident}`, 'village'),
  incidentDetail: (db) => incidentDetail(db, incident, clock),
  incidentFacts: (db) => incidentFacts(db, incident),
  incidentMessage: (db) => incidentMessage(db, incident),
  missedCalls: (db) => missedCalls(db),
  nextLabelNumber: (db) => nextLabelNumber(db, '241126-B'),
  noteFacts: (db) => noteFacts(db, incident, note),
  numberHistory: (db) => numberHistory(db, { number: '+6281200000000', now: clock.now, except: call }),
  relayFacts: (db) => relayFacts(db, relay),
  reportFacts: (db) => reportFacts(db, report),
}

// Own keys and the logs of members are few; these indexes hold only what is open.
const smallScans = [/^SCAN own_key/, /^SCAN log$/, /^SCAN \(subquery/, /^SCAN \w+ USING (COVERING )?INDEX (\w+)$/]
const openOnly = ['incident_board', 'call_to_call_back', 'call_without_end', 'relay_alarm']

function isSmallScan(line: string): boolean {
  const index = /INDEX (\w+)$/.exec(line)?.[1]
  return smallScans.some((known) => known.test(line)) && (index === undefined || openOnly.includes(index))
}

function changes(ms: number) {
  const make = opMaker()
  const made = { agency: 'BPBD', channel: 'mqtt', card: `c${ms}` } as const
  const changed: NewOp[] = [
    { kind: 'CallAnswered', on: `call:${call}`, body: {}, personal: { number: '+6281200000000' } },
    { kind: 'CallFieldSet', on: `call:${call}`, body: { field: 'class', value: 'DARURAT', over: [] } },
    { kind: 'IncidentOpened', on: `incident:${incident}`, body: { label: '241126-B001', priority: 'P1' } },
    { kind: 'ReportAdded', on: `report:${report}`, body: { incident, call } },
    { kind: 'NoteAdded', on: `incident:${incident}`, body: {}, personal: { text: 'catatan' } },
    { kind: 'NoteStruck', on: `incident:${incident}`, body: { note } },
    { kind: 'RelayMade', on: `relay:${relay}`, about: [`incident:${incident}`], body: made },
    { kind: 'RelayStepped', on: `relay:${relay}`, body: { step: 'acknowledged' } },
    {
      kind: 'IncidentFieldSet',
      on: `incident:${incident}`,
      body: { field: 'decision', over: [note], value: 'closed', saw: { 'B.sample': 1 } },
    },
  ]
  return changed.map((change) => make(change, { ms }))
}

function filled(): Db {
  const db = sampleDatabase()
  applySamples(db, changes(1000))
  // A new connection has prepared nothing yet.
  db.close()
  return openDatabase({ file: db.name, key: sampleKey })
}

/** Every statement that a read prepares, with its plan. */
function plansOf(
  db: Db,
  read: (db: Db) => unknown,
): readonly { readonly sql: string; readonly plan: readonly string[] }[] {
  const texts: string[] = []
  const prepare = db.prepare.bind(db)
  db.prepare = ((sql: string) => {
    texts.push(sql)
    return prepare(sql)
  }) as typeof db.prepare
  read(db)
  db.prepare = prepare as typeof db.prepare
  return texts.map((sql) => {
    const places = sql.split('?').length - 1
    const rows = prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...Array<null>(places).fill(null)) as { detail: string }[]
    return { sql, plan: rows.map((row) => row.detail) }
  })
}

test.each(Object.keys(reads))('%s searches, and never scans, sorts or groups what grows', (name) => {
  const plans = plansOf(filled(), reads[name]!)
  expect(plans.length).toBeGreaterThan(0)
  const bad = plans.flatMap(({ sql, plan }) =>
    plan
      .filter((line) => (line.startsWith('SCAN') && !isSmallScan(line)) || line.includes('TEMP B-TREE'))
      .map((line) => `${line} in ${sql}`),
  )
  expect(bad).toEqual([])
})

test('a scan, a sort and a group of a growing table are seen', () => {
  const bad = (sql: string) => plansOf(filled(), (db) => db.prepare(sql).all()).flatMap(({ plan }) => plan)
  expect(bad(`SELECT * FROM incident WHERE status NOT IN ('ditutup')`).some((line) => !isSmallScan(line))).toBe(true)
  expect(bad('SELECT class, count(*) FROM call GROUP BY class').join()).toContain('TEMP B-TREE')
  expect(bad('SELECT * FROM call ORDER BY ended_at').join()).toContain('TEMP B-TREE')
})
