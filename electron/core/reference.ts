// Loads the reference packs and says what is wrong with one. Changes none and sends none.
import { join } from 'node:path'
import type { z } from 'zod'
import type { QueryOutput } from '#contract/queries.ts'
import type { Agency } from '#domain/agency.ts'
import { callClasses, sources } from '#domain/call.ts'
import { callClassLetters } from '#domain/call-class.ts'
import { duplicatesPack, type DuplicateRules } from '#domain/duplicate-pack.ts'
import { dispositions } from '#domain/incident.ts'
import type { Gazetteer, Landmarks } from '#domain/place.ts'
import { protocolsPack, type ProtocolsPack } from '#domain/protocol-pack.ts'
import {
  abbreviationsPack,
  agenciesPack,
  callWordsPack,
  incidentTypesPack,
  silentCallPack,
  sopPack,
  synonymsPack,
  type Abbreviations,
  type AgencyEntry,
  type CallWords,
  type IncidentType,
  type SopPage,
  type SynonymsPack,
} from '#domain/reference.ts'
import type { SilentPrompt } from '#domain/silent-call.ts'
import type { SearchableType } from '#domain/type-search.ts'
import { keepPack, readPack, type PackFolders } from './pack-file.ts'

export type Reference = {
  readonly types: readonly IncidentType[]
  readonly agencies: readonly AgencyEntry[]
  readonly callWords: CallWords
  readonly abbreviations: Abbreviations
  readonly synonyms: SynonymsPack['same']
  readonly protocols: ProtocolsPack
  readonly silentPrompts: readonly SilentPrompt[]
  readonly sop: readonly SopPage[]
  readonly duplicates: DuplicateRules
  /** Version of each pack by its name. */
  readonly versions: Readonly<Record<string, number>>
  /** Packs that the agencies have not approved yet, by name. */
  readonly proposals: readonly string[]
  /** True while any pack is not yet approved by the agencies. */
  readonly isProposal: boolean
}

export type LoadedReference =
  | {
      readonly ok: true
      readonly reference: Reference
      /** What is wrong with packs of the centre that were refused; the old ones stay in force. */
      readonly refused: readonly string[]
    }
  /** One sentence each: file, line, key, what was read, what is allowed. */
  | { readonly ok: false; readonly problems: readonly string[] }

const files = {
  types: ['incident-types.yaml', incidentTypesPack],
  agencies: ['agencies.yaml', agenciesPack],
  callWords: ['call-words.yaml', callWordsPack],
  abbreviations: ['abbreviations.yaml', abbreviationsPack],
  synonyms: ['synonyms.yaml', synonymsPack],
  protocols: ['protocols.yaml', protocolsPack],
  silentCall: ['silent-call.yaml', silentCallPack],
  sop: ['sop.yaml', sopPack],
  duplicates: ['duplicates.yaml', duplicatesPack],
} as const

type PackName = keyof typeof files
type Packs = { readonly [N in PackName]: z.output<(typeof files)[N][1]> }
type Gathered =
  | {
      readonly ok: true
      readonly packs: Packs
      readonly fromOwn: readonly string[]
      readonly refused: readonly string[]
    }
  | { readonly ok: false; readonly problems: readonly string[] }

const lastGood = 'last-good'

/**
 * Reads the packs. `own` is the folder where the centre keeps packs that replace those of the program; a wrong one is
 * refused and the last good one stays. What is wrong with the program's own packs is listed, and nothing is loaded.
 */
export async function loadReference(shipped: string, own: string | null = null): Promise<LoadedReference> {
  const kept = own === null ? [] : [join(own, lastGood)]
  const levels = own === null ? [[shipped]] : [[own, ...kept, shipped], [...kept, shipped], [shipped]]
  const refused: string[] = []
  for (const folders of levels) {
    const gathered = await gather(folders)
    if (!gathered.ok) return { ok: false, problems: [...refused, ...gathered.problems] }
    refused.push(...gathered.refused.filter((problem) => !refused.includes(problem)))
    const strangers = unknownCodes(gathered.packs)
    if (strangers.length === 0) {
      const [first = shipped] = folders
      if (first === own)
        for (const file of gathered.fromOwn) await keepPack(join(first, file), join(first, lastGood, file))
      return { ok: true, reference: referenceOf(gathered.packs), refused }
    }
    refused.push(...strangers)
  }
  return { ok: false, problems: refused }
}

