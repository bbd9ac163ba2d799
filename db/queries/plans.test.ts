import { expect, test } from 'vitest'
import type { BlockId } from '#domain/block.ts'
import type { CallId, IncidentId, OpId, RelayId, ReportId } from '#domain/id.ts'
import type { NewOp } from '#domain/op.ts'
import { applySamples, opMaker, sampleDatabase, sampleId, sampleKey, startMs } from '../apply/samples.ts'
import type { Db } from '../open.ts'
import { openDatabase } from '../open.ts'
import { costlyLines, statementsOf } from '../query-plan.ts'
import { alarms, waitingRelays } from './alarms.ts'
import { board } from './board.ts'
import { givenPrompts, lastRelease } from './call-acts.ts'
import { callFacts, unclassedCalls } from './call-facts.ts'
import { blockedUntil, blockFacts, openBlocks } from './blocks.ts'
import { callFigures } from './call-figures.ts'
import { dailyLogRows } from './daily-log.ts'
import { duplicateCandidates, duplicateReports, umbrellas } from './duplicate-facts.ts'
import { findIncidents } from './find-incidents.ts'
import { headsOf } from './heads.ts'
import { incidentDetail } from './incident-detail.ts'
import { incidentFacts, noteFacts, reportFacts } from './incident-facts.ts'
import { incidentMessage } from './incident-message.ts'
import { nextLabelNumber } from './label.ts'
import { missedCalls, missedWith } from './missed-calls.ts'
import { numberHistory } from './number-history.ts'
import { deskOrigins, deskState } from './operator-state.ts'
import { relayFacts } from './relay-facts.ts'

const incident = sampleId<IncidentId>(1, 1)
const absorbed = sampleId<IncidentId>(1, 2)
const report = sampleId<ReportId>(2, 1)
const relay = sampleId<RelayId>(3, 1)
const call = sampleId<CallId>(4, 1)
const block = sampleId<BlockId>(5, 1)
const note = '0'.repeat(64) as OpId
const everything = { terms: [], state: 'all', from: null, to: null, after: null, limit: 100 } as const
const clock = { now: startMs + 600_000, limitMs: 60_000 }

/** A commit itself, everything that runs again after it, and everything a command reads before it decides. */
const reads: Readonly<Record<string, (db: Db) => unknown>> = {
  'a commit': (db) => applySamples(db, changes(2000)),
  alarms: (db) => alarms(db, { limitMs: 60_000, waitedMs: (_relay, since) => clock.now - since }),
  waitingRelays,
  board: (db) => board(db, 200, clock),
  callFacts: (db) => callFacts(db, call),
  lastRelease: (db) => lastRelease(db, call),
  givenPrompts: (db) => givenPrompts(db, call),
  unclassedCalls: (db) => unclassedCalls(db, { since: startMs, limit: 50 }),
  blockedUntil: (db) => blockedUntil(db, '+6281200000000', clock.now),
  blockFacts: (db) => blockFacts(db, block),
  openBlocks: (db) => openBlocks(db, clock.now),
  callFigures: (db) => callFigures(db, { from: startMs, to: startMs + 86_400_000, withinMs: 10_000 }),
  dailyLogRows: (db) => dailyLogRows(db, { from: startMs, to: startMs + 86_400_000 }),
  duplicateCandidates: (db) => duplicateCandidates(db, startMs),
  duplicateReports: (db) => duplicateReports(db, incident),
  umbrellas,
  'findIncidents by words': (db) => findIncidents(db, { ...everything, terms: [['pasar']], state: 'closed' }),
  'findIncidents by day': (db) => findIncidents(db, { ...everything, from: startMs }),
  headsOf: (db) => headsOf(db, `incident:${incident}`, 'village'),
  incidentDetail: (db) => incidentDetail(db, incident, clock),
  incidentFacts: (db) => incidentFacts(db, incident),
  incidentMessage: (db) => incidentMessage(db, incident),
  deskState: (db) => deskState(db, 'B.sample'),
  deskOrigins: (db) => deskOrigins(db),
  missedCalls: (db) => missedCalls(db, clock.now),
  missedWith: (db) => missedWith(db, { call, now: clock.now }),
  nextLabelNumber: (db) => nextLabelNumber(db, '241126-B'),
  noteFacts: (db) => noteFacts(db, incident, note),
  numberHistory: (db) => numberHistory(db, { number: '+6281200000000', now: clock.now, except: call }),
  relayFacts: (db) => relayFacts(db, relay),
  reportFacts: (db) => reportFacts(db, report),
}

function changes(ms: number) {
  const make = opMaker()
  const made = { agency: 'BPBD', channel: 'mqtt', card: `c${ms}` } as const
  const changed: NewOp[] = [
    { kind: 'CallAnswered', on: `call:${call}`, body: {}, personal: { number: '+6281200000000' } },
    { kind: 'CallFieldSet', on: `call:${call}`, body: { field: 'class', value: 'DARURAT', over: [] } },
    { kind: 'BlockRequested', on: `block:${block}`, body: { hours: 24 }, personal: { number: '+6281200000000' } },
    { kind: 'BlockDecided', on: `block:${block}`, body: { approved: true } },
    { kind: 'OperatorStateSet', on: 'session:s1', body: { state: 'wrap-up', call } },
    { kind: 'CallPrompted', on: `call:${call}`, body: { prompt: 'ucap' } },
    { kind: 'IncidentOpened', on: `incident:${incident}`, body: { label: '241126-B001', priority: 'P1' } },
    { kind: 'IncidentOpened', on: `incident:${absorbed}`, body: { label: '241126-B002' } },
    {
      kind: 'IncidentFieldSet',
      on: `incident:${absorbed}`,
      body: { field: 'mergedInto', over: [], value: incident, saw: {} },
    },
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

test.each(Object.keys(reads))('%s searches, and never scans, sorts or groups what grows', async (name) => {
  const db = filled()
  const statements = await statementsOf(db, () => reads[name]!(db))
  expect(statements.length).toBeGreaterThan(0)
  expect(statements.flatMap((sql) => costlyLines(db, sql).map((line) => `${line} in ${sql}`))).toEqual([])
})

test.each([
  `SELECT * FROM incident WHERE status NOT IN ('ditutup')`,
  'SELECT class, count(*) FROM call GROUP BY class',
  'SELECT * FROM call ORDER BY ended_at',
  'SELECT count(*) FROM field_set WHERE is_head = 1',
])('%s is told apart as costly', (sql) => {
  expect(costlyLines(filled(), sql).length).toBeGreaterThan(0)
})
