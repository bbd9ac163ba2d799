// Feeds a database or an exported chain to the check of logs. It must only read.
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { startCheck } from '#log/check.ts'
import type { CheckedOp, CheckReport } from '#log/check.ts'
import { isObject, parseJson, toBase64url } from '#log/bytes.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'
import { chainFormat, readChainLine } from './chain-line.ts'

type Row = {
  readonly op: number
  readonly origin: string
  readonly branch: number
  readonly before: Buffer
  readonly seq: number
  readonly hash: Buffer
  readonly bytes: Buffer
  readonly part: CheckedOp['part']
  readonly salt: Buffer | null
  readonly personal: Buffer | null
  readonly seal: Buffer | null
}

/** Checks every log of an opened database. Throws when it holds no own key and so names no site. */
export function verifyDatabase(db: Db): CheckReport {
  const owner = prepared<{ site: string }>(db, 'SELECT site FROM own_key ORDER BY epoch LIMIT 1').get()
  if (owner === undefined) throw new Error('the database has no own key: no site to check it for')
  const check = startCheck(owner.site)
  const heads = prepared<{ log: number; head_seq: number; head_hash: Buffer; origin: string }>(
    db,
    'SELECT log, head_seq, head_hash, origin FROM log ORDER BY branch, log',
  ).all()
  for (const { log } of heads) for (const row of rowsOf(db, log)) check.take(checkedOp(row))
  const report = check.end()
  const wrong = heads.filter((head) => {
    const found = report.logs.find((entry) => entry.origin === head.origin && entry.head.seq === head.head_seq)
    return head.head_seq > 0 && found?.head.hash !== head.head_hash.toString('hex')
  })
  const lost = wrong.map((head) => ({
    origin: head.origin,
    seq: head.head_seq,
    what: 'head' as const,
    detail: 'the log does not end where the store says',
  }))
  return { ...report, findings: [...report.findings, ...lost] }
}

const pageRows = 1_000

function* rowsOf(db: Db, log: number): Generator<Row> {
  const page = prepared<Row>(
    db,
    `SELECT op, origin, branch, before, seq, hash, bytes, part, salt, personal, seal
     FROM op JOIN log USING (log) WHERE log = ? AND seq > ? ORDER BY seq LIMIT ${pageRows}`,
  )
  let after = 0
  for (;;) {
    const rows = page.all(log, after)
    yield* rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < pageRows) return
    after = last.seq
  }
}

function checkedOp(row: Row): CheckedOp {
  const { origin, branch, seq, part } = row
  return {
    origin,
    branch,
    seq,
    op: row.bytes.toString('utf8'),
    before: row.before.toString('hex'),
    hash: row.hash.toString('hex'),
    seal: row.seal === null ? null : toBase64url(row.seal),
    part,
    ...(row.salt === null ? {} : { salt: row.salt }),
    ...(row.personal === null ? {} : { personal: row.personal.toString('utf8') }),
  }
}

/** Checks an exported chain (no personal parts in it, so no key is needed). Throws when the file is none. */
export async function verifyChainFile(file: string): Promise<CheckReport> {
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })
  let check: ReturnType<typeof startCheck> | undefined
  let number = 0
  for await (const line of lines) {
    number += 1
    if (check === undefined) {
      const head = parseJson(line)
      if (!isObject(head) || head.format !== chainFormat || typeof head.site !== 'string') {
        throw new Error('this is no exported chain')
      }
      check = startCheck(head.site)
      continue
    }
    const entry = readChainLine(line)
    // A line that a power cut left unfinished can only be the last one; anything else shows up as a gap.
    if (entry !== undefined) check.take({ ...entry, part: 'elsewhere' })
  }
  if (check === undefined) throw new Error('the file is empty')
  return check.end()
}
