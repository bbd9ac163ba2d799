// Facts about this desk that an operator or admin must see: disk, clock, counters and notices. It repairs nothing.
import { performance } from 'node:perf_hooks'
import type { QueryOutput } from '#contract/queries.ts'
import { fault, type Fault } from '#domain/fault.ts'
import { newId } from '#domain/id.ts'
import type { Clock } from '#domain/time.ts'
import { databaseFailure } from '#db/open.ts'

type View = QueryOutput<'health'>
type Notice = View['notices'][number]

/** Clock and monotonic time drift apart by more than this only when somebody or something set the clock (ms). */
const jumpMs = 5_000
const watchMs = 1_000
const mostNotices = 20

/** The refusal that a database error means for the person; null for a bug, which ends core. */
export function databaseFault(error: unknown): Fault | null {
  switch (databaseFailure(error)) {
    case 'disk_full':
      return fault('disk_full')
    case 'read_only':
      return fault('read_only')
    case 'busy':
    case 'io':
      return fault('database_failed', { detail: databaseFailure(error) })
    default:
      return null
  }
}

export class Health {
  readonly #clock: Clock
  readonly #changed: () => void
  readonly #counters = new Map<string, number>()
  #notices: Notice[] = []
  #disk: View['disk'] = 'ok'
  #jumpMs: number | null = null
  #secondCopy: View['secondCopy'] = 'off'
  #renewalPercent: number | null = null
  #fullCheck: View['fullCheck'] = null
  #timer: NodeJS.Timeout | null = null

  constructor(clock: Clock, changed: () => void) {
    this.#clock = clock
    this.#changed = changed
  }

  /** Watches the clock: a jump is told, because times on the record come from it. */
  start(): void {
    let expected = this.#clock.now() - performance.now()
    this.#timer = setInterval(() => {
      const now = this.#clock.now() - performance.now()
      const jump = Math.round(now - expected)
      expected = now
      if (Math.abs(jump) < jumpMs) return
      this.#jumpMs = jump
      this.notice('clock-jump', { seconds: String(Math.round(jump / 1000)) })
    }, watchMs)
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
  }

  /** The outcome of the last write: null went well, a Fault says what the disk refused. */
  wrote(refused: Fault | null): void {
    const disk = refused === null ? 'ok' : diskOf(refused)
    if (disk === this.#disk) return
    this.#disk = disk
    this.#changed()
  }

  /** Runs a step on the database. False when the disk refused it, which is told; any other error is a bug and thrown. */
  tried(work: () => void): boolean {
    try {
      work()
      this.wrote(null)
      return true
    } catch (error) {
      const refused = databaseFault(error)
      if (refused === null) throw error
      this.wrote(refused)
      return false
    }
  }

  setSecondCopy(state: View['secondCopy']): void {
    if (state === this.#secondCopy) return
    this.#secondCopy = state
    this.#changed()
  }

  /** How far old records have been made again, in percent; null when there is nothing to do. */
  setRenewal(percent: number | null): void {
    if (percent === this.#renewalPercent) return
    this.#renewalPercent = percent
    this.#changed()
  }

  setFullCheck(last: View['fullCheck']): void {
    this.#fullCheck = last
    this.#changed()
  }

  /** Counts what was refused or ignored; no personal data in the name. */
  count(name: string): void {
    this.#counters.set(name, (this.#counters.get(name) ?? 0) + 1)
    this.#changed()
  }

  /** Shows a notice until a person takes it away. `kind` names its words, `values` fill them. */
  notice(kind: string, values: Readonly<Record<string, string>> = {}, at: number = this.#clock.now()): void {
    const notice = { notice: newId(), kind, at, values: { ...values } }
    this.#notices = [...this.#notices.filter((old) => old.kind !== kind), notice].slice(-mostNotices)
    this.#changed()
  }

  /** Takes a notice off the screens and gives its kind, null when there is none. */
  dismiss(notice: string): string | null {
    const kind = this.#notices.find((one) => one.notice === notice)?.kind ?? null
    this.#notices = this.#notices.filter((one) => one.notice !== notice)
    this.#changed()
    return kind
  }

  view(clockOffsetMs: number | null): View {
    return {
      disk: this.#disk,
      clockOffsetMs,
      clockJumpMs: this.#jumpMs,
      secondCopy: this.#secondCopy,
      renewalPercent: this.#renewalPercent,
      fullCheck: this.#fullCheck,
      counters: Object.fromEntries(this.#counters),
      notices: this.#notices,
    }
  }
}

function diskOf(refused: Fault): View['disk'] {
  if (refused.fault === 'disk_full') return 'full'
  return refused.fault === 'read_only' ? 'read-only' : 'failed'
}
