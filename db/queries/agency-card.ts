// Reads a relay as the desk of its agency knows it: cards that came by word, and the steps recorded there.
import type { IncidentId, RelayId } from '#domain/id.ts'
import { presentStep, recordedSteps, type RelayStep } from '#domain/relay.ts'
import { readCard, type Card } from '#log/card.ts'
import { prepared } from '../open.ts'
import type { Db } from '../open.ts'

export type AgencyRelay = {
  readonly relay: RelayId
  readonly incident: IncidentId
  readonly agency: string
  readonly step: RelayStep
  /** The newest card; while a cancelled one is a head the relay is cancelled. */
  readonly card: Card
}

/** A relay that was sent to this agency desk, or null. */
export function agencyRelay(db: Db, relay: RelayId): AgencyRelay | null {
  const heads = prepared<{ text: string; agency: string }>(
    db,
    'SELECT text, agency FROM card WHERE relay = ? AND is_head = 1 AND text IS NOT NULL',
  ).all(relay)
  const cards = heads.flatMap(({ text }) => readCard(text) ?? []).sort((a, b) => b.at - a.at)
  const [newest] = cards
  if (newest === undefined) return null
  const events = prepared<{ kind: string }>(db, 'SELECT kind FROM relay_event WHERE relay = ?').all(relay)
  const steps = recordedSteps.filter((step) => events.some(({ kind }) => kind === step))
  const isCancelled = cards.some((card) => card.state === 'cancelled')
  return {
    relay,
    incident: newest.incident as IncidentId,
    agency: heads[0]?.agency ?? '',
    step: isCancelled ? 'cancelled' : presentStep(steps),
    card: newest,
  }
}
