// Relay cards: what an agency reads, signed by the desk that made it. It must not know how a card travels.
import { canonical, isHash, isInteger, isObject, parseCanonical } from './bytes.ts'
import { cardId } from './hash.ts'
import { signText, verifyText } from './key.ts'
import type { LogKey } from './key.ts'

export type CardState = 'made' | 'changed' | 'cancelled'
export type CardPlace = { readonly text: string; readonly lat?: number; readonly lon?: number }
/** A card (wire format 1, section 4). Coordinates are 1e-7 degree, `at` and `since` UTC ms, `over` ids of the cards it replaces. */
export type Card = {
  readonly relay: string
  readonly incident: string
  readonly label: string
  readonly at: number
  readonly over: readonly string[]
  readonly state: CardState
  readonly priority: string
  readonly type: string
  readonly place: readonly CardPlace[]
  readonly callback: string | null
  readonly text: string
  readonly since: number
}
/** A card as it is kept and passed on: its own text, its id and the maker's signature. */
export type SignedCard = { readonly card: string; readonly id: string; readonly sig: string }

const states: readonly unknown[] = ['made', 'changed', 'cancelled']

function cardText(site: string, agency: string, origin: string, card: string): string {
  return `m112/1/card\n${site}\n${agency}\n${origin}\n${card}`
}

/** Writes and signs a card for one agency. */
export function makeCard(site: string, key: LogKey, agency: string, card: Card): SignedCard {
  const text = canonical(card)
  return { card: text, id: cardId(text), sig: signText(key, cardText(site, agency, key.origin, text)) }
}

/** True when the maker's key signed this card for this agency. */
export function verifyCard(
  facts: { readonly site: string; readonly agency: string; readonly origin: string; readonly key: string },
  card: string,
  sig: unknown,
): boolean {
  return verifyText(facts.key, cardText(facts.site, facts.agency, facts.origin, card), sig)
}

/** A card out of its text, or undefined: it must be canonical and have every key. */
export function readCard(text: string): Card | undefined {
  const card = parseCanonical(text)
  if (!isObject(card)) return undefined
  const { relay, incident, label, priority, type, callback } = card
  const texts = [relay, incident, label, priority, type, card.text]
  if (!texts.every((value) => typeof value === 'string')) return undefined
  if (callback !== null && typeof callback !== 'string') return undefined
  if (!isInteger(card.at) || !isInteger(card.since) || !states.includes(card.state)) return undefined
  if (!Array.isArray(card.over) || !card.over.every(isHash)) return undefined
  if (!Array.isArray(card.place) || !card.place.every(isPlace)) return undefined
  return card as unknown as Card
}

function isPlace(value: unknown): boolean {
  if (!isObject(value) || typeof value.text !== 'string') return false
  return [value.lat, value.lon].every((part) => part === undefined || isInteger(part))
}
