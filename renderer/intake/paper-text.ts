// The typed lines of the paper form as one act, or the first thing that is wrong with them. Reads no clock and sends nothing.
import type { CommandInput } from '#contract/commands.ts'
import { sources } from '#domain/call.ts'
import type { Fault } from '#domain/fault.ts'
import { newId, type IncidentId, type RelayId, type ReportId } from '#domain/id.ts'
import { paperSteps, paperTime, paperTimeAfter } from '#domain/intake.ts'
import type { Zone } from '#domain/time.ts'

/** What is typed, by field; rows are "told.0.agency", "steps.0.agency" and "notes.0.text". */
export type PaperTexts = Readonly<Record<string, string>>

/** The rows of a kind that are used, and one that is free. */
export function rowCount(texts: PaperTexts, kind: 'told' | 'notes' | 'steps', most: number): number {
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
  const notes = notesOf(texts, (clock) => paperTimeAfter(happenedAt, clock, zone))
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

/** `timeOf`: the instant of a clock on the paper, or null. */
function notesOf(
  texts: PaperTexts,
  timeOf: (clock: string) => number | null,
): { rows: CommandInput<'enterPaper'>['notes'] } | Fault {
  const rows: CommandInput<'enterPaper'>['notes'] = []
  for (let row = 0; row < rowCount(texts, 'notes', 50); row += 1) {
    const [clock = '', text = ''] = ['clock', 'text'].map((one) => texts[`notes.${row}.${one}`])
    if (clock.trim() === '' && text.trim() === '') continue
    const at = timeOf(clock)
    if (at === null) return { fault: 'bad_clock', field: `notes.${row}.clock` }
    if (text.trim() === '') return { fault: 'field_needed', field: `notes.${row}.text` }
    if (text.length > 4000) return { fault: 'too_large', field: `notes.${row}.text` }
    rows.push({ at, text })
  }
  return { rows }
}

/** What is added to an incident that exists, on the day that the form says. */
export function addedOf(texts: PaperTexts, incident: IncidentId, zone: Zone): CommandInput<'addPaper'> | Fault {
  const day = texts['day'] ?? ''
  if (paperTime(day, '00.00', zone) === null) return { fault: 'bad_clock', field: 'day' }
  const timeOf = (clock: string): number | null => paperTime(day, clock, zone)
  const steps = stepsOf(texts, timeOf)
  if ('fault' in steps) return steps
  const notes = notesOf(texts, timeOf)
  if ('fault' in notes) return notes
  const isEmpty = steps.rows.length === 0 && notes.rows.length === 0
  return isEmpty ? { fault: 'field_needed', field: 'notes.0.text' } : { incident, steps: steps.rows, notes: notes.rows }
}

type Steps = CommandInput<'addPaper'>['steps']

function stepsOf(texts: PaperTexts, timeOf: (clock: string) => number | null): { rows: Steps } | Fault {
  const rows: Steps = []
  for (let row = 0; row < rowCount(texts, 'steps', 20); row += 1) {
    const text = (field: string): string => texts[`steps.${row}.${field}`] ?? ''
    const [agency, clock, person, reason] = [text('agency'), text('clock'), text('person'), text('reason')]
    if ([agency, clock, person, reason].every((one) => one.trim() === '')) continue
    if (agency === '') return { fault: 'field_needed', field: `steps.${row}.agency` }
    const at = timeOf(clock)
    if (at === null) return { fault: 'bad_clock', field: `steps.${row}.clock` }
    const long = person.length > 200 ? 'person' : reason.length > 200 ? 'reason' : null
    if (long !== null) return { fault: 'too_large', field: `steps.${row}.${long}` }
    const step = paperSteps.find((one) => one === text('step')) ?? 'told'
    rows.push({ relay: newId<RelayId>(), agency, step, at, person, reason: step === 'refused' ? reason : '' })
  }
  return { rows }
}
