// The running copy on a second disk: every op after each commit, the whole database now and then. A failing disk never stops core.
import { createReadStream, existsSync } from 'node:fs'
import { copyFile, mkdir, open, rename, rm, stat, truncate } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { toBase64url } from '#log/bytes.ts'
import type { Db } from '../open.ts'
import { prepared } from '../open.ts'
import type { ChainLine } from './chain-line.ts'
import { chainFormat, personalFileKey, readChainLine, writeChainLine, writePersonalLine } from './chain-line.ts'

/** The files of a copy. */
export const copyFiles = { chain: 'chain.jsonl', personal: 'personal.log', whole: 'meja.db' } as const

export type Copy = {
  /** Call after each commit: what is new is appended soon, many commits at once. */
  readonly afterCommit: () => void
  /** Copies the whole database and begins the personal file anew. Resolves when it is done; false when it failed. */
  readonly whole: () => Promise<boolean>
  /** UTC ms of the last append and of the last whole copy; `failure` says why the last try failed. */
  readonly state: () => CopyState
  /** Waits for what is being written and closes the files. */
  readonly stop: () => Promise<void>
}
export type CopyState = {
  readonly appendedAt: number | null
  readonly wholeAt: number | null
  readonly failure: string | null
}

type Options = {
  /** The connection that writes, and a read-only one used by nobody else. */
  readonly db: Db
  readonly reader: Db
  readonly dir: string
  readonly site: string
  readonly databaseKey: string
  readonly now: () => number
  /** Called when a try succeeded or failed. */
  readonly onState?: (state: CopyState) => void
}

type Row = {
  readonly op: number
  readonly origin: string
  readonly branch: number
  readonly before: Buffer
  readonly from_seq: number
  readonly seq: number
  readonly hash: Buffer
  readonly bytes: Buffer
  readonly salt: Buffer | null
  readonly personal: Buffer | null
  readonly seal: Buffer | null
}

const pageRows = 1_000
/** Commits of this long go to the second disk together (ms). */
const gatherMs = 50

/** Starts copying; what happened since the last run is appended at once. */
export function startCopy(options: Options): Copy {
  const key = personalFileKey(options.databaseKey)
  const state = { appendedAt: null as number | null, wholeAt: null as number | null, failure: null as string | null }
  let files: { readonly chain: FileHandle; readonly personal: FileHandle } | undefined
  let last = 0
  let work: Promise<unknown> = Promise.resolve()
  let isScheduled = false

  /** One thing at a time; a failure is remembered and tried again at the next commit. */
  const queue = (job: () => Promise<void>): Promise<boolean> => {
    const done = work.then(job).then(
      () => {
        state.failure = null
        options.onState?.({ ...state })
        return true
      },
      async (error: unknown) => {
        state.failure = error instanceof Error ? error.message : String(error)
        await close()
        options.onState?.({ ...state })
        return false
      },
    )
    work = done
    return done
  }
  const close = async () => {
    const open = files
    files = undefined
    await open?.chain.close().catch(() => undefined)
    await open?.personal.close().catch(() => undefined)
  }
  const ready = async () => {
    if (files !== undefined) return files
    await mkdir(options.dir, { recursive: true })
    last = await continueChain(options)
    const chain = await open(join(options.dir, copyFiles.chain), 'a')
    files = { chain, personal: await open(join(options.dir, copyFiles.personal), 'a') }
    return files
  }
  const append = async () => {
    isScheduled = false
    const { chain, personal } = await ready()
    for (let rows = rowsAfter(options.db, last); rows.length > 0; rows = rowsAfter(options.db, last)) {
      await chain.appendFile(rows.map((row) => `${writeChainLine(chainLine(row))}\n`).join(''))
      await personal.appendFile(rows.flatMap((row) => personalLine(key, row)).join(''))
      last = rows.at(-1)?.op ?? last
    }
    await chain.datasync()
    await personal.datasync()
    state.appendedAt = options.now()
  }
  let gathering: NodeJS.Timeout | undefined
  const afterCommit = () => {
    if (isScheduled) return
    isScheduled = true
    gathering = setTimeout(() => void queue(append), gatherMs)
  }
  afterCommit()
  return {
    afterCommit,
    whole: () =>
      queue(async () => {
        await append()
        await copyWhole(options)
        await files?.personal.truncate(0)
        state.wholeAt = options.now()
      }),
    state: () => ({ ...state }),
    stop: async () => {
      clearTimeout(gathering)
      if (isScheduled) await queue(append)
      await work
      await close()
    },
  }
}

