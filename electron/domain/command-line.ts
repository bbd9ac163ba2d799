// Reads a typed command: what exactly it would do, how it could go on, or what is wrong with it. Never throws, does nothing.
import { priorities, type Priority } from './incident.ts'
import { plainText } from './search-text.ts'

/** Every command of the line. `usage` is what the key sheet shows. */
export const lineCommands = [
  { letter: 'N', name: 'new' },
  { letter: 'T', name: 'relay' },
  { letter: 'S', name: 'status' },
  { letter: 'C', name: 'note' },
  { letter: 'B', name: 'open' },
  { letter: 'G', name: 'merge' },
  { letter: 'H', name: 'callBack' },
  { letter: '?', name: 'help' },
] as const
export type LineCommand = (typeof lineCommands)[number]['name']

export type Named = { readonly id: string; readonly name: string }
export type LineIncident = { readonly incident: string; readonly label: string }
/** What is known as a command is read. Searches give the best first. */
export type CommandWorld = {
  readonly types: (text: string) => readonly Named[]
  readonly places: (text: string) => readonly Named[]
  readonly incidents: readonly LineIncident[]
  readonly inHand: LineIncident | null
  /** The agencies of the incident in hand in the order of the screen; `isFree` when it can be told now. */
  readonly agencies: readonly { readonly name: string; readonly isFree: boolean }[]
}

export const lineStatuses = ['verifikasi', 'tunda', 'batal', 'selesai', 'buka'] as const
export type LineStatus = (typeof lineStatuses)[number]
const needsReason: readonly LineStatus[] = ['tunda', 'batal', 'buka']

export type CommandAct =
  | {
      readonly do: 'new'
      readonly type: Named
      /** `id` is null for words that name no known place. */
      readonly place: { readonly id: string | null; readonly name: string }
      readonly priority: Priority | null
      readonly note: string | null
    }
  | { readonly do: 'relay'; readonly on: LineIncident; readonly agencies: readonly number[]; readonly names: string }
  | { readonly do: 'status'; readonly on: LineIncident; readonly status: LineStatus; readonly reason: string | null }
  | { readonly do: 'note'; readonly on: LineIncident; readonly text: string }
  | { readonly do: 'open'; readonly on: LineIncident }
  | { readonly do: 'merge'; readonly on: LineIncident; readonly into: LineIncident }
  | { readonly do: 'callBack' }
  | { readonly do: 'help' }

export type LineProblem =
  | 'unknownCommand'
  | 'typeNeeded'
  | 'typeUnknown'
  | 'placeNeeded'
  | 'ambiguous'
  | 'incidentNeeded'
  | 'incidentUnknown'
  | 'noneInHand'
  | 'agencyNeeded'
  | 'agencyUnknown'
  | 'agencyTold'
  | 'statusNeeded'
  | 'reasonNeeded'
  | 'textNeeded'
  | 'sameIncident'
  | 'tooMuch'

/** `act` is null exactly when there is a problem; `completed` is the whole line after Tab, null when Tab changes nothing. */
export type Reading = {
  readonly act: CommandAct | null
  readonly problem: { readonly what: LineProblem; readonly text: string } | null
  readonly completed: string | null
}

const empty: Reading = { act: null, problem: null, completed: null }
const wrong = (what: LineProblem, text = '', completed: string | null = null): Reading => ({
  act: null,
  problem: { what, text },
  completed,
})
const done = (act: CommandAct, completed: string | null = null): Reading => ({ act, problem: null, completed })
const shown = (names: readonly string[]): string => names.slice(0, 4).join(' · ')

/** "241126-B019" as people say and type it: "B019". */
export function shortLabel(label: string): string {
  return label.slice(label.indexOf('-') + 1)
}

/** Reads a line. An empty line is neither an act nor a problem. */
export function readCommand(line: string, world: CommandWorld): Reading {
  const text = line.trim()
  if (text === '') return empty
  const verb = text.slice(0, 1).toUpperCase()
  const rest = text.slice(1)
  const command = lineCommands.find(({ letter }) => letter === verb)
  // "banjir" is no command B: after the letter comes a space or nothing.
  if (command === undefined || !/^(\s|$)/.test(rest)) return wrong('unknownCommand', text.split(/\s/)[0])
  return readers[command.name](rest.trim(), world)
}

