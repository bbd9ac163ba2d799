// Keeps the words an incident is found by. Local: other desks make their own. Behind the log by a moment, so that no commit waits for it.
import { createHash } from 'node:crypto'
import { findableWords } from '#domain/find-incident.ts'
import { recordedPlace } from '#domain/place-value.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'
import { incidentsOfReport } from './derive.ts'
import { splitAggregate } from './fact.ts'
import { headsOf, type Heads } from './field.ts'

type Row = { readonly label: string; readonly type: string; readonly priority: string; readonly openedAt: number }
/** Documents of one millisecond: a document is numbered opened_at * docsPerMs + something below it. */
export const docsPerMs = 1024

type Kept = { readonly doc: number; readonly words: string }

/** Indexes what the next `limit` ops of the log changed; false when the index is complete. Runs in a transaction of the caller. */
export function indexNewOps(db: Db, limit: number): boolean {
  const mark = prepared<{ op: number }>(db, 'SELECT op FROM find_mark WHERE one = 1').get()?.op ?? 0
  const ops = prepared<{ op: number; aggregate: string }>(
    db,
    'SELECT op, aggregate FROM op WHERE op > ? ORDER BY op LIMIT ?',
  ).all(mark, limit)
  const last = ops.at(-1)
  if (last === undefined) return false
  const incidents = new Set(ops.flatMap(({ aggregate }) => incidentsOf(db, aggregate)))
  for (const incident of incidents) indexIncident(db, incident)
  prepared(db, 'UPDATE find_mark SET op = ? WHERE one = 1').run(last.op)
  return ops.length === limit
}

function incidentsOf(db: Db, aggregate: string): string[] {
  const { kind, id } = splitAggregate(aggregate)
  if (kind === 'incident') return [id]
  return kind === 'report' ? incidentsOfReport(db, id) : []
}

/** Writes the words of an incident where they changed, and takes them away when it has no row. */
export function indexIncident(db: Db, incident: string): void {
  const row = prepared<Row>(
    db,
    'SELECT label, type, priority, opened_at AS openedAt FROM incident WHERE incident = ?',
  ).get(incident)
  const kept = prepared<Kept>(db, 'SELECT doc, words FROM incident_text WHERE incident = ?').get(incident)
  const words = row === undefined ? null : wordsOf(db, incident, row)
  const isPlaceKept = kept !== undefined && row !== undefined && Math.floor(kept.doc / docsPerMs) === row.openedAt
  if (kept !== undefined && isPlaceKept && kept.words === words) return
  if (kept !== undefined) remove(db, kept)
  if (row === undefined || words === null) return
  const doc = kept !== undefined && isPlaceKept ? kept.doc : freeDoc(db, incident, row.openedAt)
  prepared(db, 'INSERT INTO incident_text (doc, incident, words) VALUES (?, ?, ?)').run(doc, incident, words)
  prepared(db, 'INSERT INTO incident_index (rowid, words) VALUES (?, ?)').run(doc, words)
}

/** Empties the index; rebuilding fills it again. */
export function emptyFindIndex(db: Db): void {
  prepared(db, "INSERT INTO incident_index (incident_index) VALUES ('delete-all')").run()
  prepared(db, 'DELETE FROM incident_text').run()
}

/** The index must be told what it held: it keeps no words itself. */
function remove(db: Db, { doc, words }: Kept): void {
  prepared(db, "INSERT INTO incident_index (incident_index, rowid, words) VALUES ('delete', ?, ?)").run(doc, words)
  prepared(db, 'DELETE FROM incident_text WHERE doc = ?').run(doc)
}

/** The same place on every rebuild, the next free one when two incidents want it. */
function freeDoc(db: Db, incident: string, openedAt: number): number {
  const wanted = createHash('sha256').update(incident).digest().readUInt16BE(0) % docsPerMs
  const taken = prepared<{ doc: number }>(db, 'SELECT doc FROM incident_text WHERE doc = ?')
  for (let step = 0; step < docsPerMs; step += 1) {
    const doc = openedAt * docsPerMs + ((wanted + step) % docsPerMs)
    if (taken.get(doc) === undefined) return doc
  }
  throw new Error(`more than ${docsPerMs} incidents were opened in one millisecond`)
}

function wordsOf(db: Db, incident: string, row: Row): string {
  const heads = headsOf(db, `incident:${incident}`)
  const reports = prepared<{ report: string }>(
    db,
    'SELECT report FROM report_counted WHERE incident = ? ORDER BY at, report',
  ).all(incident)
  const told = [...new Set(reports.map(({ report }) => report))].map((report) => headsOf(db, `report:${report}`))
  const [village = null] = values(heads, ['village'])
  const place = village === null ? null : recordedPlace(village)
  const texts = [
    ...values(heads, ['landmark', 'text']),
    ...told.flatMap((fields) => values(fields, ['name', 'words'])),
    ...notesOf(db, incident),
    ...(place === null ? [] : [place.name, place.said].filter((text) => text !== null)),
  ]
  const numbers = told.flatMap((fields) => values(fields, ['callback']))
  return findableWords({ ...row, village: place?.code ?? null, texts, numbers }).join(' ')
}

/** What every head of these fields says: of a conflict both sides can be found. */
function values(heads: Heads, fields: readonly string[]): string[] {
  return fields.flatMap((field) => (heads.get(field) ?? []).flatMap(({ value }) => (value === null ? [] : [value])))
}

function notesOf(db: Db, incident: string): string[] {
  const sql = `SELECT text FROM note WHERE incident = ? AND by <> 'system' AND text IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM note_strike s WHERE s.incident = note.incident AND s.note = note.op) ORDER BY at, op`
  return prepared<{ text: string }>(db, sql)
    .all(incident)
    .map(({ text }) => text)
}
