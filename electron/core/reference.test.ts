import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { queries } from '#contract/queries.ts'
import { agencyDirectory } from '#domain/agency.ts'
import { callClasses } from '#domain/call.ts'
import { callClassLetters } from '#domain/call-class.ts'
import { villageLabel, type Gazetteer } from '#domain/place.ts'
import { createTypeIndex, searchTypes, type TypeIndex } from '#domain/type-search.ts'
import { loadGazetteer } from './gazetteer.ts'
import { loadReference, referenceRows, searchableTypes, type Reference } from './reference.ts'

const packs = fileURLToPath(new URL('../../resources/reference', import.meta.url))
const areaData = dirname(createRequire(import.meta.url).resolve('idn-area-data/data/villages.csv'))

let reference: Reference
let gazetteer: Gazetteer
let types: TypeIndex
let folder: string

beforeAll(async () => {
  const loaded = await loadReference(packs)
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'))
  reference = loaded.reference
  gazetteer = await loadGazetteer(areaData, '33.21')
  types = createTypeIndex(searchableTypes(reference), {
    fillers: reference.abbreviations.fillers,
    synonyms: reference.synonyms,
  })
  folder = await mkdtemp(join(tmpdir(), 'meja-reference-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the packs', () => {
  it('hold 35 types with at least 8 daily words in each language', () => {
    expect(reference.types).toHaveLength(35)
    const poor = reference.types.filter(({ words }) => words.id.length < 8 || words.jv.length < 8)
    expect(poor.map(({ code }) => code)).toEqual([])
  })

  it('say no word twice within a type', () => {
    const repeats = reference.types.flatMap(({ code, words }) => {
      const all = [...words.id, ...words.jv]
      return all.filter((word, index) => all.indexOf(word) !== index).map((word) => `${code} ${word}`)
    })
    expect(repeats).toEqual([])
  })

  it('give a number only where it is certain', () => {
    const numbers = reference.agencies.filter(({ shortNumber }) => shortNumber !== null)
    expect(numbers.map(({ code, shortNumber }) => `${code} ${shortNumber}`)).toEqual([
      'PSC119 119',
      'POLRES 110',
      'DAMKAR 113',
      'BASARNAS 115',
    ])
  })

  it('are a proposal until the agencies approve', () => {
    expect(reference.isProposal).toBe(true)
    expect(reference.versions).toEqual({
      'incident-types': 2,
      agencies: 1,
      'call-words': 1,
      abbreviations: 2,
      synonyms: 1,
      protocols: 1,
      'silent-call': 1,
      sop: 1,
      duplicates: 1,
    })
  })
})

describe('referenceRows', () => {
  it('are what the query promises', () => {
    const rows = referenceRows(reference, agencyDirectory(reference.agencies, undefined))
    expect(queries.reference.output.parse(rows)).toEqual(rows)
    expect(rows.classes.map(({ code, key }) => `${key} ${code}`)).toEqual(
      callClasses.map((code) => `${callClassLetters[code]} ${code}`),
    )
    expect(rows.sources[0]).toEqual({ code: '112', label: { id: '112', en: '112' } })
    expect(rows.relations[0]).toEqual({ code: 'korban', label: { id: 'Korban', en: 'Victim' } })
    expect(rows.agencies).toHaveLength(19)
    expect(rows.types[0]).toMatchObject({ code: 'MED-AMB', label: 'Permintaan ambulans', priority: 'P1' })
  })
})

/** The product's packs with one of them changed. */
async function loadedAfter(file: string, change: (text: string) => string): ReturnType<typeof loadReference> {
  const copy = await mkdtemp(join(folder, 'pack-'))
  await cp(packs, copy, { recursive: true })
  await writeFile(join(copy, file), change(await readFile(join(copy, file), 'utf8')))
  return loadReference(copy)
}

it('needs no English: the Indonesian words stand in for it', async () => {
  const loaded = await loadedAfter('call-words.yaml', (text) =>
    text.replace('{ id: Saksi, en: Witness }', '{ id: Saksi }'),
  )
  expect(loaded.ok && loaded.reference.callWords.relations.saksi).toEqual({ id: 'Saksi', en: 'Saksi' })
  const typed = await loadedAfter('incident-types.yaml', (text) => text.replace(', en: Ambulance request }', ' }'))
  expect(typed.ok && searchableTypes(typed.reference)[0]?.labelEn).toBe('Permintaan ambulans')
  const asked = await loadedAfter('protocols.yaml', (text) => text.replace(", en: 'How many victims' }", ' }'))
  const questions = asked.ok ? asked.reference.protocols.protocols.flatMap((protocol) => protocol.questions) : []
  expect(questions.find(({ id }) => id === 'korban')?.ask).toEqual({ id: 'Jumlah korban', en: 'Jumlah korban' })
})

describe('a wrong pack', () => {
  async function problemsAfter(file: string, change: (text: string) => string): Promise<readonly string[]> {
    const loaded = await loadedAfter(file, change)
    return loaded.ok ? [] : loaded.problems
  }

  it('names a language it does not know, and the ones it does', async () => {
    const problems = await problemsAfter('call-words.yaml', (text) => text.replace('en: Witness', 'jv: Seksi'))
    expect(problems).toEqual([
      expect.stringMatching(/^call-words\.yaml baris \d+, kunci "relations\.saksi\.jv": .*; yang boleh: .*\bid, en$/),
    ])
  })

  it('names file, line, key, what was read and what is allowed', async () => {
    const problems = await problemsAfter('incident-types.yaml', (text) => text.replace('priority: P1', 'priority: P9'))
    expect(problems).toEqual([
      'incident-types.yaml baris 10, kunci "types.0.priority": terbaca "P9"; yang boleh: P1, P2, P3, P4',
    ])
  })

  it('names a key it does not know', async () => {
    const problems = await problemsAfter('agencies.yaml', (text) => `${text}colour: red\n`)
    expect(problems).toEqual([
      expect.stringMatching(
        /^agencies\.yaml baris \d+, kunci "colour": terbaca kunci "colour"; yang boleh: salah satu dari pack, version, status, agencies$/,
      ),
    ])
  })

  it('names a target that is no agency or unit', async () => {
    const [problem] = await problemsAfter('incident-types.yaml', (text) =>
      text.replace('POLRES.SATLANTAS', 'POLRES.SATLANTS'),
    )
    expect(problem).toContain('jenis LAKA-LL: terbaca POLRES.SATLANTS; yang boleh: PSC119, PMI, POLRES')
  })

  it('names a code that stands twice', async () => {
    const [problem] = await problemsAfter('agencies.yaml', (text) => text.replace('code: PMI', 'code: PSC119'))
    expect(problem).toContain('kode PSC119 sudah dipakai')
  })

  it('names a word that would have two meanings', async () => {
    const [problem] = await problemsAfter('synonyms.yaml', (text) => text.replace('[dapur, pawon]', '[dapur, omah]'))
    expect(problem).toMatch(/^synonyms\.yaml baris \d+, kunci "same\.\d+\.1": terbaca "omah"; yang boleh: kata omah/)
  })

  it('is told when it is missing or no YAML at all', async () => {
    expect(await problemsAfter('call-words.yaml', () => '{ "pack": ')).toEqual([
      expect.stringMatching(/^call-words\.yaml baris 1: terbaca tulisan yang bukan YAML/),
    ])
    expect((await loadReference(join(folder, 'nowhere'))).ok).toBe(false)
  })
})

describe('the gazetteer', () => {
  it('holds 14 districts and 249 villages of Demak, 6 of them kelurahan', () => {
    expect(gazetteer.regency).toEqual({ code: '33.21', name: 'Kabupaten Demak' })
    expect(gazetteer.districts).toHaveLength(14)
    expect(gazetteer.villages).toHaveLength(249)
    expect(gazetteer.villages.filter(({ kind }) => kind === 'kelurahan')).toHaveLength(6)
    expect(gazetteer.villages[0]).toEqual({
      code: '33.21.01.2001',
      name: 'Banyumeneng',
      district: 'Mranggen',
      districtCode: '33.21.01',
      kind: 'desa',
    })
  })

  it('is of any regency by configuration, and says when there is none', async () => {
    const kudus = await loadGazetteer(areaData, '33.19')
    expect(kudus.regency.name).toBe('Kabupaten Kudus')
    expect(kudus.villages.every(({ code }) => code.startsWith('33.19.'))).toBe(true)
    await expect(loadGazetteer(areaData, '99.99')).rejects.toThrow('kode 99.99 tidak ada di data wilayah')
  })

  it('labels every village uniquely although 12 names repeat', () => {
    expect(new Set(gazetteer.villages.map(villageLabel)).size).toBe(249)
  })
})

describe('finding a type by what people say', () => {
  it.each([
    ['rob', 'BCN-ROB'],
    ['begal', 'KAM-KRM'],
    ['ula', 'EVK-HWN'],
    ['ulo mlebu omah', 'EVK-HWN'],
    ['kobongan', 'BKR-RMH'],
    ['tabrakan', 'LAKA-LL'],
    ['kesetrum', 'MED-DAR'],
    ['wong ngamuk', 'SOS-ODGJ'],
    ['ada ular masuk rumah di dapur', 'EVK-HWN'],
    ['tabrakan truk sama motor di pasar buyaran', 'LAKA-LL'],
    ['kebakran', 'BKR-RMH'],
    ['tanggule bedah', 'BCN-TGL'],
    ['semaput', 'MED-DAR'],
    ['montor ilang', 'KAM-KRM'],
    ['mati lampu', 'UTL-PLN'],
    ['orang gila ngamuk bawa parang', 'SOS-ODGJ'],
    ['tolong', 'LAIN'],
    ['tolong ada kebakaran', 'BKR-RMH'],
    ['nglalu', 'SOS-BDR'],
    ['lindhu', 'BCN-GMP'],
    ['arep lairan', 'MED-LHR'],
    ['banyu mlebu omah', 'BCN-BJR'],
    ['bangjone mati', 'UTL-PJU'],
    ['truk mogok kerob', 'JLN-MCT'],
    ['ana bocah kelelep ning kali', 'LAKA-AIR'],
    ['digebugi bojone', 'SOS-KDRT'],
    ['sound horeg', 'KAM-GTB'],
    ['bau gas', 'BKR-GAS'],
    ['dalane bolong', 'JLN-RSK'],
    ['simbah ilang', 'SOS-ORH'],
    ['nemu mayit', 'MED-JNZ'],
    ['ketabrak sepur', 'LAKA-KA'],
    ['structure fire', 'BKR-RMH'],
  ])('%s: %s', (said, code) => {
    expect(searchTypes(types, said)[0]?.code).toBe(code)
  })

  it('finds each type first by its code, and among the first three by each of its own words', () => {
    for (const type of searchableTypes(reference)) {
      expect(searchTypes(types, type.code)[0]?.code).toBe(type.code)
      for (const word of type.words) {
        expect([word, ...searchTypes(types, word, 3).map(({ code }) => code)]).toContain(type.code)
      }
    }
  })
})