type Reader = (rest: string, world: CommandWorld) => Reading

/** Splits what stands before and after the first semicolon. */
function atSemicolon(text: string): { readonly before: string; readonly after: string | null } {
  const end = text.indexOf(';')
  if (end < 0) return { before: text, after: null }
  const after = text.slice(end + 1).trim()
  return { before: text.slice(0, end).trim(), after: after === '' ? null : after }
}

function readNew(rest: string, world: CommandWorld): Reading {
  const { before, after: note } = atSemicolon(rest)
  const words = before.split(/\s+/).filter((word) => word !== '')
  const last = words.at(-1)?.toUpperCase()
  const priority = priorities.find((one) => one === last) ?? null
  if (priority !== null) words.pop()
  const [typed, ...placed] = words
  if (typed === undefined) return wrong('typeNeeded')
  const found = world.types(typed)
  const key = typed.toUpperCase()
  const exact = found.find(({ id }) => id.toUpperCase() === key)
  const byCode = found.filter(({ id }) => id.toUpperCase().startsWith(key))
  const [type] = exact === undefined ? (byCode.length > 0 ? byCode : found) : [exact]
  if (type === undefined) return wrong('typeUnknown', typed)
  const withType = `N ${type.id} `
  if (exact === undefined && byCode.length > 1) return wrong('ambiguous', shown(byCode.map(({ id }) => id)), withType)
  const words_ = placed.join(' ')
  if (words_ === '') return wrong('placeNeeded', type.name, withType)
  const ending = `${priority === null ? '' : ` ${priority}`}${note === null ? '' : `; ${note}`}`
  return readPlace(words_, world, (place, name) => ({
    act: place === null ? null : { do: 'new', type, place, priority, note },
    completed: name === null ? null : `${withType}${name}${ending}`,
  }))
}

type PlaceEnd = (
  place: { id: string | null; name: string } | null,
  name: string | null,
) => { readonly act: CommandAct | null; readonly completed: string | null }

/** A village name that two districts have is said to be so; words that name no place are kept as they are. */
function readPlace(text: string, world: CommandWorld, end: PlaceEnd): Reading {
  const found = world.places(text)
  const key = plainText(text)
  const [first] = found
  if (first === undefined) return { ...end({ id: null, name: text }, null), problem: null }
  const exact = found.find(({ name }) => plainText(name) === key)
  const village = (name: string): string => plainText(name.split(',')[0] ?? '')
  const same = found.filter(({ name }) => village(name) === key)
  if (exact === undefined && same.length > 1) {
    const problem = { what: 'ambiguous', text: shown(same.map(({ name }) => name)) } as const
    return { act: null, completed: end(null, same[0]?.name ?? null).completed, problem }
  }
  const place = exact ?? same[0] ?? first
  return { ...end({ id: place.id, name: place.name }, place.name === text ? null : place.name), problem: null }
}

type FoundIncident = { readonly on: LineIncident } | { readonly problem: Reading }

/** "B017", "b17", "017" or the whole number; of several the operator must say which. */
function incidentBy(typed: string, world: CommandWorld, before: string): FoundIncident {
  const key = typed.toUpperCase()
  const parts = /^([A-Z]*)(\d+)$/.exec(key)
  const isMeant = ({ label }: LineIncident): boolean => {
    if (label.toUpperCase() === key || shortLabel(label).toUpperCase() === key) return true
    const own = /^([A-Z]+)(\d+)$/.exec(shortLabel(label).toUpperCase())
    if (parts === null || own === null) return false
    return (parts[1] === '' || parts[1] === own[1]) && Number(parts[2]) === Number(own[2])
  }
  const found = world.incidents.filter(isMeant)
  const [first] = found
  if (found.length > 1) return { problem: wrong('ambiguous', shown(found.map(({ label }) => label))) }
  if (first !== undefined) return { on: first }
  const begun = world.incidents.find(({ label }) => shortLabel(label).toUpperCase().startsWith(key))
  const completed = begun === undefined ? null : `${before}${shortLabel(begun.label)} `
  return { problem: wrong('incidentUnknown', typed, completed) }
}

