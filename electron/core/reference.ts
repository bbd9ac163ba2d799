// Loads the reference packs and says what is wrong with one. Changes none and sends none.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import type { QueryOutput } from '#contract/queries.ts'
import type { Agency } from '#domain/agency.ts'
import { callClasses, sources } from '#domain/call.ts'
import { callClassLetters } from '#domain/call-class.ts'
import { dispositions } from '#domain/incident.ts'
import type { Gazetteer } from '#domain/place.ts'
import {
  abbreviationsPack,
  agenciesPack,
  callWordsPack,
  incidentTypesPack,
  synonymsPack,
  type Abbreviations,
  type AgencyEntry,
  type CallWords,
  type IncidentType,
  type SynonymsPack,
} from '#domain/reference.ts'
import type { SearchableType } from '#domain/type-search.ts'
import { checkYaml, problemText } from './checked-yaml.ts'

export type Reference = {
  readonly types: readonly IncidentType[]
  readonly agencies: readonly AgencyEntry[]
  readonly callWords: CallWords
  readonly abbreviations: Abbreviations
  readonly synonyms: SynonymsPack['same']
  /** Version of each pack by its name. */
  readonly versions: Readonly<Record<string, number>>
  /** True while any pack is not yet approved by the agencies. */
  readonly isProposal: boolean
}

export type LoadedReference =
  | { readonly ok: true; readonly reference: Reference }
  /** One sentence each: file, line, key, what was read, what is allowed. */
  | { readonly ok: false; readonly problems: readonly string[] }

/** Reads the packs of a folder. Wrong or missing packs are all listed; nothing half-loaded is returned. */
export async function loadReference(folder: string): Promise<LoadedReference> {
  const problems: string[] = []
  const pack = async <T extends z.ZodType>(file: string, schema: T): Promise<z.output<T> | null> => {
    const text = await readFile(join(folder, file), 'utf8').catch(() => null)
    if (text === null) {
      problems.push(`${file}: tidak dapat dibaca; yang boleh: berkas YAML yang ikut dipasang bersama program`)
      return null
    }
    const checked = checkYaml(text, schema)
    if (checked.ok) return checked.value
    problems.push(...checked.problems.map((problem) => problemText(file, problem)))
    return null
  }
  const types = await pack('incident-types.yaml', incidentTypesPack)
  const agencies = await pack('agencies.yaml', agenciesPack)
  const callWords = await pack('call-words.yaml', callWordsPack)
  const abbreviations = await pack('abbreviations.yaml', abbreviationsPack)
  const synonyms = await pack('synonyms.yaml', synonymsPack)
  if (types === null || agencies === null || callWords === null || abbreviations === null || synonyms === null) {
    return { ok: false, problems }
  }
  const strangers = unknownTargets(types.types, agencies.agencies)
  if (strangers.length > 0) return { ok: false, problems: strangers }
  const packs = [types, agencies, callWords, abbreviations, synonyms]
  return {
    ok: true,
    reference: {
      types: types.types,
      agencies: agencies.agencies,
      callWords,
      abbreviations,
      synonyms: synonyms.same,
      versions: Object.fromEntries(packs.map(({ pack: name, version }) => [name, version])),
      isProposal: packs.some(({ status }) => status === 'usulan'),
    },
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

/** Everything the screens need of the reference data, as the query `reference` gives it (labels in Indonesian). */
export function referenceRows(
  reference: Reference,
  gazetteer: Gazetteer,
  agencies: readonly Agency[],
): QueryOutput<'reference'> {
  const labels = reference.callWords
  const { words, marks, regencyMarks, fillers } = reference.abbreviations
  return {
    types: searchableTypes(reference),
    villages: [...gazetteer.villages],
    abbreviations: { words, marks, regencyMarks, fillers },
    synonyms: reference.synonyms.map((group) => [...group]),
    classes: callClasses.map((code) => ({ code, key: callClassLetters[code], label: labels.callClasses[code].id })),
    dispositions: dispositions.map((code) => ({ code, label: labels.dispositions[code].id })),
    relations: Object.entries(labels.relations).map(([code, label]) => ({ code, label: label.id })),
    sources: sources.map((code) => ({ code, label: labels.sources[code].id })),
    agencies: agencies.map(({ code, name }) => ({ code, label: name })),
    isProposal: reference.isProposal,
  }
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
