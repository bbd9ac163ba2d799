// A simulated telephone exchange: a bridge like a real one (wire format 1, section 5), with invented callers.
import { callIdOf } from '#domain/id.ts'
import type { Clock } from '#domain/time.ts'
import { BridgeLink, type BridgeCommand } from './bridge-link.ts'
import * as rules from './exchange-call.ts'
import type { ExchangeCall, Outcome } from './exchange-call.ts'
import { scenarios, type Caller } from './scenario.ts'

export type TrialExchangeOptions = {
  readonly site: string
  readonly bridge: string
  /** Address of the exchange side's broker. */
  readonly broker: string
  /** Where that broker asks for one. */
  readonly password?: string
  /** The desks at which a call rings. */
  readonly members: readonly string[]
  readonly clock: Clock
  /** False = the bridge only tells; the desk phones are lifted by hand and a desk can but claim a call. */
  readonly canSteer: boolean
  /** 1 = as in life, 0.1 = ten times as fast. */
  readonly pace?: number
  /** How long an ended call stays told (ms). */
  readonly clearedAfterMs?: number
}

export type TrialExchange = {
  /** Lets the callers of a scenario ring, the next one of the list without a name. Gives the call of the first. */
  readonly ring: (scenario: string | null) => string
  /** The caller hangs up: of a call by the exchange's own id or by the desks' id. Nothing happens when there is none. */
  readonly hangUpCaller: (call: string) => void
  /** Somebody lifts a desk phone to take a call, or puts it back: for the variant that cannot be steered. */
  readonly lift: (member: string, call: string) => void
  readonly putDown: (member: string, call: string) => void
  readonly stop: () => Promise<void>
}

/** Open calls are told again so often, so that no desk takes a long call for an old one (ms). */
const toldAgainMs = 4 * 60_000
const patienceMs = 120_000
const ringBackMs = 2_000
/** Calls beyond these wait in the queue. */
const mostOffered = 3

/** Starts the exchange; resolves once its bridge is online and what an earlier run left is being cleared. */
export async function startTrialExchange(options: TrialExchangeOptions): Promise<TrialExchange> {
  const exchange = new Exchange(options)
  await exchange.start()
  return {
    ring: (scenario) => exchange.ring(scenario),
    hangUpCaller: (call) => exchange.change(exchange.nameOf(call), (known, now) => rules.callerHangsUp(known, now)),
    lift: (member, call) => exchange.change(call, (known, now) => rules.answer(known, member, now)),
    putDown: (member, call) => exchange.change(call, (known, now) => rules.hangUp(known, member, now)),
    stop: () => exchange.stop(),
  }
}

class Exchange {
  readonly #options: TrialExchangeOptions
  readonly #link: BridgeLink
  readonly #calls = new Map<string, ExchangeCall>()
  readonly #callers = new Map<string, Caller>()
  readonly #timers = new Set<NodeJS.Timeout>()
  readonly #inc: number
  #seq = 0
  #rung = 0
  #next = 0