const numberLike = /^(?:\d{6}-)?[A-Za-z]{0,3}\d{1,9}$/

function readRelay(rest: string, { inHand, agencies }: CommandWorld): Reading {
  if (inHand === null) return wrong('noneInHand')
  const typed = rest.split(/[\s,]+/).filter((word) => word !== '')
  if (typed.length === 0) return wrong('agencyNeeded')
  const numbers: number[] = []
  for (const word of typed) {
    const n = /^\d{1,2}$/.test(word) ? Number(word) : 0
    const agency = agencies[n - 1]
    if (agency === undefined) return wrong('agencyUnknown', word)
    if (!agency.isFree) return wrong('agencyTold', agency.name)
    if (!numbers.includes(n)) numbers.push(n)
  }
  const names = numbers.map((n) => agencies[n - 1]?.name ?? '').join(', ')
  return done({ do: 'relay', on: inHand, agencies: numbers, names })
}

function readStatus(rest: string, world: CommandWorld): Reading {
  const { before, after: reason } = atSemicolon(rest)
  const [number, word = ''] = before.split(/\s+/)
  if (number === undefined || number === '') return wrong('incidentNeeded')
  const found = incidentBy(number, world, 'S ')
  if ('problem' in found) return found.problem
  const key = word.toLowerCase()
  const fits = key === '' ? [] : lineStatuses.filter((status) => status.startsWith(key))
  const line = `S ${shortLabel(found.on.label)} `
  if (fits.length > 1) return wrong('ambiguous', shown(fits))
  const [status] = fits
  if (status === undefined) return wrong('statusNeeded', lineStatuses.join(' · '), word === '' ? line : null)
  const needs = needsReason.includes(status)
  const completed = key === status && !needs ? null : `${line}${status}${needs ? '; ' : ''}${reason ?? ''}`
  if (needs && reason === null) return wrong('reasonNeeded', status, completed)
  return done({ do: 'status', on: found.on, status, reason }, key === status ? null : completed)
}

function readNote(rest: string, world: CommandWorld): Reading {
  const [first = '', ...others] = rest.split(/\s+/)
  if (rest === '') return wrong('textNeeded')
  const found = incidentBy(first, world, 'C ')
  // "C 2 korban" is a note: a mere number names an incident only where a letter stands before it.
  const isNumber = numberLike.test(first) && /[A-Za-z]/.test(first)
  if (isNumber && 'problem' in found) return found.problem
  const isNamed = isNumber && 'on' in found
  const text = (isNamed ? others.join(' ') : rest).trim()
  const on = isNamed ? found.on : world.inHand
  if (on === null) return wrong('noneInHand')
  return text === '' ? wrong('textNeeded', shortLabel(on.label)) : done({ do: 'note', on, text })
}

function readOpen(rest: string, world: CommandWorld): Reading {
  if (rest === '') return wrong('incidentNeeded')
  const found = incidentBy(rest.replaceAll(' ', ''), world, 'B ')
  return 'problem' in found ? found.problem : done({ do: 'open', on: found.on })
}

function readMerge(rest: string, world: CommandWorld): Reading {
  const [one, two, more] = rest.split(/\s+/)
  if (one === undefined || one === '' || two === undefined) return wrong('incidentNeeded')
  if (more !== undefined) return wrong('tooMuch', more)
  const on = incidentBy(one, world, 'G ')
  if ('problem' in on) return on.problem
  const into = incidentBy(two, world, `G ${shortLabel(on.on.label)} `)
  if ('problem' in into) return into.problem
  if (on.on.incident === into.on.incident) return wrong('sameIncident', shortLabel(on.on.label))
  return done({ do: 'merge', on: on.on, into: into.on })
}

const alone =
  (name: 'callBack' | 'help'): Reader =>
  (rest) =>
    rest === '' ? done({ do: name }) : wrong('tooMuch', rest)

const readers: Readonly<Record<LineCommand, Reader>> = {
  new: readNew,
  relay: readRelay,
  status: readStatus,
  note: readNote,
  open: readOpen,
  merge: readMerge,
  callBack: alone('callBack'),
  help: alone('help'),
}
