// Reads YAML (and JSON, which is YAML) against a schema and says where and why it is wrong. Opens no file itself.
import { isMap, isNode, LineCounter, parseDocument, type Document } from 'yaml'
import { z } from 'zod'

/** One thing that is wrong; `read` and `allowed` are in the words of the person who edits the file. */
export type Problem = {
  /** Path of the key, e.g. `targets.answerShare`; empty for the file as a whole. */
  readonly key: string
  /** 1-based, in the text that was read. */
  readonly line: number
  readonly read: string
  readonly allowed: string
}

export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** One sentence for a person: file, line, key, what was read, what is allowed. */
export function problemText(file: string, { key, line, read, allowed }: Problem): string {
  const where = key === '' ? '' : `, kunci "${key}"`
  return `${file} baris ${line}${where}: terbaca ${read}; yang boleh: ${allowed}`
}

/** Larger than any honest file of this kind (characters). */
const longestText = 1_000_000

/** Parses and checks a text. Never throws; every problem found is listed, not only the first. */
export function checkYaml<T extends z.ZodType>(text: string, schema: T): Checked<z.output<T>> {
  if (text.length > longestText) return refuse('', 1, `${text.length} huruf`, `paling banyak ${longestText} huruf`)
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true })
  const wrong = [...document.errors, ...document.warnings]
  if (wrong.length > 0) {
    const problems = wrong.map((error) => ({
      key: '',
      line: lines.linePos(error.pos[0]).line,
      read: `tulisan yang bukan YAML (${error.code})`,
      allowed: 'YAML atau JSON yang utuh, setiap kunci satu kali',
    }))
    return { ok: false, problems }
  }
  return checkDocument(document, lines, schema)
}

function checkDocument<T extends z.ZodType>(document: Document, lines: LineCounter, schema: T): Checked<z.output<T>> {
  let plain: unknown
  try {
    plain = document.toJS({ maxAliasCount: 100 })
  } catch {
    return refuse('', 1, 'rujukan (&, *) yang berlebihan', 'nilai yang ditulis langsung')
  }
  const result = schema.safeParse(plain)
  if (result.success) return { ok: true, value: result.data }
  const problems = result.error.issues.flatMap((issue) => problemsOf(issue, { document, lines, schema, plain }))
  return { ok: false, problems: problems.toSorted((a, b) => a.line - b.line) }
}

function refuse(key: string, line: number, read: string, allowed: string): Checked<never> {
  return { ok: false, problems: [{ key, line, read, allowed }] }
}

type Context = {
  readonly document: Document
  readonly lines: LineCounter
  readonly schema: z.ZodType
  readonly plain: unknown
}

function problemsOf(issue: z.core.$ZodIssue, context: Context): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    const known = `salah satu dari ${knownKeys(context.schema, issue.path).join(', ')}`
    return issue.keys.map((key) => {
      const path = [...issue.path, key]
      return { key: path.join('.'), line: lineOf(path, context), read: `kunci "${key}"`, allowed: known }
    })
  }
  const line = lineOf(issue.path, context)
  return [
    {
      key: issue.path.join('.'),
      line,
      read: valueText(valueAt(context.plain, issue.path)),
      allowed: allowedText(issue),
    },
  ]
}

/** The line of a key, or of the nearest thing around it that is really in the text. */
function lineOf(path: readonly PropertyKey[], { document, lines }: Context): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent: unknown = document.getIn(path.slice(0, length - 1), true)
    const last = path[length - 1]
    if (isMap(parent)) {
      const pair = parent.items.find(({ key }) => String(key) === String(last))
      if (pair !== undefined && isNode(pair.key) && pair.key.range) return lines.linePos(pair.key.range[0]).line
    }
    const node: unknown = document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
  }
  return 1
}

function valueAt(plain: unknown, path: readonly PropertyKey[]): unknown {
  let value = plain
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Record<PropertyKey, unknown>)[key]
  }
  return value
}

function valueText(value: unknown): string {
  if (value === undefined) return 'tidak ada'
  const written = JSON.stringify(value) ?? typeof value
  return written.length > 60 ? `${written.slice(0, 57)}...` : written
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'teks',
  number: 'angka',
  int: 'bilangan bulat',
  boolean: 'true atau false',
  array: 'daftar',
  object: 'kelompok kunci',
  record: 'kelompok kunci',
  null: 'kosong (null)',
}

function allowedText(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeWords[issue.expected] ?? issue.expected
    case 'invalid_value':
      return issue.values.map((value) => String(value)).join(', ')
    case 'too_big':
      return `paling ${issue.origin === 'number' ? 'besar' : 'banyak'} ${issue.maximum}`
    case 'too_small':
      return `paling ${issue.origin === 'number' ? 'kecil' : 'sedikit'} ${issue.minimum}${issue.inclusive === false ? ', lebih' : ''}`
    case 'invalid_union':
      return [...new Set(issue.errors.flat().map(allowedText))].join(' atau ')
    case 'invalid_key':
      return issue.issues.map(allowedText).join(' atau ')
    case 'unrecognized_keys':
    case 'invalid_element':
    case 'not_multiple_of':
    case 'invalid_format':
    case 'custom':
      return issue.message
  }
}

/** The keys that the schema knows at a path; none where it is no object. */
function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at: unknown = schema
  for (const key of path) {
    at = bare(at)
    if (at instanceof z.ZodObject) at = at.shape[String(key)]
    else if (at instanceof z.ZodArray) at = at.element
    else if (at instanceof z.ZodRecord) at = at.valueType
    else return []
  }
  at = bare(at)
  return at instanceof z.ZodObject ? Object.keys(at.shape) : []
}

function bare(schema: unknown): unknown {
  if (schema instanceof z.ZodPipe) return bare(schema.in)
  const isWrapped =
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  return isWrapped ? bare(schema.unwrap()) : schema
}
