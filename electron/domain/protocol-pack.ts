// The shape of the pack of protocols and what is refused in it: dead branches, weightless critical answers, doubles. Reads no file.
import { z } from 'zod'
import { bothLanguages, type BothLanguages } from './both-languages.ts'

const words = (most: number) => z.string().trim().min(1).max(most)
const label = (most: number) => bothLanguages(words(most))
const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,23}$/, 'huruf kecil, angka dan tanda hubung, paling banyak 24')
const points = z.number().int().min(0).max(1000)

const answer = z.strictObject({
  code: id,
  label: label(40),
  points: points.default(0),
  /** An answer that means danger to life. */
  critical: z.boolean().default(false),
  /** Short words for the message to the agencies. */
  tell: words(60).optional(),
  /** Read aloud to the caller once this answer was given. */
  say: label(400).optional(),
})

const condition = z.strictObject({ question: id, is: z.array(id).min(1).max(9) })

const question = z.strictObject({
  id,
  ask: label(80),
  /** Asked only while every condition holds; each names an earlier question. */
  if: z.array(condition).max(6).default([]),
  answers: z
    .array(answer)
    .min(2, 'sedikitnya 2 jawaban')
    .max(9, 'paling banyak 9 jawaban, satu tombol angka masing-masing'),
})

const protocol = z
  .strictObject({
    code: z.string().regex(/^[A-Z]{2,6}(-[A-Z]{2,6})?$/, 'kode seperti LAKA-LL'),
    title: label(80),
    /** Incident types it is for; none = all types without one of their own. */
    types: z.array(z.string().max(16)).max(40),
    /** Read aloud whatever was answered. */
    say: label(400).optional(),
    questions: z.array(question).min(1).max(40),
  })
  .superRefine(refuseDeadBranches)

export type Answer = z.output<typeof answer>
export type Condition = z.output<typeof condition>
export type Question = z.output<typeof question>
export type Protocol = {
  readonly code: string
  readonly title: BothLanguages
  readonly types: readonly string[]
  readonly say?: BothLanguages | undefined
  readonly questions: readonly Question[]
}

export const thresholds = z
  .strictObject({ P1: points.min(1), P2: points.min(1), P3: points.min(1) })
  .refine(({ P1, P2, P3 }) => P1 > P2 && P2 > P3, 'P1 lebih besar daripada P2, P2 lebih besar daripada P3')
/** From how many points on the answers suggest a priority. */
export type Thresholds = z.output<typeof thresholds>

export const protocolSchema = protocol
export const protocolsPack = z
  .strictObject({
    pack: z.literal('protocols'),
    version: z.number().int().min(1),
    status: z.enum(['usulan', 'disetujui']),
    thresholds,
    protocols: z.array(protocol).min(1).max(100),
  })
  .superRefine(refusePack)

export type ProtocolsPack = z.output<typeof protocolsPack>

type Issue = { readonly path: (string | number)[]; readonly message: string }
type Context = z.core.$RefinementCtx<unknown>

function refuse(context: Context, { path, message }: Issue): void {
  context.addIssue({ code: 'custom', path, message })
}

function refuseDeadBranches(value: Protocol, context: Context): void {
  for (const { path, message } of branchProblems(value)) refuse(context, { path: ['questions', ...path], message })
}

/** What makes a question unreachable or ambiguous. Paths are counted from the list of questions. */
export function branchProblems({ questions }: Pick<Protocol, 'questions'>): Issue[] {
  const problems: Issue[] = []
  /** What must have been answered for a question to be asked. */
  const needs = new Map<string, ReadonlyMap<string, ReadonlySet<string>>>()
  for (const [place, one] of questions.entries()) {
    if (needs.has(one.id)) problems.push({ path: [place, 'id'], message: `pertanyaan ${one.id} hanya satu kali` })
    const codes = one.answers.map(({ code }) => code)
    for (const [at, code] of codes.entries()) {
      if (codes.indexOf(code) !== at) {
        problems.push({ path: [place, 'answers', at, 'code'], message: `jawaban ${code} hanya satu kali` })
      }
    }
    const need = new Map<string, ReadonlySet<string>>()
    for (const [at, wanted] of one.if.entries()) {
      const wrong = conditionProblem(wanted, questions.slice(0, place))
      if (wrong === null) mergeNeeds(need, wanted, needs.get(wanted.question) ?? new Map())
      else problems.push({ path: [place, 'if', at], message: wrong })
    }
    const never = [...need].find(([, allowed]) => allowed.size === 0)
    if (never !== undefined) {
      problems.push({ path: [place, 'if'], message: `syarat yang dapat terpenuhi; jawaban ${never[0]} bertentangan` })
    }
    needs.set(one.id, need)
  }
  return problems
}

function conditionProblem({ question: wanted, is }: Condition, earlier: readonly Question[]): string | null {
  const found = earlier.find((one) => one.id === wanted)
  if (found === undefined) return `pertanyaan yang ada di atasnya, bukan ${wanted}`
  const unknown = is.find((code) => !found.answers.some((one) => one.code === code))
  return unknown === undefined ? null : `jawaban ${wanted} yang ada, bukan ${unknown}`
}

/** A condition holds only where the question it names was asked, so that one's needs hold too. */
function mergeNeeds(
  need: Map<string, ReadonlySet<string>>,
  { question: wanted, is }: Condition,
  inherited: ReadonlyMap<string, ReadonlySet<string>>,
): void {
  for (const [name, allowed] of [...inherited, [wanted, new Set(is)] as const]) {
    const before = need.get(name)
    need.set(name, before === undefined ? allowed : new Set([...before].filter((code) => allowed.has(code))))
  }
}

function refusePack(pack: { thresholds: Thresholds; protocols: readonly Protocol[] }, context: Context): void {
  const codes = new Set<string>()
  const types = new Set<string>()
  for (const [place, one] of pack.protocols.entries()) {
    const path = ['protocols', place]
    if (codes.has(one.code)) refuse(context, { path: [...path, 'code'], message: `kode ${one.code} hanya satu kali` })
    codes.add(one.code)
    for (const [at, type] of one.types.entries()) {
      if (types.has(type))
        refuse(context, { path: [...path, 'types', at], message: `jenis ${type} hanya di satu panduan` })
      types.add(type)
    }
    refuseWeightless(one, path, pack.thresholds, context)
  }
  const universal = pack.protocols.filter((one) => one.types.length === 0).length
  if (universal !== 1) refuse(context, { path: ['protocols'], message: 'tepat satu panduan dengan types kosong' })
}

function refuseWeightless(one: Protocol, path: (string | number)[], { P1 }: Thresholds, context: Context): void {
  for (const [place, asked] of one.questions.entries()) {
    for (const [at, given] of asked.answers.entries()) {
      if (!given.critical || given.points >= P1) continue
      const message = `jawaban gawat berbobot sedikitnya ${P1}, batas P1`
      refuse(context, { path: [...path, 'questions', place, 'answers', at, 'points'], message })
    }
  }
}
