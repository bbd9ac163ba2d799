// A simulated agency desk: the real core run headless with the role `agency`, and an officer who answers like people do.
import { randomUUID } from 'node:crypto'
import { MessageChannel } from 'node:worker_threads'
import { commands } from '#contract/commands.ts'
import { connect, webPort } from '#contract/port.ts'
import { queries } from '#contract/queries.ts'
import type { CoreStart } from '#contract/shell.ts'
import { isFault } from '#domain/fault.ts'
import type { RelayId, SessionId } from '#domain/id.ts'
import type { RecordedStep } from '#domain/relay.ts'
import type { Clock } from '#domain/time.ts'
import { startCore, type Core } from '../core/start.ts'

export type SimulatedAgency = {
  readonly code: string
  readonly member: string
  readonly answers: () => boolean
  readonly setAnswers: (answers: boolean) => void
  readonly stop: () => Promise<void>
}

/** What the officer does after a card arrived, and when (ms at normal pace). */
const script: readonly { readonly step: RecordedStep; readonly afterMs: number }[] = [
  { step: 'acknowledged', afterMs: 4_000 },
  { step: 'underWay', afterMs: 12_000 },
  { step: 'onScene', afterMs: 40_000 },
  { step: 'done', afterMs: 120_000 },
]

type Options = {
  readonly start: CoreStart
  readonly code: string
  readonly member: string
  readonly clock: Clock
  readonly pace: number
  readonly onFatal: (error: unknown) => void
}

/** Starts the desk of one agency; it answers by itself until told to be silent. */
export async function startSimulatedAgency(options: Options): Promise<SimulatedAgency> {
  const { start, code, member, clock, onFatal } = options
  const officer = new Officer(options)
  const core = await startCore(start, {
    clock,
    onFatal,
    agency: { member, code, onCard: (card) => card.isNew && officer.begin(card.relay as RelayId) },
  })
  await officer.signIn(core)
  return {
    code,
    member,
    answers: () => officer.answers,
    setAnswers: (answers) => officer.setAnswers(answers),
    stop: async () => {
      officer.stop()
      await core.stop()
    },
  }
}

class Officer {
  readonly #pace: number
  readonly #waiting = new Set<RelayId>()
  readonly #timers = new Set<NodeJS.Timeout>()
  #step: (relay: RelayId, step: RecordedStep) => void = () => undefined
  answers = true

  constructor({ pace }: Options) {
    this.#pace = pace
  }

  /** Sits down at the desk with code and PIN, over the same port as a screen would. */
  async signIn(core: Core): Promise<void> {
    const channel = new MessageChannel()
    core.servePage(webPort(channel.port1 as never))
    const client = connect(webPort(channel.port2 as never), commands, queries)
    const reply = await client.call(
      'signIn',
      { operator: 'petugas', pin: '112112' },
      { command: randomUUID(), session: null },
    )
    if (isFault(reply)) throw new Error(`the officer could not sign in: ${reply.fault}`)
    const session: SessionId = reply.session
    this.#step = (relay, step) => {
      const input = { relay, step, person: null, reason: null, readBack: false }
      // A refusal is no error: the relay was cancelled or somebody else stepped it.
      void client.call('stepRelay', input, { command: randomUUID(), session })
    }
  }

  begin(relay: RelayId): void {
    if (!this.answers) {
      this.#waiting.add(relay)
      return
    }
    for (const { step, afterMs } of script) {
      const timer = setTimeout(() => {
        this.#timers.delete(timer)
        this.#step(relay, step)
      }, afterMs * this.#pace)
      this.#timers.add(timer)
    }
  }

  /** A silent officer takes up what waits when he answers again. */
  setAnswers(answers: boolean): void {
    this.answers = answers
    if (!answers) return
    const waiting = [...this.#waiting]
    this.#waiting.clear()
    for (const relay of waiting) this.begin(relay)
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
  }
}
