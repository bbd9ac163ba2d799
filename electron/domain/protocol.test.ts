import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  askedQuestions,
  compliance,
  isMoreUrgent,
  mostUrgent,
  protocolFor,
  spokenTexts,
  suggestedPriority,
  toldWords,
} from './protocol.ts'
import { branchProblems, protocolSchema, type Protocol } from './protocol-pack.ts'

const label = (id: string) => ({ id, en: id })
const protocol: Protocol = protocolSchema.parse({
  code: 'LAKA-LL',
  title: label('Laka'),
  types: ['LAKA-LL'],
  say: label('Jangan pindahkan korban.'),
  questions: [
    {
      id: 'aman',
      ask: label('Aman?'),
      answers: [
        { code: 'ya', label: label('Ya') },
        { code: 'tidak', label: label('Tidak') },
      ],
    },
    {
      id: 'sadar',
      ask: label('Sadar?'),
      answers: [
        { code: 'ya', label: label('Ya') },
        {
          code: 'tidak',
          label: label('Tidak'),
          points: 100,
          critical: true,
          tell: 'tidak sadar',
          say: label('Awasi.'),
        },
      ],
    },
    {
      id: 'napas',
      ask: label('Napas?'),
      if: [{ question: 'sadar', is: ['tidak'] }],
      answers: [
        { code: 'ya', label: label('Ya'), tell: 'bernapas', say: label('Miringkan.') },
        { code: 'tidak', label: label('Tidak'), points: 100, critical: true },
      ],
    },
    {
      id: 'kendaraan',
      ask: label('Kendaraan'),
      answers: [
        { code: 'truk', label: label('Truk'), points: 20, tell: 'truk' },
        { code: 'bus', label: label('Bus'), points: 60, tell: 'bus' },
      ],
    },
  ],
})
const limits = { P1: 100, P2: 50, P3: 20 }
const ids = (questions: readonly { id: string }[]): string[] => questions.map(({ id }) => id)

describe('a protocol', () => {
  it('asks a branch only while its condition holds', () => {
    expect(ids(askedQuestions(protocol, {}))).toEqual(['aman', 'sadar', 'kendaraan'])
    expect(ids(askedQuestions(protocol, { sadar: 'tidak' }))).toEqual(['aman', 'sadar', 'napas', 'kendaraan'])
    expect(ids(askedQuestions(protocol, { sadar: 'ya', napas: 'tidak' }))).toEqual(['aman', 'sadar', 'kendaraan'])
  })

  it('suggests a priority by the weights, and names the answers behind it', () => {
    expect(suggestedPriority(protocol, { aman: 'ya' }, limits)).toBeNull()
    expect(suggestedPriority(protocol, { kendaraan: 'truk' }, limits)?.priority).toBe('P3')
    expect(suggestedPriority(protocol, { kendaraan: 'bus' }, limits)?.priority).toBe('P2')
    const worst = suggestedPriority(protocol, { sadar: 'tidak', kendaraan: 'truk' }, limits)
    expect(worst).toMatchObject({ priority: 'P1', points: 120 })
    expect(worst?.because.map(({ question }) => question.id)).toEqual(['sadar', 'kendaraan'])
  })

  it('lets an answer of a branch that is not asked any more weigh nothing', () => {
    expect(suggestedPriority(protocol, { sadar: 'ya', napas: 'tidak' }, limits)).toBeNull()
  })

  it('counts what was asked of what should have been asked', () => {
    expect(compliance(protocol, {})).toMatchObject({ due: 3, asked: 0 })
    const half = compliance(protocol, { aman: 'ya', sadar: 'tidak', kendaraan: 'gerobak' })
    expect(half).toMatchObject({ due: 4, asked: 2 })
    expect(ids(half.missed)).toEqual(['napas', 'kendaraan'])
    expect(ids(half.missedCritical)).toEqual(['napas'])
  })

  it('gives short words for the agencies and what to read aloud, the critical first', () => {
    const answers = { sadar: 'tidak', napas: 'ya', kendaraan: 'truk' }
    expect(toldWords(protocol, answers)).toEqual(['tidak sadar', 'bernapas', 'truk'])
    expect(spokenTexts(protocol, answers).map(({ id }) => id)).toEqual([
      'Awasi.',
      'Miringkan.',
      'Jangan pindahkan korban.',
    ])
  })

  it('is that of the type, else the one for everything', () => {
    const all = [protocol, { ...protocol, code: 'UMUM', types: [] }]
    expect(protocolFor(all, 'LAKA-LL')?.code).toBe('LAKA-LL')
    expect(protocolFor(all, 'PHN-TBG')?.code).toBe('UMUM')
    expect(protocolFor(all, null)?.code).toBe('UMUM')
    expect(protocolFor([], null)).toBeNull()
  })

  it('never asks more than it has, whatever was answered, and asked and missed add up', () => {
    const given = fc.dictionary(
      fc.constantFrom('aman', 'sadar', 'napas', 'kendaraan', 'lain'),
      fc.constantFrom('ya', 'tidak', 'truk', null),
    )
    fc.assert(
      fc.property(given, (answers) => {
        const { due, asked, missed } = compliance(protocol, answers)
        expect(asked + missed.length).toBe(due)
        expect(due).toBeLessThanOrEqual(protocol.questions.length)
      }),
    )
  })
})

describe('urgency', () => {
  it('puts P1 before P2 and anything before nothing', () => {
    expect(isMoreUrgent('P1', 'P2')).toBe(true)
    expect(isMoreUrgent('P2', 'P2')).toBe(false)
    expect(isMoreUrgent('P4', null)).toBe(true)
    expect(mostUrgent(null, 'P3')).toBe('P3')
    expect(mostUrgent('P2', 'P3')).toBe('P2')
  })
})

describe('branchProblems', () => {
  const [aman, sadar, napas] = protocol.questions
  const problems = (questions: Protocol['questions']): string[] =>
    branchProblems({ questions }).map(({ message }) => message)
  const ask = (name: string, ...conditions: { question: string; is: string[] }[]) => ({
    ...aman!,
    id: name,
    if: conditions,
  })

  it('finds none in a sound protocol', () => {
    expect(problems(protocol.questions)).toEqual([])
  })

  it('finds a branch that nobody can reach, also over several steps', () => {
    const contradiction = ask('x', { question: 'sadar', is: ['ya'] }, { question: 'napas', is: ['ya'] })
    expect(problems([sadar!, napas!, contradiction])).toEqual([
      'syarat yang dapat terpenuhi; jawaban sadar bertentangan',
    ])
  })

  it('finds conditions on later or unknown questions and answers, and doubles', () => {
    expect(problems([napas!, sadar!])).toEqual(['pertanyaan yang ada di atasnya, bukan sadar'])
    expect(problems([aman!, ask('x', { question: 'aman', is: ['mungkin'] })])).toEqual([
      'jawaban aman yang ada, bukan mungkin',
    ])
    expect(problems([aman!, aman!])).toEqual(['pertanyaan aman hanya satu kali'])
  })
})