async function gather(folders: PackFolders): Promise<Gathered> {
  const packs: Partial<Record<PackName, unknown>> = {}
  const fromOwn: string[] = []
  const refused: string[] = []
  const problems: string[] = []
  for (const name of Object.keys(files) as PackName[]) {
    const [file, schema] = files[name]
    const read = await readPack<z.ZodType>(folders, file, schema)
    if (!read.ok) {
      problems.push(...read.problems)
      continue
    }
    packs[name] = read.value
    refused.push(...read.refused)
    if (read.from === folders[0]) fromOwn.push(file)
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, packs: packs as Packs, fromOwn, refused }
}

function referenceOf(packs: Packs): Reference {
  const all = Object.values(packs)
  return {
    types: packs.types.types,
    agencies: packs.agencies.agencies,
    callWords: packs.callWords,
    abbreviations: packs.abbreviations,
    synonyms: packs.synonyms.same,
    protocols: packs.protocols,
    silentPrompts: packs.silentCall.prompts,
    sop: packs.sop.pages,
    duplicates: packs.duplicates,
    versions: Object.fromEntries(all.map(({ pack: name, version }) => [name, version])),
    proposals: all.flatMap(({ pack: name, status }) => (status === 'usulan' ? [name] : [])),
    isProposal: all.some(({ status }) => status === 'usulan'),
  }
}

/** The types as the search and the screens need them, labels in Indonesian and English. */
export function searchableTypes(reference: Reference): (SearchableType & { words: string[] })[] {
  return reference.types.map(({ code, label, priority, words }) => ({
    code,
    label: label.id,
    labelEn: label.en,
    priority,
    words: [...words.id, ...words.jv],
  }))
}

/** Everything the screens need of the reference data, as the query `reference` gives it. */
export function referenceRows(reference: Reference, agencies: readonly Agency[]): QueryOutput<'reference'> {
  const labels = reference.callWords
  return {
    types: searchableTypes(reference),
    fillers: reference.abbreviations.fillers,
    synonyms: reference.synonyms.map((group) => [...group]),
    protocols: {
      version: reference.protocols.version,
      isProposal: reference.protocols.status === 'usulan',
      thresholds: reference.protocols.thresholds,
      list: reference.protocols.protocols,
    },
    classes: callClasses.map((code) => ({ code, key: callClassLetters[code], label: labels.callClasses[code] })),
    dispositions: dispositions.map((code) => ({ code, label: labels.dispositions[code] })),
    relations: Object.entries(labels.relations).map(([code, label]) => ({ code, label })),
    sources: sources.map((code) => ({ code, label: labels.sources[code] })),
    agencies: agencies.map(({ code, name }) => ({ code, label: name })),
    silentPrompts: [...reference.silentPrompts],
    isProposal: reference.isProposal,
  }
}

/** The places as the query `gazetteer` gives them, with the words that help to find them. */
export function gazetteerRows(
  { abbreviations }: Reference,
  gazetteer: Gazetteer,
  landmarks: Landmarks,
): QueryOutput<'gazetteer'> {
  const { fillers: _fillers, pack: _pack, version: _version, status: _status, ...ofPlaces } = abbreviations
  return {
    gazetteer,
    landmarks,
    abbreviations: ofPlaces,
  }
}

/** Codes of another pack that it does not have: agencies of types, types of protocols. */
function unknownCodes({ types, agencies, protocols }: Packs): string[] {
  const codes = new Set(types.types.map(({ code }) => code))
  const strangers = protocols.protocols.flatMap((protocol) =>
    protocol.types
      .filter((type) => !codes.has(type))
      .map((type) => `protocols.yaml, panduan ${protocol.code}: terbaca ${type}; yang boleh: ${[...codes].join(', ')}`),
  )
  return [...unknownTargets(types.types, agencies.agencies), ...strangers]
}

/** Targets that name an agency or unit the agencies pack does not have. */
function unknownTargets(types: readonly IncidentType[], agencies: readonly AgencyEntry[]): string[] {
  const known = new Set(
    agencies.flatMap(({ code, units = [] }) => [code, ...units.map((unit) => `${code}.${unit.code}`)]),
  )
  return types.flatMap(({ code, lead, support }) =>
    [...(lead ?? []), ...support.flat()]
      .map(({ agency, unit }) => (unit === null ? agency : `${agency}.${unit}`))
      .filter((target) => !known.has(target))
      .map((target) => `incident-types.yaml, jenis ${code}: terbaca ${target}; yang boleh: ${[...known].join(', ')}`),
  )
}

/** The procedures of the centre, and which version of each pack is in force here. */
export function helpRows({ sop, versions, proposals }: Reference): QueryOutput<'help'> {
  const packs = Object.entries(versions).map(([pack, version]) => ({
    pack,
    version,
    isProposal: proposals.includes(pack),
  }))
  return { sop: sop.map(({ code, title, steps }) => ({ code, title, steps })), packs }
}
