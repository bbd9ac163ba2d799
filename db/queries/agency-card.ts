// Reads a relay as the desk of its agency knows it: cards that came by word, and the steps recorded there.
import type { IncidentId, RelayId } from '#domain/id.ts'
import { presentStep, recordedSteps, type RelayStep } from '#domain/relay.ts'
import { readCard, type Card } from '#log/card.ts'
import { prepared } from '../open.ts'
import type { Db } from '../open.ts'

export type AgencyRelay = {
  readonly relay: RelayId
  /** Null when the text of every card is erased. */
  readonly incident: IncidentId | null
  readonly agency: string
  readonly step: RelayStep
  /** The newest card; while a cancelled one is a head the relay is cancelled. Null when it is erased: "dihapus sesuai aturan simpan". */
  readonly card: Card | null
}

/** A relay that was sent to this agency desk, or null. */
export function agencyRelay(db: Db, relay: RelayId): AgencyRelay | null {
  const heads = prepared<{ text: string | null; agency: string; state: Card['state'] }>(
    db,
    'SELECT text, agency, state FROM card WHERE relay = ? AND is_head = 1 AND op IS NULL',
  ).all(relay)
  const [first] = heads
  if (first === undefined) return null
  const cards = heads.flatMap(({ text }) => (text === null ? [] : (readCard(text) ?? []))).sort((a, b) => b.at - a.at)
  const events = prepared<{ kind: string }>(db, 'SELECT kind FROM relay_event WHERE relay = ?').all(relay)
  const steps = recordedSteps.filter((step) => events.some(({ kind }) => kind === step))
  const isCancelled = heads.some(({ state }) => state === 'cancelled')
  const card = cards[0] ?? null
  return {
    relay,
    incident: (card?.incident as IncidentId | undefined) ?? null,
    agency: first.agency,
    step: isCancelled ? 'cancelled' : presentStep(steps),
    card,
  }
}