  constructor(options: TrialExchangeOptions) {
    this.#options = options
    this.#inc = options.clock.now()
    this.#link = new BridgeLink({
      ...options,
      offlineStatus: this.#status(false),
      isOurs: (call) => this.#calls.has(call),
      onConnected: () => this.#tellAll(),
      onCommand: (member, command) => (options.canSteer ? this.#obey(member, command) : 'unsupported'),
    })
  }

  start(): Promise<void> {
    this.#timers.add(setInterval(() => this.#tellAll(), toldAgainMs))
    return this.#link.start()
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
    for (const call of this.#calls.keys()) this.#link.tellCall(call, '')
    await this.#link.stop()
  }

  ring(name: string | null): string {
    const scenario = scenarios.find((known) => known.name === name) ?? scenarios[this.#next % scenarios.length]
    if (scenario === undefined) throw new Error('there are no scenarios')
    if (scenario.name !== name) this.#next += 1
    const [first, ...others] = scenario.callers
    for (const caller of others) this.#later(caller.afterMs ?? 0, () => this.#ringCaller(caller))
    return this.#ringCaller(first)
  }

  /** The exchange's own id of a call that may be given by the id of the desks. */
  nameOf(call: string): string {
    const { site, bridge } = this.#options
    return [...this.#calls.keys()].find((own) => callIdOf(site, bridge, own) === call) ?? call
  }

  /** Applies a rule to a call and tells the outcome. Returns why it was refused, else null. */
  change(call: string, rule: (known: ExchangeCall, now: number) => Outcome): string | null {
    const known = this.#calls.get(call)
    if (known === undefined) return 'no-such-call'
    const outcome = rule(known, this.#options.clock.now())
    if (rules.isRefused(outcome)) return outcome.refused
    if (outcome !== known) this.#keep(outcome)
    return null
  }

  #ringCaller(caller: Caller): string {
    const { number, name, location, dialled = '112' } = caller
    const known = { ...(name === undefined ? {} : { name }), ...(location === undefined ? {} : { location }) }
    const call = this.#newCall({ number, ...known, dialled, direction: 'in', state: 'queued', offeredTo: [] })
    this.#callers.set(call.call, caller)
    this.#keep(call)
    this.#later(caller.patienceMs ?? patienceMs, () => {
      this.change(call.call, (waits, now) => (rules.isWaiting(waits) ? rules.callerHangsUp(waits, now) : waits))
    })
    return call.call
  }

  #newCall(more: Omit<ExchangeCall, 'call' | 'line' | 'offeredAt' | 'muted'>): ExchangeCall {
    this.#rung += 1
    const call = `${this.#inc}.${String(this.#rung).padStart(3, '0')}`
    const line = `${more.dialled}-${1 + (this.#rung % 4)}`
    return { call, line, offeredAt: this.#options.clock.now(), muted: false, ...more }
  }

  /** Keeps the new state of a call, tells it, and lets the next one in the queue ring. */
  #keep(call: ExchangeCall): void {
    const before = this.#calls.get(call.call)
    this.#calls.set(call.call, call)
    this.#tell(call)
    const talkMs = this.#callers.get(call.call)?.talkMs
    if (talkMs !== undefined && call.answeredAt !== undefined && before?.answeredAt === undefined) {
      this.#later(talkMs, () => this.change(call.call, (talks, now) => rules.callerHangsUp(talks, now)))
    }
    if (call.state === 'ended' && before?.state !== 'ended') {
      this.#later(this.#options.clearedAfterMs ?? 60_000, () => this.#clear(call.call), 1)
    }
    this.#offerNext()
    this.#link.tellStatus(this.#status(true))
  }

  #offerNext(): void {
    const waiting = [...this.#calls.values()].filter(rules.isWaiting)
    const offered = waiting.filter(({ state }) => state === 'offered').length
    const next = waiting.filter(({ state }) => state === 'queued').slice(0, Math.max(0, mostOffered - offered))
    for (const call of next) {
      const ringing: ExchangeCall = { ...call, state: 'offered', offeredTo: this.#options.members }
      this.#calls.set(call.call, ringing)
      this.#tell(ringing)
    }
  }

  #clear(call: string): void {
    this.#calls.delete(call)
    this.#callers.delete(call)
    this.#link.tellCall(call, '')
  }

  #tellAll(): void {
    this.#link.tellStatus(this.#status(true))
    for (const call of this.#calls.values()) this.#tell(call)
  }

  #tell(call: ExchangeCall): void {
    this.#seq += 1
    const at = this.#options.clock.now()
    const numberTrust = call.number === null ? 'withheld' : 'asserted'
    const location = call.location === undefined ? {} : { location: { ...call.location, source: 'aml', at } }
    const document = { ...call, linkedId: call.call, inc: this.#inc, seq: this.#seq, at, numberTrust, ...location }
    this.#link.tellCall(call.call, JSON.stringify(document))
  }

  #status(online: boolean): string {
    const waiting = [...this.#calls.values()].filter(rules.isWaiting)
    const longestSince = waiting.length === 0 ? null : Math.min(...waiting.map(({ offeredAt }) => offeredAt))
    const capabilities = this.#options.canSteer
      ? ['answer', 'hangup', 'mute', 'hold', 'transfer', 'dial', 'queue']
      : ['queue']
    return JSON.stringify({ online, inc: this.#inc, capabilities, queue: { waiting: waiting.length, longestSince } })
  }

  #obey(member: string, { op, call = '', number = '', to = '' }: BridgeCommand): string | null {
    switch (op) {
      case 'answer':
        if (this.#isTalking(member, call)) return 'busy'
        return this.change(call, (known, now) => rules.answer(known, member, now))
      case 'hangup':
        return this.change(call, (known, now) => rules.hangUp(known, member, now))
      case 'hold':
      case 'resume':
        return this.change(call, (known) => rules.hold(known, member, op === 'hold'))
      case 'mute':
      case 'unmute':
        return this.change(call, (known) => rules.mute(known, member, op === 'mute'))
      case 'dial':
        return this.#dial(member, number)
      case 'transfer':
        return this.change(call, (known, now) => rules.transfer(known, member, { to, now }))
    }
  }

  #isTalking(member: string, except: string): boolean {
    return [...this.#calls.values()].some(
      ({ call, state, answeredBy }) => state === 'connected' && answeredBy === member && call !== except,
    )
  }

  #dial(member: string, number: string): string | null {
    if (!rules.isNumber(number)) return 'bad-number'
    if (this.#isTalking(member, '')) return 'busy'
    const state = 'connecting'
    const ours = { direction: 'out' as const, offeredTo: [member], answeredBy: member }
    const call = this.#newCall({ number, dialled: number, state, ...ours })
    this.#keep(call)
    this.#later(ringBackMs, () => {
      this.change(call.call, (rings, now) =>
        rings.state === state ? { ...rings, state: 'connected', answeredAt: now } : rings,
      )
    })
    return null
  }

  /** Runs later, at the pace of the trial unless told otherwise. */
  #later(ms: number, work: () => void, pace = this.#options.pace ?? 1): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      work()
    }, ms * pace)
    this.#timers.add(timer)
  }
}
