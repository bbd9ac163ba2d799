// Sends relay cards until their agency says it has them, and receives them at an agency desk. An effect outside, so never from a hook.
import { isFault } from '#domain/fault.ts'
import { agencyOf } from '#log/member.ts'
import { originParts } from '#log/hash.ts'
import { appendOwn } from '#db/log/append.ts'
import { dueCards } from '#db/log/cards.ts'
import type { DueCard } from '#db/log/cards.ts'
import type { Log } from '#db/log/log.ts'
import { agenciesWithDesk } from '#db/log/standing.ts'
import { isThere, publishWord } from './session.ts'
import type { Session } from './session.ts'

const sliceCards = 64

export type CardSender = {
  /** Something may be due: a relay was made, an agency came or said what it has. `agency` may be sent everything again at once. */
  readonly wake: (agency?: string) => void
  readonly restart: () => void
  readonly stop: () => void
}

/** Sends every due card once, and again every `cardRetryMs` while its agency is there and does not hold it. */
export function startCards(session: Session, isConnected: (agency: string) => boolean): CardSender {
  const { reader, timing, topics, log, link, host } = session
  const lastSent = new Map<string, number>()
  let isScheduled = false

  const due = () =>
    dueCards(reader, {
      agencies: agenciesWithDesk(log),
      maker: session.role === 'centre' ? null : log.member,
      limit: sliceCards,
    })

  const pump = () => {
    if (session.role === 'agency' || link.state() !== 'up') return
    const now = host.now()
    for (const card of due()) {
      const sent = lastSent.get(card.id)
      const isDue = sent === undefined || (now - sent >= timing.cardRetryMs && isConnected(card.agency))
      if (!isDue || !isOurs(session, card)) continue
      lastSent.set(card.id, now)
      void send(card)
    }
  }

  const send = async (card: DueCard) => {
    const content = {
      card: card.card,
      sig: card.sig,
      origin: card.origin,
      ...(card.told === null ? {} : { told: card.told }),
      ...(card.again ? { again: true } : {}),
    }
    const topic = topics.card(card.agency, log.memory.key.origin)
    session.step('card-due')
    if (await publishWord(session, topic, content, false)) session.step('card-taken')
    else lastSent.delete(card.id)
  }

  const schedule = () => {
    if (isScheduled) return
    isScheduled = true
    host.soon(() => {
      isScheduled = false
      pump()
    })
  }
  const retry = host.every(timing.cardRetryMs, pump)
  return {
    wake: (agency) => {
      if (agency !== undefined) for (const card of due()) if (card.agency === agency) lastSent.delete(card.id)
      schedule()
    },
    restart: () => {
      lastSent.clear()
      schedule()
    },
    stop: retry.stop,
  }
}

/** A desk sends its own cards; the centre those of desks that are off, and those of keys that are gone. */
function isOurs(session: Session, card: DueCard): boolean {
  const { member } = originParts(card.origin)
  if (member === session.log.member) return true
  return session.role === 'centre' && !isThere(session, member)
}

/** An agency's program has a card: recorded once, so that the desk sees "sampai". Runs inside the receiving transaction. */
export function recordReceived(log: Log, card: { readonly id: string; readonly relay: string }): void {
  if (agencyOf(log.scope) === null) return
  const on = `relay:${card.relay}`
  const stored = appendOwn(log, [
    { kind: 'CardReceived', on, body: { card: card.id }, by: 'system', session: 'system' },
  ])
  if (isFault(stored)) throw new Error(`a receipt was refused: ${stored.fault}`)
  for (const op of stored) log.understanding.apply(log.db, op)
  log.understanding.derive(log.db)
}
