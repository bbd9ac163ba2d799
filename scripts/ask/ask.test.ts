// The examples of the documentation are answered as they say, and broken lines are told without holding up the others.
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

const examples = resolve('docs/examples')

type Run = { readonly code: number; readonly answers: Record<string, unknown>[]; readonly said: string }

/** Runs the program itself on a list. */
function ask(args: readonly string[], input: string): Promise<Run> {
  return new Promise((done) => {
    const child = execFile(process.execPath, ['scripts/ask/main.ts', ...args], (error, stdout, stderr) => {
      const lines = stdout.split('\n').filter((line) => line !== '')
      const answers = lines.map((line) => z.record(z.string(), z.unknown()).parse(JSON.parse(line)))
      done({ code: error === null ? 0 : Number(error.code), answers, said: stderr })
    })
    child.stdin?.end(input)
  })
}

type Example = { readonly id: number; readonly expect: Record<string, unknown> }

async function asked(verb: string): Promise<{ example: Example; answer: Record<string, unknown> }[]> {
  const text = readFileSync(join(examples, `${verb}.jsonl`), 'utf8')
  const wanted = text
    .trim()
    .split('\n')
    .map((line): Example => JSON.parse(line))
  const { code, answers, said } = await ask([verb], text)
  expect({ code, said, count: answers.length }).toEqual({ code: 0, said: '', count: wanted.length })
  return wanted.map((example, n) => ({ example, answer: answers[n] ?? {} }))
}

describe('ask', () => {
  it('answers the documented numbers', async () => {
    for (const { example, answer } of await asked('numbers'))
      expect(answer).toEqual({ id: example.id, ...example.expect })
  })

  it('answers the documented coordinates', async () => {
    for (const { example, answer } of await asked('coordinates')) {
      expect(answer).toEqual({ id: example.id, ...example.expect })
    }
  })

  it('answers the documented places', async () => {
    for (const { example, answer } of await asked('places')) {
      const { codes, weak } = z.object({ codes: z.array(z.string()), weak: z.boolean() }).parse(answer)
      expect({ id: answer['id'], first: weak ? null : codes[0], weak }).toEqual({ id: example.id, ...example.expect })
    }
  })

  it('answers the documented types', async () => {
    for (const { example, answer } of await asked('types')) {
      const { codes } = z.object({ codes: z.array(z.string()) }).parse(answer)
      expect({ id: answer['id'], code: codes[0] }).toEqual({ id: example.id, ...example.expect })
    }
  })

  it('answers the documented duplicates, each before it is told the incident', async () => {
    for (const { example, answer } of await asked('duplicates')) {
      expect(answer).toEqual({ id: example.id, ...example.expect })
    }
  })

  it('suggests nothing for the first report, whatever is null, and files only lines with an incident', async () => {
    const line = (id: number, incident: string | null) =>
      JSON.stringify({
        id,
        at: 1_795_486_500_000 + id,
        number: '08120000' + '0001',
        typeCode: 'BKR-RMH',
        placeText: null,
        villageCode: null,
        lat: null,
        lon: null,
        narrative: null,
        incident,
      })
    const { answers } = await ask(['duplicates'], [line(1, null), line(2, 'X'), line(3, null)].join('\n'))
    expect(answers.map(({ suggested }) => suggested)).toEqual([[], [], ['X']])
  })

  it('tells a broken line with its number, answers it in its place and goes on', async () => {
    const input = '{"id":"a","input":"112"}\n\nnonsense\n{"id":7,"input":true}\r\n{"id":"z","input":"110"}'
    const { code, answers, said } = await ask(['numbers'], input)
    expect(code).toBe(1)
    expect(answers.map(({ id, kind, error }) => [id, kind, typeof error])).toEqual([
      ['a', 'short', 'undefined'],
      [null, undefined, 'string'],
      [7, undefined, 'string'],
      ['z', 'short', 'undefined'],
    ])
    expect(said).toMatch(/^line 3: no JSON: .*\nline 4: input: .*\n$/)
  })

  it('refuses what it does not know, and packs that are wrong, before it answers anything', async () => {
    expect(await ask(['colours'], '')).toMatchObject({
      code: 2,
      answers: [],
      said: expect.stringContaining('WHAT is one of places'),
    })
    const nowhere = await ask(['numbers', '--reference', 'docs'], '{"id":1,"input":"112"}')
    expect(nowhere).toMatchObject({ code: 2, answers: [], said: expect.stringContaining('incident-types.yaml') })
  })

  it('answers each line before the next one is asked', async () => {
    const child = execFile(process.execPath, ['scripts/ask/main.ts', 'numbers'])
    const first = new Promise<string>((done) => child.stdout?.once('data', (data) => done(String(data))))
    child.stdin?.write('{"id":1,"input":"112"}\n')
    expect(await first).toContain('"id":1')
    child.stdin?.end()
  })
})
