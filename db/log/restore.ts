// Opens the last good copy in place of a damaged database, brings back what was appended since, and begins a new epoch.
import { closeSync, copyFileSync, existsSync, fsyncSync, openSync, renameSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Batch, BatchOp } from '#log/batch.ts'
import { firstHash, opHash } from '#log/hash.ts'
import type { OpenOptions } from '../open.ts'
import { openDatabase, prepared, transact } from '../open.ts'
import type { ChainLine, PersonalLine } from './chain-line.ts'
import { personalFileKey, readPersonalLine } from './chain-line.ts'
import { chainLinesAfter, copyFiles } from './copy.ts'
import type { Log } from './log.ts'
import { branchesOf, hashAt } from './log.ts'
import { openEpoch } from './open-log.ts'
import { receiveRun } from './receive.ts'

/** True when there is a whole copy that could be put in place of a database. */
export function hasWholeCopy(dir: string): boolean {
  return existsSync(join(dir, copyFiles.whole))
}

/**
 * Puts a damaged database aside (never deletes it) and the last whole copy in its place. False when there is no copy. Throws
 * the copy's own DatabaseError, and touches nothing, when the copy does not open either: then the key is wrong, not the file.
 * `begin` is called before the first file is moved: whatever ends the program from there on, the next start does it all again.
 */
export function putCopyInPlace(
  facts: OpenOptions & { readonly dir: string; readonly now: number; readonly begin?: () => void },
): boolean {
  const copy = join(facts.dir, copyFiles.whole)
  if (!hasWholeCopy(facts.dir)) return false
  openDatabase({ ...facts, file: copy }).close()
  facts.begin?.()
  for (const part of ['', '-wal', '-shm']) {
    if (existsSync(facts.file + part)) renameSync(facts.file + part, `${facts.file}.damaged-${facts.now}${part}`)
  }
  copyFileSync(copy, facts.file)
  flush(facts.file)
  return true
}

/** Waits until what was written to a file is on the disk. */
export function flush(file: string): void {
  const handle = openSync(file, 'r+')
  fsyncSync(handle)
  closeSync(handle)
}

/**
 * After a copy was opened: takes in what was appended to the second disk since, then opens a new epoch, because others may
 * know more of the old log than we do and its numbers must not be used again. Gives how many ops came back.
 */
export async function continueFromCopy(log: Log, dir: string, databaseKey: string): Promise<number> {
  const { top } = prepared<{ top: number | null }>(log.db, 'SELECT max(op) AS top FROM op').get() ?? { top: 0 }
  const parts = await personalParts(dir, databaseKey)
  const old = log.memory.key.origin
  let count = 0
  for await (const run of sealedRuns(chainLinesAfter(dir, top ?? 0))) {
    const batch = batchOf(log, run, parts)
    const outcome = batch === undefined ? undefined : transact(log.db, () => receiveRun(log, batch))
    if (outcome !== undefined && 'added' in outcome) count += outcome.added
  }
  openEpoch(log)
  // We know that this log was rewound, and have dealt with it.
  prepared(log.db, `DELETE FROM log_alarm WHERE kind = 'rewound' AND origin = ?`).run(old)
  return count
}

async function personalParts(dir: string, databaseKey: string): Promise<Map<string, PersonalLine>> {
  const key = personalFileKey(databaseKey)
  const text = await readFile(join(dir, copyFiles.personal), 'utf8').catch(() => '')
  const parts = new Map<string, PersonalLine>()
  for (const line of text.split('\n')) {
    const part = readPersonalLine(key, line)
    if (part !== undefined) parts.set(part.hash, part)
  }
  return parts
}

/** Ops of one branch up to a seal; what comes after the last seal is proved by nothing and left out. */
async function* sealedRuns(lines: AsyncIterable<ChainLine>): AsyncGenerator<ChainLine[]> {
  const open = new Map<string, ChainLine[]>()
  for await (const line of lines) {
    const name = `${line.origin} ${line.branch}`
    const run = open.get(name) ?? []
    open.set(name, run)
    run.push(line)
    if (line.seal === null) continue
    open.delete(name)
    yield run
  }
}

function batchOf(log: Log, run: readonly ChainLine[], parts: ReadonlyMap<string, PersonalLine>): Batch | undefined {
  const [first] = run
  const last = run.at(-1)
  if (first === undefined || last === undefined || last.seal === null) return undefined
  const { origin, seq: from } = first
  const branch = branchesOf(log.db, origin)[first.branch]
  const before = branch === undefined ? undefined : hashAt(log.db, branch, from - 1)
  const after = first.before ?? before ?? firstHash(log.site, origin)
  let hash = after
  const ops: BatchOp[] = run.map((line) => {
    hash = opHash(hash, line.op)
    const part = parts.get(hash)
    return { op: line.op, personal: part?.personal ?? null, salt: part?.salt ?? null }
  })
  return { origin, from, after, ops, seal: { seq: last.seq, hash, sig: last.seal } }
}
