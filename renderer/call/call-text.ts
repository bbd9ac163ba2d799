// How a call is described in words. Reads rows only.
import type { z } from 'zod'
import type { callRow } from '#contract/rows.ts'
import { shownNumber } from '#domain/number.ts'
import type { Translate } from '../text/text.ts'

export type CallRow = z.infer<typeof callRow>

/** The number as people read it, or that there is none. */
export function numberText(
  call: { readonly number: string | null; readonly isUnknown?: boolean },
  t: Translate,
): string {
  if (call.isUnknown === true) return t('call.unknown')
  return call.number === null ? t('call.noNumber') : shownNumber(call.number)
}

/** What is said under a ringing number: that its notice is unreadable, else the history. */
export function aboutText(call: CallRow, t: Translate): string {
  const about = call.isUnknown ? t('call.unreadable') : historyText(call, t)
  const { released } = call
  if (released === null || call.state === 'ended') return about
  return `${t('call.releasedBy', { name: released.by, reason: released.reason ?? '–' })} · ${about}`
}

/** "3 panggilan · 2 iseng · kejadian B017 terbuka", that the number is new, or that there is none to know anything of. */
export function historyText({ number, history }: Pick<CallRow, 'number' | 'history'>, t: Translate): string {
  const { calls, junk, incidents, open } = history
  if (number === null) return t('call.withheld')
  if (calls === 0 && incidents === 0) return t('call.noHistory')
  const parts = [t('call.calls', { n: calls })]
  if (junk > 0) parts.push(t('call.junk', { n: junk }))
  if (open.length > 0)
    parts.push(t('call.openIncidents', { labels: open.map(({ label }) => shortLabel(label)).join(', ') }))
  else if (incidents > 0) parts.push(t('call.incidents', { n: incidents }))
  return parts.join(' · ')
}

/** "B017" of "241126-B017": the day is clear while a call rings. */
export function shortLabel(label: string): string {
  return label.slice(label.indexOf('-') + 1)
}

/** How sure the number is; nothing to say when the network vouches for it. */
export function trustText(call: Pick<CallRow, 'numberTrust'>, t: Translate): string | null {
  return call.numberTrust === 'from' ? t('call.unsureNumber') : null
}
