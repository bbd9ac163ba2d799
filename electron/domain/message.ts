// What an agency is told of an incident, as text: the same words on the card, on the preview and read aloud on the phone.

import { plainText } from './search-text.ts'

export type MessageFacts = {
  readonly priority: string | null
  /** Code and label of the type, e.g. "LAKA-LL Kecelakaan lalu lintas". */
  readonly type: string | null
  /** "Desa, Kecamatan". */
  readonly village: string | null
  readonly rtRw: string | null
  readonly landmark: string | null
  readonly words: string | null
  readonly name: string | null
  readonly relation: string | null
  readonly callback: string | null
  readonly text: string | null
  /** Short words of the answers: "2 korban", "tidak sadar". */
  readonly told: readonly string[]
}

const said = (value: string | null): string => value?.trim() ?? ''

/** One line for where it is: village, RT/RW, landmark; empty when nothing is known yet. */
export function placeText(facts: Pick<MessageFacts, 'village' | 'rtRw' | 'landmark'>): string {
  const rtRw = said(facts.rtRw)
  const parts = [said(facts.village), rtRw === '' ? '' : `RT ${rtRw}`, said(facts.landmark)]
  return parts.filter((part) => part !== '').join(', ')
}

/** The caller in a few words: name, relation in brackets, number. */
function callerText(facts: MessageFacts): string {
  const relation = said(facts.relation)
  const name = said(facts.name)
  const who = relation === '' ? name : `${name === '' ? 'Pelapor' : name} (${relation})`
  return [who, said(facts.callback)].filter((part) => part !== '').join(' ')
}

/** The answers that the operator's own words do not say already. */
function toldText(told: readonly string[], words: string): string {
  const plain = ` ${plainText(words)} `
  return told.filter((one) => !plain.includes(` ${plainText(one)} `)).join(', ')
}

/** What stands on the card of an agency that holds several relays of one incident: under which other numbers. */
export function sameAsText(labels: readonly string[]): string {
  return labels.length === 0 ? '' : `sama dengan ${labels.join(', ')}`
}

/** The whole message in the order in which a crew needs it: how urgent and what, where, what was said, who to call back. */
export function messageText(facts: MessageFacts): string {
  const head = [said(facts.priority), said(facts.type)].filter((part) => part !== '').join(' ')
  const own = said(facts.text)
  const words = own === '' ? said(facts.words) : own
  const parts = [head, placeText(facts), words, toldText(facts.told, words), callerText(facts)]
  return parts.filter((part) => part !== '').join(' · ')
}
