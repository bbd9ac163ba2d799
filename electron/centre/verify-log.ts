// `npm run verify-log -- FILE [--key-file KEY]`: checks a database or an exported chain offline and writes a report for an auditor.
import { openSync, readFileSync, readSync, closeSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { CheckReport } from '#log/check.ts'
import { verifyChainFile, verifyDatabase } from '#db/log/verify.ts'
import { openDatabase } from '#db/open.ts'

/** Exit codes: everything holds, something does not, the file could not be read. */
const codes = { good: 0, bad: 1, unreadable: 2 } as const

const usage =
  'usage: verify-log FILE [--key-file KEY]   KEY holds the database key, 64 hex digits; an exported chain needs none'

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { 'key-file': { type: 'string' } } })
  const [file] = positionals
  if (file === undefined || positionals.length > 1) throw new Error(usage)
  const report = isChainFile(file) ? await verifyChainFile(file) : checkDatabase(file, values['key-file'])
  process.stdout.write(`${reportText(file, report)}\n`)
  return report.findings.length === 0 ? codes.good : codes.bad
}

/** An exported chain is text that begins with an object; an encrypted database begins with random bytes. */
function isChainFile(file: string): boolean {
  const head = Buffer.alloc(9)
  const handle = openSync(file, 'r')
  readSync(handle, head, 0, head.byteLength, 0)
  closeSync(handle)
  return head.toString('latin1') === '{"format"'
}

function checkDatabase(file: string, keyFile: string | undefined): CheckReport {
  if (keyFile === undefined) throw new Error(`${file} is a database: its key is needed (--key-file)`)
  const db = openDatabase({ file, key: readFileSync(keyFile, 'utf8').trim(), readonly: true })
  try {
    return verifyDatabase(db)
  } finally {
    db.close()
  }
}

function reportText(file: string, report: CheckReport): string {
  const lines = [`file: ${file}`, `site: ${report.site}`]
  for (const log of report.logs) {
    const name = log.branch === 0 ? log.origin : `${log.origin} (branch ${log.branch})`
    const parts = `${log.missing} parts missing, ${log.erased} erased`
    lines.push(`log ${name}: ${log.ops} ops up to ${log.head.seq}, ${log.seals} seals, ${parts}, head ${log.head.hash}`)
  }
  for (const { origin, seq, what, detail } of report.findings)
    lines.push(`FOUND ${what} in ${origin} at ${seq}: ${detail}`)
  lines.push(report.findings.length === 0 ? 'result: everything holds' : `result: ${report.findings.length} findings`)
  return lines.join('\n')
}

try {
  process.exitCode = await main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = codes.unreadable
}
