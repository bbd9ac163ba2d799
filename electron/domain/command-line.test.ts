import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { lineCommands, readCommand, type CommandWorld } from './command-line.ts'

const types = ['LAKA-LL', 'LAKA-KRJ', 'BKR-RMH', 'BCN-BJR'].map((id) => ({ id, name: `nama ${id}` }))
const places = ['Sidogemah, Sayung', 'Sidorejo, Sayung', 'Sidorejo, Karangawen', 'Loireng, Sayung']
const incidents = ['241126-B017', '241126-B019', '231126-C004', '241126-C004'].map((label) => ({
  incident: label,
  label,
}))
const [b017 = { incident: '', label: '' }, b019] = incidents
const world: CommandWorld = {
  types: (text) =>
    text.toLowerCase() === 'banjir'
      ? types.filter(({ id }) => id === 'BCN-BJR')
      : types.filter(({ id }) => id.startsWith(text.toUpperCase())),
  places: (text) =>
    places.filter((name) => name.toLowerCase().includes(text.toLowerCase())).map((name) => ({ id: `v:${name}`, name })),
  incidents,
  inHand: b017,
  agencies: [
    { name: 'Damkar', isFree: true },
    { name: 'PSC 119', isFree: false },
    { name: 'Polres', isFree: true },
  ],
}
const read = (line: string, more: Partial<CommandWorld> = {}) => readCommand(line, { ...world, ...more })
const act = (line: string) => read(line).act
const problem = (line: string, more: Partial<CommandWorld> = {}) => read(line, more).problem

describe('the command line', () => {
  it('opens an incident with type, place, priority and note', () => {
    expect(act('N laka-ll sidogemah P1; truk melintang; macet')).toEqual({
      do: 'new',
      type: types[0],
      place: { id: 'v:Sidogemah, Sayung', name: 'Sidogemah, Sayung' },
      priority: 'P1',
      note: 'truk melintang; macet',
    })
    expect(act('n banjir depan pasar')).toMatchObject({ place: { id: null, name: 'depan pasar' }, priority: null })
    expect(problem('N laka sidogemah')).toEqual({ what: 'ambiguous', text: 'LAKA-LL · LAKA-KRJ' })
    expect(problem('N banjir sidorejo')).toEqual({
      what: 'ambiguous',
      text: 'Sidorejo, Sayung · Sidorejo, Karangawen',
    })
    expect(act('N banjir Sidorejo, Karangawen')).toMatchObject({ place: { id: 'v:Sidorejo, Karangawen' } })
    expect(problem('N')).toMatchObject({ what: 'typeNeeded' })
    expect(problem('N qqq')).toMatchObject({ what: 'typeUnknown', text: 'qqq' })
    expect(problem('N banjir')).toMatchObject({ what: 'placeNeeded' })
  })

  it('relays to the agencies by their numbers, all of them or none', () => {
    expect(act('T 1 3 1')).toMatchObject({ do: 'relay', agencies: [1, 3], names: 'Damkar, Polres', on: b017 })
    expect(problem('T 1 2')).toEqual({ what: 'agencyTold', text: 'PSC 119' })
    expect(problem('T 9')).toMatchObject({ what: 'agencyUnknown' })
    expect(problem('T 1', { inHand: null })).toMatchObject({ what: 'noneInHand' })
  })

  it('decides, notes, opens and merges by spoken number', () => {
    expect(act('S B017 selesai')).toMatchObject({ do: 'status', on: b017, status: 'selesai', reason: null })
    expect(act('s b17 tun; menunggu PLN')).toMatchObject({ status: 'tunda', reason: 'menunggu PLN' })
    expect(problem('S B017 batal')).toMatchObject({ what: 'reasonNeeded' })
    expect(problem('S B017 b; x')).toMatchObject({ what: 'ambiguous', text: 'batal · buka' })
    expect(problem('S C004 selesai')).toEqual({ what: 'ambiguous', text: '231126-C004 · 241126-C004' })
    expect(act('S 241126-C004 selesai')).toMatchObject({ on: { label: '241126-C004' } })
    expect(act('C B019 api padam')).toMatchObject({ do: 'note', on: b019, text: 'api padam' })
    expect(act('C 2 korban')).toMatchObject({ do: 'note', on: b017, text: '2 korban' })
    expect(problem('C B099 api')).toMatchObject({ what: 'incidentUnknown' })
    expect(act('B B 019')).toMatchObject({ do: 'open', on: b019 })
    expect(act('G B019 B017')).toMatchObject({ do: 'merge', on: b019, into: b017 })
    expect(problem('G B017 B17')).toMatchObject({ what: 'sameIncident' })
    expect(act('H')).toEqual({ do: 'callBack' })
    expect(act('?')).toEqual({ do: 'help' })
    expect(problem('banjir')).toMatchObject({ what: 'unknownCommand', text: 'banjir' })
  })

  it('completes types, places and numbers with Tab', () => {
    expect(read('N bkr').completed).toBe('N BKR-RMH ')
    expect(read('N banjir loi P1; air naik').completed).toBe('N BCN-BJR Loireng, Sayung P1; air naik')
    expect(read('B b01').completed).toBe('B B017 ')
    expect(read('S B017 tun').completed).toBe('S B017 tunda; ')
  })
})

test('each letter means one command', () => {
  expect(new Set(lineCommands.map(({ letter }) => letter)).size).toBe(lineCommands.length)
})

const words =
  "N T S C B G H ? laka LAKA-LL banjir sidorejo B017 C004 1 2 ; P1 batal b 99999999999999999999 \u202e <b> =1+1' 😀 ,"
const word = fc.constantFrom(...words.split(' '))
const line = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.array(word, { maxLength: 8 }).map((words) => words.join(' ')),
)

test('never throws, and gives either what it would do or what is wrong, never both', () => {
  fc.assert(
    fc.property(line, fc.boolean(), (text, isEmpty) => {
      const reading = read(text, isEmpty ? { incidents: [], inHand: null, agencies: [] } : {})
      const isBlank = text.trim() === ''
      expect([reading.act !== null, reading.problem !== null].filter(Boolean)).toHaveLength(isBlank ? 0 : 1)
    }),
    { numRuns: 2000 },
  )
  expect(() => read('N '.repeat(5000))).not.toThrow()
})

test('an act names only incidents that are there, and what Tab completes is read again without losing the act', () => {
  fc.assert(
    fc.property(line, (text) => {
      const { act: would, completed } = read(text)
      if (would !== null && 'on' in would) expect(incidents).toContainEqual(would.on)
      if (would === null || completed === null) return
      expect(read(completed).act).toEqual(would)
    }),
    { numRuns: 2000 },
  )
})
