// The typed lines of the paper form as one act, or the first thing that is wrong with them. Reads no clock and sends nothing.
import type { CommandInput } from '#contract/commands.ts'
import { sources } from '#domain/call.ts'
import type { Fault } from '#domain/fault.ts'
import { newId, type IncidentId, type RelayId, type ReportId } from '#domain/id.ts'
import { paperTime, paperTimeAfter } from '#domain/intake.ts'
import type { Zone } from '#domain/time.ts'

/** What is typed, by field; rows are "told.0.agency" and "notes.0.text". */
export type PaperTexts = Readonly<Record<string, string>>

/** The rows of a kind that are used, and one that is free. */
export function rowCount(texts: PaperTexts, kind: 'told' | 'notes', most: number): number {
  const used = Object.entries(texts).flatMap(([field, text]) => {
    const [, row] = new RegExp(`^${kind}\\.(\\d+)\\.`).exec(field) ?? []
    return row === undefined || text.trim() === '' ? [] : [Number(row)]
  })
  return Math.min(most, Math.max(-1, ...used) + 2)
}

/** The act that the form describes. `field` of a fault names the input at fault. */
export function paperOf(
  texts: PaperTexts,
  ids: { readonly incident: IncidentId; readonly report: ReportId },
  zone: Zone,
): CommandInput<'enterPaper'> | Fault {
  const text = (field: string): string => texts[field] ?? ''
  const happenedAt = paperTime(text('day'), text('clock'), zone)
  if (happenedAt === null) return { fault: 'bad_clock', field: 'clock' }
  if (text('type') === '' || text('typeCode') === '') return { fault: 'field_needed', field: 'type' }
  const long = ['number', 'name', 'village', 'landmark'].find((field) => text(field).length > 200)
  if (long !== undefined) return { fault: 'too_large', field: long }
  if (text('words').length > 4000) return { fault: 'too_large', field: 'words' }
  const told = toldOf(texts, happenedAt, zone)
  if ('fault' in told) return told
  const notes = notesOf(texts, happenedAt, zone)
  if ('fault' in notes) return notes
  return {
    ...ids,
    happenedAt,
    source: sources.find((one) => one === text('source')) ?? '112',
    number: text('number'),
    name: text('name'),
    type: text('typeCode'),
    priority: null,
    village: text('villageCode') === '' ? text('village') : text('villageCode'),
    landmark: text('landmark'),
    words: text('words'),
    told: told.rows,
    notes: notes.rows,
  }
}

type Told = CommandInput<'enterPaper'>['told'][number]

function toldOf(texts: PaperTexts, from: number, zone: Zone): { rows: Told[] } | Fault {
  const rows: Told[] = []
  for (let row = 0; row < rowCount(texts, 'told', 20); row += 1) {
    const [agency = '', clock = '', person = ''] = ['agency', 'clock', 'person'].map(
      (one) => texts[`told.${row}.${one}`],
    )
    if (agency === '' && clock.trim() === '' && person.trim() === '') continue
    if (agency === '') return { fault: 'field_needed', field: `told.${row}.agency` }
    const at = paperTimeAfter(from, clock, zone)
    if (at === null) return { fault: 'bad_clock', field: `told.${row}.clock` }
    if (person.length > 200) return { fault: 'too_large', field: `told.${row}.person` }
    const readBack = texts[`told.${row}.readBack`] === 'ya'
    rows.push({ relay: newId<RelayId>(), agency, at, person, readBack })
  }
  return { rows }
}

function notesOf(texts: PaperTexts, from: number, zone: Zone): { rows: CommandInput<'enterPaper'>['notes'] } | Fault {
  const rows: CommandInput<'enterPaper'>['notes'] = []
  for (let row = 0; row < rowCount(texts, 'notes', 50); row += 1) {
    const [clock = '', text = ''] = ['clock', 'text'].map((one) => texts[`notes.${row}.${one}`])
    if (clock.trim() === '' && text.trim() === '') continue
    const at = paperTimeAfter(from, clock, zone)
    if (at === null) return { fault: 'bad_clock', field: `notes.${row}.clock` }
    if (text.trim() === '') return { fault: 'field_needed', field: `notes.${row}.text` }
    if (text.length > 4000) return { fault: 'too_large', field: `notes.${row}.text` }
    rows.push({ at, text })
  }
  return { rows }
}
