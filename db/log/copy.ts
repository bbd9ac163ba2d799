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

const pageRows = 200
/** Commits of this long go to the second disk together (ms). */
const gatherMs = 50

/** Starts copying; what happened since the last run is appended at once. */
export function startCopy(options: Options): Copy {
  return new RunningCopy(options)
}

class RunningCopy implements Copy {
  readonly #options: Options
  readonly #key: Buffer
  #state: CopyState = { appendedAt: null, wholeAt: null, failure: null }
  #files: { readonly chain: FileHandle; readonly personal: FileHandle } | undefined
  /** The last row that is in the chain file. */
  #last = 0
  #work: Promise<unknown> = Promise.resolve()
  #gathering: NodeJS.Timeout | undefined

  constructor(options: Options) {
    this.#options = options
    this.#key = personalFileKey(options.databaseKey)
    this.afterCommit()
  }

  readonly afterCommit = (): void => {
    this.#gathering ??= setTimeout(() => void this.#queue(() => this.#append()), gatherMs)
  }

  readonly whole = (): Promise<boolean> =>
    this.#queue(async () => {
      await this.#append()
      await copyWhole(this.#options)
      await this.#files?.personal.truncate(0)
      this.#state = { ...this.#state, wholeAt: this.#options.now() }
    })

  readonly state = (): CopyState => this.#state

  readonly stop = async (): Promise<void> => {
    if (this.#gathering !== undefined) await this.#queue(() => this.#append())
    await this.#work
    await this.#close()
  }

  /** One thing at a time; a failure is remembered and tried again at the next commit. */
  #queue(job: () => Promise<void>): Promise<boolean> {
    const done = this.#work.then(job).then(
      () => this.#done(null),
      async (error: unknown) => {
        await this.#close()
        return this.#done(error instanceof Error ? error.message : String(error))
      },
    )
    this.#work = done
    return done
  }

  #done(failure: string | null): boolean {
    this.#state = { ...this.#state, failure }
    this.#options.onState?.(this.#state)
    return failure === null
  }

  async #append(): Promise<void> {
    clearTimeout(this.#gathering)
    this.#gathering = undefined
    const { chain, personal } = await this.#ready()
    const { db, now } = this.#options
    for (let rows = rowsAfter(db, this.#last); rows.length > 0; rows = rowsAfter(db, this.#last)) {
      await chain.appendFile(rows.map((row) => `${writeChainLine(chainLine(row))}\n`).join(''))
      await personal.appendFile(rows.flatMap((row) => personalLine(this.#key, row)).join(''))
      this.#last = rows.at(-1)?.op ?? this.#last
    }
    await chain.datasync()
    await personal.datasync()
    this.#state = { ...this.#state, appendedAt: now() }
  }

  async #ready(): Promise<{ readonly chain: FileHandle; readonly personal: FileHandle }> {
    if (this.#files !== undefined) return this.#files
    const { dir } = this.#options
    await mkdir(dir, { recursive: true })
    this.#last = await continueChain(this.#options)
    const chain = await open(join(dir, copyFiles.chain), 'a')
    this.#files = { chain, personal: await open(join(dir, copyFiles.personal), 'a') }
    return this.#files
  }

  async #close(): Promise<void> {
    const files = this.#files
    this.#files = undefined
    await files?.chain.close().catch(() => undefined)
    await files?.personal.close().catch(() => undefined)
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
