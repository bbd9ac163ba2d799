// Reads questions line by line, answers each with the code that the screens run. Standard output holds nothing but answers.
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { answersTo } from './answer.ts'
import { loadPacks } from './packs.ts'
import { verbs } from './verbs.ts'

const usage = `usage: npm run -s ask -- WHAT [--reference DIR] [--regency CODE] < in.jsonl > out.jsonl
WHAT is one of ${Object.keys(verbs).join(', ')}; docs/reference-data.md shows the lines of each.`

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { reference: { type: 'string' }, regency: { type: 'string' } },
  })
  const verb =
    positionals.length === 1 && Object.hasOwn(verbs, positionals[0] ?? '') ? verbs[positionals[0] ?? ''] : undefined
  if (verb === undefined) throw new Error(usage)
  const answer = await verb(await loadPacks(values))
  const lines = createInterface({ input: process.stdin, crlfDelay: Infinity })
  const count = { bad: 0 }
  for await (const { text, problem } of answersTo(lines, answer)) {
    if (problem !== null) {
      count.bad += 1
      process.stderr.write(`${problem}\n`)
    }
    if (!process.stdout.write(`${text}\n`)) await new Promise((resolve) => process.stdout.once('drain', resolve))
  }
  return count.bad === 0 ? 0 : 1
}

// Whoever reads the answers may stop early (`| head`); that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

try {
  process.exitCode = await main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 2
}
