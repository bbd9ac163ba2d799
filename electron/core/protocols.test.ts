import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askedQuestions, isMoreUrgent, protocolFor, spokenTexts, suggestedPriority } from '#domain/protocol.ts'
import type { Protocol, Question } from '#domain/protocol-pack.ts'
import { loadReference, type Reference } from './reference.ts'

const shipped = fileURLToPath(new URL('../../resources/reference', import.meta.url))
let reference: Reference
let folder: string

beforeAll(async () => {
  const loaded = await loadReference(shipped)
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'))
  reference = loaded.reference
  folder = await mkdtemp(join(tmpdir(), 'meja-protocols-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Answers under which a question is asked, by the conditions that lead to it. */
function wayTo(protocol: Protocol, question: Question): Record<string, string> {
  const way: Record<string, string[]> = {}
  const need = (one: Question): void => {
    for (const { question: name, is } of one.if) {
      const before = way[name]
      way[name] = before === undefined ? is : before.filter((code) => is.includes(code))
      need(protocol.questions.find(({ id }) => id === name)!)
    }
  }
  need(question)
  return Object.fromEntries(Object.entries(way).map(([name, codes]) => [name, codes[0] ?? '']))
}

describe('the protocols', () => {
  it('are there for what calls are about, and one for everything else', () => {
    const wanted = ['LAKA-LL', 'BKR-RMH', 'MED-DAR', 'MED-LHR', 'BCN-BJR', 'BCN-TGL', 'LAKA-AIR']
    const others = ['KAM-KRM', 'SOS-KDRT', 'SOS-BDR', 'EVK-HWN', 'BKR-GAS']
    for (const type of [...wanted, ...others]) {
      expect(protocolFor(reference.protocols.protocols, type)?.types).toContain(type)
    }
    expect(protocolFor(reference.protocols.protocols, 'PHN-TBG')?.code).toBe('UMUM')
    expect(reference.protocols.status).toBe('usulan')
  })

  it('reach every question by answers that can be given', () => {
    for (const protocol of reference.protocols.protocols) {
      for (const question of protocol.questions) {
        const asked = askedQuestions(protocol, wayTo(protocol, question)).map(({ id }) => id)
        expect([protocol.code, ...asked]).toContain(question.id)
      }
    }
  })

  it('end nowhere: whatever is answered, what is asked can be answered too', () => {
    for (const protocol of reference.protocols.protocols) {
      for (const answer of protocol.questions.flatMap(({ id, answers }) => answers.map(({ code }) => ({ id, code })))) {
        const asked = askedQuestions(protocol, { [answer.id]: answer.code })
        expect(asked.length).toBeGreaterThan(0)
        for (const { answers } of asked) {
          expect(answers.length).toBeGreaterThanOrEqual(2)
          expect(answers.length).toBeLessThanOrEqual(9)
        }
      }
    }
  })

  it('let every critical answer raise the priority to P1 by itself', () => {
    for (const protocol of reference.protocols.protocols) {
      for (const question of protocol.questions) {
        for (const { code } of question.answers.filter(({ critical }) => critical)) {
          const answers = { ...wayTo(protocol, question), [question.id]: code }
          const suggestion = suggestedPriority(protocol, answers, reference.protocols.thresholds)
          expect(`${protocol.code} ${question.id} ${code} ${suggestion?.priority}`).toMatch(/ P1$/)
          expect(isMoreUrgent(suggestion?.priority ?? null, 'P2')).toBe(true)
        }
      }
    }
  })

  it('mean the same by one id: an answer that is kept when the type changes is known by both', () => {
    const codes = new Map<string, Set<string>>()
    for (const { questions } of reference.protocols.protocols) {
      for (const { id, answers } of questions) {
        const known = codes.get(id)
        const own = answers.map(({ code }) => code)
        if (known !== undefined) expect([id, own.some((code) => known.has(code))]).toEqual([id, true])
        codes.set(id, new Set([...(known ?? []), ...own]))
      }
    }
  })
})

describe('a pack of the centre', () => {
  async function ownFolder(file: string, change: (text: string) => string): Promise<string> {
    const own = await mkdtemp(join(folder, 'own-'))
    await writeFile(join(own, file), change(await readFile(join(shipped, file), 'utf8')))
    return own
  }
  const loadOwn = async (own: string) => {
    const loaded = await loadReference(shipped, own)
    if (!loaded.ok) throw new Error(loaded.problems.join('\n'))
    return loaded
  }

  it('replaces the one of the program', async () => {
    const own = await ownFolder('protocols.yaml', (text) => text.replace('version: 1', 'version: 7'))
    const { reference: found, refused } = await loadOwn(own)
    expect(refused).toEqual([])
    expect(found.versions['protocols']).toBe(7)
    expect(found.versions['agencies']).toBe(1)
  })

  it.each([
    [
      'an unknown key',
      (text: string) => text.replace('    questions:', '    colour: red\n    questions:'),
      /kunci "protocols\.0\.colour"/,
    ],
    ['an empty text', (text: string) => text.replace("ask: { id: 'Jumlah korban'", "ask: { id: ''"), /\.ask\.id"/],
    ['a branch to nowhere', (text: string) => text.replace('question: korban', 'question: korbn'), /bukan korbn/],
    [
      'a critical answer without weight',
      (text: string) => text.replace('points: 100, critical', 'points: 90, critical'),
      /batas P1/,
    ],
    ['a type nobody knows', (text: string) => text.replace('types: [LAKA-LL]', 'types: [LAKA-XX]'), /terbaca LAKA-XX/],
    [
      'a question asked twice',
      (text: string) => text.replace('- id: nomor-balik', '- id: tempat-jelas'),
      /hanya satu kali/,
    ],
  ])('with %s is refused with line and reason, and the last good one stays', async (_what, change, reason) => {
    const own = await ownFolder('protocols.yaml', (text) => text.replace('version: 1', 'version: 7'))
    await loadOwn(own)
    await writeFile(join(own, 'protocols.yaml'), change(await readFile(join(shipped, 'protocols.yaml'), 'utf8')))
    const { reference: found, refused } = await loadOwn(own)
    expect(refused.join('\n')).toMatch(reason)
    expect(found.versions['protocols']).toBe(7)
  })

  it('names the line', async () => {
    const own = await ownFolder('protocols.yaml', (text) => text.replace("ask: { id: 'Jumlah korban'", "ask: { id: ''"))
    const text = await readFile(join(own, 'protocols.yaml'), 'utf8')
    const line = text.split('\n').findIndex((one) => one.includes("ask: { id: ''")) + 1
    expect((await loadOwn(own)).refused[0]).toContain(`protocols.yaml baris ${line},`)
  })

  it('that is huge is not even read, and one that was cut off is refused; the program goes on with its own', async () => {
    const huge = await ownFolder('protocols.yaml', (text) => text + `# ${'x'.repeat(1000)}\n`.repeat(3000))
    expect((await loadOwn(huge)).refused).toEqual([
      expect.stringMatching(/terbaca \d{7} byte; yang boleh: paling banyak/),
    ])
    const cut = await ownFolder('protocols.yaml', (text) => text.slice(0, 3000))
    const { reference: found, refused } = await loadOwn(cut)
    expect(refused.length).toBeGreaterThan(0)
    expect(found.versions['protocols']).toBe(1)
  })

  it('is kept whole: nobody can spoil the last good one by leaving half of it', async () => {
    const own = await ownFolder('protocols.yaml', (text) => text.replace('version: 1', 'version: 8'))
    await loadOwn(own)
    await mkdir(join(own, 'last-good'), { recursive: true })
    await cp(join(own, 'protocols.yaml'), join(own, 'last-good', 'protocols.yaml.new'))
    await rm(join(own, 'protocols.yaml'))
    expect((await loadOwn(own)).reference.versions['protocols']).toBe(8)
  })
})

describe('what is read aloud', () => {
  const say = (code: string, answers: Record<string, string>): string => {
    const protocol = reference.protocols.protocols.find((one) => one.code === code)
    return protocol === undefined
      ? ''
      : spokenTexts(protocol, answers)
          .map(({ id }) => id)
          .join('\n')
  }

  it('never has somebody who answers pressed on the chest', () => {
    for (const { code, questions } of reference.protocols.protocols) {
      const awake = Object.fromEntries(questions.map(({ id, answers }) => [id, answers[0]?.code ?? '']))
      for (const napas of ['ya', 'tidak', 'tidak-tahu']) {
        expect(say(code, { ...awake, sadar: 'ya', napas, 'pijat-jantung': 'ya' })).not.toMatch(/Tekan kuat dan cepat/)
      }
    }
  })

  it('lets an injured person lie and turns an ill one', () => {
    const asleep = { korban: '1', sadar: 'tidak', napas: 'ya' }
    for (const code of ['LAKA-LL', 'LAKA-KRJ', 'UMUM']) {
      expect(say(code, asleep)).toMatch(/Jangan digerakkan/)
      expect(say(code, asleep)).not.toMatch(/Miringkan/)
    }
    expect(say('MED-DAR', { ...asleep, posisi: 'ya' })).toMatch(/Miringkan/)
  })
})
