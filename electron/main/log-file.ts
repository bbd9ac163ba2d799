// The one writer of the log file: JSON lines of all programs, bounded in size. It lets no personal data through by accident.
import { appendFile, mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

const maxBytes = 5_000_000
const keptFiles = 5
const maxLine = 2_000

export type LogSource = 'main' | 'core' | 'trial'
export type LogFile = {
  /** Queues one line; never throws and never waits. */
  readonly write: (source: LogSource, line: string) => void
  /** Resolves when everything queued so far is on disk (or given up: a full disk must not stop a call). */
  readonly flush: () => Promise<void>
}

/** A line of a program as it is stored: JSON objects as they are, anything else wrapped, telephone-like numbers masked. */
export function storedLine(source: LogSource, line: string, at: number): string {
  const whole = line.length <= maxLine ? parsedObject(line) : undefined
  const entry = whole ?? { level: 'raw', text: line.slice(0, maxLine) }
  const masking = (_key: string, value: unknown): unknown => (typeof value === 'string' ? masked(value) : value)
  return `${JSON.stringify({ at: new Date(at).toISOString(), source, ...entry }, masking)}\n`
}

/** Hides runs of digits that could be a telephone number: at least 8 digits, not inside an id, a time or a decimal. */
function masked(text: string): string {
  return text.replace(/(?<![\w.-])\+?\d{8,15}(?![\w-])/g, '#')
}

function parsedObject(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch {
    return undefined
  }
}

/** Opens the log at `file`; older parts are kept beside it as .1 to .5. */
export function openLogFile(file: string, now: () => number): LogFile {
  let queued = ''
  let work: Promise<void> = mkdir(dirname(file), { recursive: true }).then(
    () => undefined,
    () => undefined,
  )
  const drain = async (): Promise<void> => {
    const text = queued
    queued = ''
    if (text === '') return
    try {
      await rotateWhenFull(file)
      await appendFile(file, text)
    } catch {
      // Nowhere to write to. The programs go on: their data is not in the log.
    }
  }
  const flush = (): Promise<void> => (work = work.then(drain))
  return {
    write: (source, line) => {
      if (line.trim() === '') return
      const isFirst = queued === ''
      queued += storedLine(source, line, now())
      if (isFirst) void flush()
    },
    flush,
  }
}

async function rotateWhenFull(file: string): Promise<void> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  )
  if (size < maxBytes) return
  await rm(`${file}.${keptFiles}`, { force: true })
  for (let n = keptFiles - 1; n >= 0; n -= 1) {
    await rename(n === 0 ? file : `${file}.${n}`, `${file}.${n + 1}`).catch(() => undefined)
  }
}
