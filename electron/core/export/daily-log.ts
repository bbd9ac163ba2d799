// Makes the daily log of a site as CSV bytes: a pure function of its rows. Reads no database and writes no file.
import { createHash } from 'node:crypto'
import { stringify } from 'csv-stringify/sync'
import { isoWithOffset, type Instant, type Zone } from '#domain/time.ts'

/** A relay as the log tells it. Instants are UTC ms; null = has not happened. */
type LoggedRelay = {
  readonly agency: string
  readonly toldAt: Instant
  readonly acknowledgedAt: Instant | null
  readonly onSceneAt: Instant | null
  readonly doneAt: Instant | null
}

/** Who typed it from paper and when; null = recorded as it happened. */
type LoggedPaper = { readonly by: string; readonly at: Instant } | null

export type LoggedCall = {
  readonly offeredAt: Instant
  readonly answeredAt: Instant | null
  readonly endedAt: Instant | null
  /** Letters of the desk and code of the operator that answered; null = nobody did. */
  readonly desk: string | null
  readonly operator: string | null
  readonly source: string
  /** E.164; null = withheld. */
  readonly number: string | null
  readonly class: string | null
  readonly paper: LoggedPaper
}

export type LoggedIncident = {
  readonly label: string
  readonly openedAt: Instant
  readonly desk: string
  readonly operator: string
  readonly source: string
  readonly type: string | null
  readonly priority: string | null
  readonly district: string | null
  readonly village: string | null
  readonly landmark: string | null
  readonly relays: readonly LoggedRelay[]
  readonly status: string
  readonly disposition: string | null
  readonly lastNote: string | null
  readonly paper: LoggedPaper
  /** How many notes and steps were typed from paper. */
  readonly byHand: number
}

/** One call and its incident; an incident that came without a telephone has no call. */
export type DailyLogRow = {
  readonly call: LoggedCall | null
  readonly incident: LoggedIncident | null
  readonly recordState: 'local' | 'sent' | 'confirmed'
}

/** Bytes that came from another thread are no Buffer any more. */
export type DailyLog = { readonly bytes: Uint8Array; readonly sha256: string; readonly rows: number }

const columns = [
  'tanggal',
  'waktu_masuk',
  'meja',
  'operator',
  'sumber',
  'nomor',
  'klasifikasi',
  'tunggu_dtk',
  'durasi_dtk',
  'no_kejadian',
  'jenis',
  'prioritas',
  'kecamatan',
  'desa',
  'patokan',
  'instansi',
  'diteruskan',
  'diterima',
  'di_lokasi',
  'selesai',
  'status',
  'hasil',
  'catatan_terakhir',
  'keadaan_sinkron',
] as const
type Column = (typeof columns)[number]

const syncWords: Readonly<Record<DailyLogRow['recordState'], string>> = {
  local: 'lokal',
  sent: 'terkirim',
  confirmed: 'dikonfirmasi',
}

/**
 * The daily log as spreadsheets of the region read it: UTF-8 with BOM, `;` between cells, CRLF between rows. Times are
 * ISO 8601 with the offset of the site, numbers E.164, the rest codes; what is unknown is an empty cell. Several
 * relays stand in one cell, joined by "; ", in the same order in each column.
 */
export function dailyLog(rows: readonly DailyLogRow[], zone: Zone): DailyLog & { readonly bytes: Buffer } {
  const records = rows.map((row) => {
    const cells = cellsOf(row, zone)
    return columns.map((column) => safeCell(cells[column] ?? ''))
  })
  const text = stringify([[...columns], ...records], {
    bom: true,
    delimiter: ';',
    record_delimiter: 'windows',
    // Line ends that are not those between rows must be quoted too.
    quoted_match: /[\r\n]/,
  })
  const bytes = Buffer.from(text, 'utf8')
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex'), rows: rows.length }
}

/**
 * A cell that a spreadsheet would take for a formula gets an apostrophe in front: those that start with = + - @, a tab
 * or a carriage return. Telephone numbers (+ and 6 to 15 digits) stay as they are.
 */
export function safeCell(text: string): string {
  return /^[=+\-@\t\r]/.test(text) && !/^\+\d{6,15}$/.test(text) ? `'${text}` : text
}

type Cells = Partial<Record<Column, string>>

function cellsOf(row: DailyLogRow, zone: Zone): Cells {
  const { call, incident, recordState } = row
  const at = call?.offeredAt ?? incident?.openedAt ?? null
  const entry = at === null ? '' : isoWithOffset(at, zone)
  return {
    tanggal: entry.slice(0, 10),
    waktu_masuk: entry,
    meja: call?.desk ?? incident?.desk ?? '',
    operator: call?.operator ?? incident?.operator ?? '',
    sumber: call?.source ?? incident?.source ?? '',
    ...(call === null ? {} : callCells(call)),
    ...(incident === null ? {} : incidentCells(incident, zone)),
    catatan_terakhir: noteCell(row, zone),
    keadaan_sinkron: syncWords[recordState],
  }
}

/** The last note; what was typed later from paper says so first, by whom and when. */
function noteCell({ call, incident }: DailyLogRow, zone: Zone): string {
  const paper = call?.paper ?? incident?.paper ?? null
  const note = incident?.lastNote ?? ''
  const count = incident?.byHand ?? 0
  if (paper === null && count === 0) return note
  const typed =
    paper === null
      ? `Susulan dari kertas: ${count} entri`
      : `Susulan dari kertas, diketik ${paper.by} ${isoWithOffset(paper.at, zone)}`
  return note === '' ? typed : `${typed}. ${note}`
}

function callCells(call: LoggedCall): Cells {
  return {
    nomor: call.number ?? '',
    klasifikasi: call.class ?? '',
    tunggu_dtk: seconds(call.offeredAt, call.answeredAt ?? call.endedAt),
    durasi_dtk: seconds(call.answeredAt, call.endedAt),
  }
}

function incidentCells(incident: LoggedIncident, zone: Zone): Cells {
  const times = (of: (relay: LoggedRelay) => Instant | null): string => {
    const told = incident.relays.map(of)
    return told.every((at) => at === null)
      ? ''
      : told.map((at) => (at === null ? '' : isoWithOffset(at, zone))).join('; ')
  }
  return {
    no_kejadian: incident.label,
    jenis: incident.type ?? '',
    prioritas: incident.priority ?? '',
    kecamatan: incident.district ?? '',
    desa: incident.village ?? '',
    patokan: incident.landmark ?? '',
    instansi: incident.relays.map(({ agency }) => agency).join('; '),
    diteruskan: times(({ toldAt }) => toldAt),
    diterima: times(({ acknowledgedAt }) => acknowledgedAt),
    di_lokasi: times(({ onSceneAt }) => onSceneAt),
    selesai: times(({ doneAt }) => doneAt),
    status: incident.status,
    hasil: incident.disposition ?? '',
  }
}

/** Whole seconds from one instant to another; empty while one of them is unknown, never negative. */
function seconds(from: Instant | null, to: Instant | null): string {
  return from === null || to === null ? '' : String(Math.max(0, Math.floor((to - from) / 1000)))
}
