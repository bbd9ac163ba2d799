// Relay cards out of an incident's present state: what an agency reads, signed by this desk.
import type { IncidentId, RelayId } from '#domain/id.ts'
import { shownNumber } from '#domain/number.ts'
import { villageLabel } from '#domain/place.ts'
import { placeLabel, placeMessage, recordedPlace } from '#domain/place-value.ts'
import { messageText, placeText, sameAsText } from '#domain/message.ts'
import { isFinished } from '#domain/relay.ts'
import type { NewOp } from '#domain/op.ts'
import type { CardPlace, CardState } from '#log/card.ts'
import { incidentFacts } from '#db/queries/incident-facts.ts'
import { rootOf } from '#db/queries/merged.ts'
import { incidentMessage, type IncidentMessage } from '#db/queries/incident-message.ts'
import { relaysOf, type RelayFacts } from '#db/queries/relay-facts.ts'
import type { Desk } from './desk.ts'
import { toldAnswers } from './protocol-rule.ts'

/** The name of a village or district code; null when this desk does not know it. */
function areaLabel({ villages, gazetteer }: Desk): (code: string) => string | null {
  return (code) => {
    const village = villages.get(code)
    if (village !== undefined) return villageLabel(village)
    const district = gazetteer.districts.find((one) => one.code === code)
    return district === undefined ? null : `Kecamatan ${district.name}`
  }
}

/** A recorded place as people read it: "Desa, Kecamatan" of a village code; words stay as they were typed. */
export function villageText(desk: Desk, village: string | null): string | null {
  return village === null ? null : placeLabel(village, areaLabel(desk))
}

/** The same for an agency: with its precision and the caller's own words. */
function placeForAgency(desk: Desk, village: string | null): string | null {
  return village === null ? null : placeMessage(village, areaLabel(desk))
}

/** What the agencies would be told now, as one line. */
export function incidentMessageText(desk: Desk, facts: IncidentMessage): string {
  const type = desk.reference.types.find((one) => one.code === facts.type)
  return messageText({
    ...facts,
    callback: facts.callback === null ? null : shownNumber(facts.callback),
    type: type === undefined ? facts.type : `${type.code} ${type.label.id}`,
    village: placeForAgency(desk, facts.village),
    told: toldAnswers(desk, facts.type, facts.answers),
  })
}

/** Every place anybody gave: a conflict that is not settled yet lists them all. */
function places(desk: Desk, facts: IncidentMessage): CardPlace[] {
  const given = facts.villages.length > 0 ? facts.villages : [null]
  const known = given.map((village): CardPlace => {
    const point = village === null ? null : recordedPlace(village).point
    return { text: placeText({ ...facts, village: placeForAgency(desk, village) }), ...point }
  })
  return known.filter(({ text }, at) => text !== '' && known.findIndex((other) => other.text === text) === at)
}

export type CardFacts = {
  readonly relay: RelayId
  readonly agency: string
  readonly channel: RelayFacts['channel']
  /** Ids of the cards this one replaces. */
  readonly over: readonly string[]
}

const kinds = { made: 'RelayMade', changed: 'RelayChanged', cancelled: 'RelayCancelled' } as const

/**
 * The numbers under which an agency holds the same incident besides this one: it must not send two crews. An agency that knows
 * only an absorbed incident learns the number of the root.
 */
function otherLabels(desk: Desk, incident: IncidentId, root: IncidentId, agency: string): string[] {
  const held = relaysOf(desk.db, root).filter((relay) => relay.agency === agency && !isCalledOff(relay.step))
  const others = new Set([root, ...held.map((relay) => relay.incident)])
  if (held.every((relay) => relay.incident === incident) && incident === root) return []
  others.delete(incident)
  return [...others].flatMap((one) => incidentFacts(desk.db, one)?.label ?? [])
}

function isCalledOff(step: RelayFacts['step']): boolean {
  return step === 'cancelled' || step === 'refused'
}

/** The op that records a relay with its signed card. A cancelled card says only why; `happenedAt` = from paper. */
export function relayOp(
  desk: Desk,
  incident: IncidentId,
  state: CardState,
  card: CardFacts,
  reason?: string,
  happenedAt?: number,
): NewOp | null {
  const facts = incidentMessage(desk.db, incident)
  if (facts === null) return null
  const isCancelled = state === 'cancelled'
  const own = incidentFacts(desk.db, incident)
  const sameAs = sameAsText(otherLabels(desk, incident, facts.incident, card.agency))
  const text = [incidentMessageText(desk, facts), sameAs].filter((part) => part !== '').join(' · ')
  const signed = desk.signCard(card.agency, {
    relay: card.relay,
    incident,
    label: own?.label ?? facts.label,
    at: desk.clock.now(),
    over: [...card.over],
    state,
    priority: facts.priority ?? 'P2',
    type: facts.type ?? 'LAIN',
    place: isCancelled ? [] : places(desk, facts),
    callback: isCancelled ? null : facts.callback,
    text: isCancelled ? (reason ?? '') : text,
    since: own?.openedAt ?? facts.openedAt,
  })
  return {
    kind: kinds[state],
    on: `relay:${card.relay}`,
    about: [`incident:${incident}`],
    body: {
      agency: card.agency,
      channel: card.channel,
      card: signed.id,
      ...(happenedAt === undefined ? {} : { happenedAt }),
    },
    personal: { card: signed.card, sig: signed.sig },
  }
}

/**
 * New cards for every agency that holds an older one by message and is not finished: they always read the newest state. Those of
 * merged incidents say the same.
 */
export function changedCards(desk: Desk, incident: IncidentId): NewOp[] {
  const open = relaysOf(desk.db, rootOf(desk.db, incident)).filter(
    (relay) => relay.channel === 'mqtt' && !isFinished(relay.step),
  )
  return open.flatMap((relay) => {
    const op = relayOp(desk, relay.incident, 'changed', { ...relay, over: relay.cards })
    return op === null ? [] : [op]
  })
}
