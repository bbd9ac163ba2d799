// The calls of one exchange as its documents tell them: newest document of each, in order of (inc, seq). No network.
import type { SourceCall } from '#contract/call-source.ts'
import { readCallDocument, type Order } from './call-document.ts'

/** A document older than this is ignored (wire format 1, section 5), and one as far in the future is not believed. */
export const staleMs = 10 * 60_000
/** Unknown calls that are kept at a time; what comes beyond is only counted, so that rubbish cannot fill the screen. */
const mostUnknown = 20
const mostCalls = 5_000

type Entry = { readonly call: SourceCall; readonly order: Order | null; readonly heardAt: number }

export type Verdict =
  | { readonly kind: 'changed'; readonly call: SourceCall }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'refused'; readonly reason: 'malformed' | 'stale' | 'too-many' }

export type BookFacts = {
  readonly site: string
  readonly bridge: string
  /** Corrected UTC ms. */
  readonly now: () => number
  /** Milliseconds that only ever run forward, whatever happens to the clock. */
  readonly steady: () => number
}

export class CallBook {
  readonly #facts: BookFacts
  /** By the bridge's call id. */
  readonly #entries = new Map<string, Entry>()
  /** The newest time the exchange has told us, and when that was by the steady clock. */
  #exchangeTime: { readonly at: number; readonly steady: number } | null = null

  constructor(facts: BookFacts) {
    this.#facts = facts
  }

  /** The calls that the exchange knows, ended ones until it clears them. */
  calls(): readonly SourceCall[] {
    return [...this.#entries.values()].map(({ call }) => call)
  }

  /** Takes in one parsed document, told under `topicCall`. Never throws. */
  take(topicCall: string, plain: unknown): Verdict {
    const { site, bridge, now, steady } = this.#facts
    const read = readCallDocument(plain, { site, bridge, now: now() })
    if (read.kind === 'malformed') return { kind: 'refused', reason: 'malformed' }
    if (read.kind === 'unknown') return this.#takeUnknown(topicCall, read.call)
    const known = this.#entries.get(topicCall)
    if (known?.order && !isNewer(read.order, known.order)) {
      // Told again, as after a reconnection: nothing new, but the exchange still knows the call.
      this.#entries.set(topicCall, { ...known, heardAt: steady() })
      return { kind: 'ignored' }
    }
    const age = this.#age(read.at)
    if (age > staleMs) return { kind: 'refused', reason: 'stale' }
    if (age < -staleMs || read.call.bridgeCall !== topicCall) return this.#takeUnknown(topicCall, read.call)
    if (known === undefined && this.#entries.size >= mostCalls) return { kind: 'refused', reason: 'too-many' }
    this.#entries.set(topicCall, { call: read.call, order: read.order, heardAt: steady() })
    if (age < 0 || this.#exchangeTime === null) this.#exchangeTime = { at: read.at, steady: steady() }
    return { kind: 'changed', call: read.call }
  }

  /** The exchange no longer knows a call. True when it was still open, so that its end was never told. */
  forget(topicCall: string): boolean {
    const entry = this.#entries.get(topicCall)
    this.#entries.delete(topicCall)
    return entry !== undefined && entry.call.endedAt === null
  }

  /** Forgets every call that was not heard of since `since` (steady clock): after a reconnection it is over. */
  forgetSilent(since: number): void {
    for (const [id, { heardAt }] of this.#entries) if (heardAt < since) this.#entries.delete(id)
  }

  #takeUnknown(topicCall: string, call: SourceCall): Verdict {
    const known = this.#entries.get(topicCall)
    // What we understood of a call stays; a broken document must not take it away.
    if (known !== undefined && !known.call.isUnknown) return { kind: 'refused', reason: 'malformed' }
    const unknown = [...this.#entries.values()].filter((entry) => entry.call.isUnknown).length
    if (known === undefined && unknown >= mostUnknown) return { kind: 'refused', reason: 'too-many' }
    // Times we do not believe are those of the desk instead.
    const now = this.#facts.now()
    const offeredAt = known?.call.offeredAt ?? now
    const endedAt = call.endedAt === null ? null : now
    const isTalking = call.state !== 'queued' && call.state !== 'offered' && call.state !== 'ended'
    const answeredAt = known?.call.answeredAt ?? (isTalking ? now : null)
    const shown = { ...call, bridgeCall: topicCall, isUnknown: true, offeredAt, answeredAt, endedAt }
    this.#entries.set(topicCall, { call: shown, order: null, heardAt: this.#facts.steady() })
    return { kind: 'changed', call: shown }
  }

  /**
   * Age of a document (ms, negative = from the future) by the desk's clock or by the exchange's own, whichever makes
   * it younger: a desk clock that jumped must not hide a ring.
   */
  #age(at: number): number {
    const byDesk = this.#facts.now() - at
    if (this.#exchangeTime === null) return byDesk
    const byExchange = this.#exchangeTime.at + (this.#facts.steady() - this.#exchangeTime.steady) - at
    return Math.abs(byExchange) < Math.abs(byDesk) ? byExchange : byDesk
  }
}

function isNewer(a: Order, b: Order): boolean {
  return a.inc > b.inc || (a.inc === b.inc && a.seq > b.seq)
}
