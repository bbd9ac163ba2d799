// What the window looks at: the screen, the incident in hand, the open tab. Ids only, never data.
import { sources, type Source } from '#domain/call.ts'
import { callId, incidentId, type CallId, type IncidentId, type ReportId } from '#domain/id.ts'
import { z } from 'zod'
import { newHand, type Hand } from '../incident/in-hand.tsx'
import type { ScreenId } from './screens.ts'

export type View = {
  readonly screen: ScreenId
  readonly hand: Hand
  /** The call that the form was last shown for; another one changes the form, this one never again. */
  readonly call: CallId | null
  readonly tab: 'agencies' | 'map' | 'missed'
}
type SeenCall = {
  readonly call: CallId
  readonly direction: 'in' | 'out'
  readonly dialled: string
  readonly incident: { readonly incident: IncidentId } | null
}
export type Step =
  | { readonly do: 'call'; readonly call: SeenCall | null }
  | { readonly do: 'open'; readonly incident: IncidentId }
  | { readonly do: 'new'; readonly source: Source }
  | { readonly do: 'opened'; readonly incident: IncidentId }
  | { readonly do: 'report'; readonly report: ReportId }
  | { readonly do: 'screen'; readonly screen: ScreenId }
  | { readonly do: 'tab'; readonly tab: View['tab'] }

/** A call to 110 or 119 that arrives here is a report of that number; everything else came over 112. */
export function sourceOf(dialled: string): Source {
  return sources.find((source) => source === dialled) ?? '112'
}

/** The next view. An incident in hand leaves it only by the operator's act: answering, opening, starting anew. */
export function nextView(view: View, step: Step): View {
  switch (step.do) {
    case 'call':
      return afterCall(view, step.call)
    case 'open':
      return {
        ...view,
        screen: 'calls',
        hand: { ...newHand(view.call, '112'), incident: step.incident, report: null, isNew: false },
      }
    case 'new':
      return { ...view, screen: 'calls', hand: newHand(null, step.source) }
    case 'opened':
      return view.hand.incident === step.incident ? { ...view, hand: { ...view.hand, isNew: false } } : view
    case 'report':
      return { ...view, hand: { ...view.hand, report: step.report } }
    case 'screen':
      return { ...view, screen: step.screen }
    case 'tab':
      return { ...view, tab: step.tab }
  }
}

function afterCall(view: View, call: SeenCall | null): View {
  if (call === null) {
    // A form that nobody typed in must not be filled in later for a call that is over.
    return view.hand.isNew && view.hand.call !== null ? { ...view, hand: newHand(null, 'walk-in') } : view
  }
  if (call.call === view.call) return view
  // A call that goes out is mostly to an agency: the incident stays in hand.
  if (call.direction === 'out' && !view.hand.isNew) return { ...view, call: call.call }
  const fresh = newHand(call.call, sourceOf(call.dialled))
  const hand =
    call.incident === null ? fresh : { ...fresh, incident: call.incident.incident, report: null, isNew: false }
  return { ...view, screen: 'calls', call: call.call, hand }
}

const kept = z.object({ incident: incidentId.nullable(), call: callId.nullable() })

/** What survives a reload of the page: which incident and which call were in hand. */
export function keptView(view: View): string {
  return JSON.stringify({ incident: view.hand.isNew ? null : view.hand.incident, call: view.call })
}

/** The first view of a window; `text` is what `keptView` wrote, or null. */
export function firstView(text: string | null): View {
  const fresh: View = { screen: 'calls', hand: newHand(null, 'walk-in'), call: null, tab: 'agencies' }
  try {
    const { incident, call } = kept.parse(JSON.parse(text ?? 'null'))
    const hand = incident === null ? fresh.hand : { ...newHand(call, '112'), incident, report: null, isNew: false }
    // With nothing in hand the call in progress shall bring its form up again.
    return { ...fresh, hand, call: incident === null ? null : call }
  } catch {
    return fresh
  }
}