function rowsAfter(db: Db, last: number): Row[] {
  return prepared<Row>(
    db,
    `SELECT op, origin, branch, before, from_seq, seq, hash, bytes, salt, personal, seal
     FROM op JOIN log USING (log) WHERE op > ? ORDER BY op LIMIT ${pageRows}`,
  ).all(last)
}

function chainLine(row: Row) {
  const { op, origin, branch, seq } = row
  const isFork = branch > 0 && seq === row.from_seq
  return {
    row: op,
    origin,
    branch,
    seq,
    op: row.bytes.toString('utf8'),
    ...(isFork ? { before: row.before.toString('hex') } : {}),
    seal: row.seal === null ? null : toBase64url(row.seal),
  }
}

function personalLine(key: Buffer, row: Row): string[] {
  if (row.personal === null || row.salt === null) return []
  const line = { hash: row.hash.toString('hex'), salt: toBase64url(row.salt), personal: row.personal.toString('utf8') }
  return [`${writePersonalLine(key, line)}\n`]
}

const tailBytes = 65_536

/**
 * The row up to which the chain file is written. An unfinished last line is cut off. A file that does not belong to this
 * database (an older copy was opened) is put aside under a name of its own, never overwritten.
 */
async function continueChain(options: Options): Promise<number> {
  const file = join(options.dir, copyFiles.chain)
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  )
  if (size > 0) {
    const row = await lastRow(file, size)
    if (row === 0 || isRowOf(options.db, row, await lastLine(file))) return row
    await rename(file, join(options.dir, `chain-${options.now()}.jsonl`))
  }
  const fresh = await open(file, 'w')
  await fresh.appendFile(`${JSON.stringify({ format: chainFormat, site: options.site })}\n`)
  await fresh.close()
  return 0
}

async function lastRow(file: string, size: number): Promise<number> {
  const text = await tailOf(file)
  const end = text.lastIndexOf('\n') + 1
  if (end < text.length) await truncate(file, size - Buffer.byteLength(text.slice(end)))
  return readChainLine((await lastLine(file)) ?? '')?.row ?? 0
}

async function tailOf(file: string): Promise<string> {
  const handle = await open(file, 'r')
  try {
    const { size } = await handle.stat()
    const length = Math.min(size, tailBytes)
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length)
    return buffer.toString('utf8')
  } finally {
    await handle.close()
  }
}

async function lastLine(file: string): Promise<string | undefined> {
  return (await tailOf(file)).trimEnd().split('\n').at(-1)
}

function isRowOf(db: Db, row: number, line: string | undefined): boolean {
  const known = prepared<{ bytes: Buffer }>(db, 'SELECT bytes FROM op WHERE op = ?').get(row)
  return known !== undefined && readChainLine(line ?? '')?.op === known.bytes.toString('utf8')
}

/**
 * Copies the whole database without holding up anybody. After the checkpoint everything lies in the main file, and the open
 * read transaction keeps it as it is until it is copied; new commits go to the write-ahead log meanwhile.
 */
async function copyWhole({ db, reader, dir }: Options): Promise<void> {
  const target = join(dir, copyFiles.whole)
  const fresh = `${target}.new`
  await rm(fresh, { force: true })
  const [{ busy } = { busy: 1 }] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
  if (busy !== 0) {
    prepared(reader, 'VACUUM INTO ?').run(fresh)
  } else {
    prepared(reader, 'BEGIN').run()
    prepared(reader, 'SELECT count(*) FROM sqlite_schema').get()
    try {
      await copyFile(db.name, fresh)
    } finally {
      prepared(reader, 'COMMIT').run()
    }
  }
  const handle = await open(fresh, 'r+')
  await handle.sync()
  await handle.close()
  await rename(fresh, target)
}

/** The chain lines of a copy that come after a row, in order; unfinished ones are left out. */
export async function* chainLinesAfter(dir: string, row: number): AsyncGenerator<ChainLine> {
  const file = join(dir, copyFiles.chain)
  if (!existsSync(file)) return
  for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
    const entry = readChainLine(line)
    if (entry !== undefined && entry.row > row) yield entry
  }
}
