// The strip above every screen: call in hand, its class, what rings, the clock.
import { useEffect, useRef, type ReactNode } from 'react'
import type { CallClass } from '#domain/call.ts'
import type { CallId, IncidentId } from '#domain/id.ts'
import { ActiveCall } from '../call/active-call.tsx'
import type { CallBar } from '../call/call-bars.tsx'
import { CallClassPanel } from '../call/call-class.tsx'
import type { CallRow } from '../call/call-text.ts'
import { ClockCard } from '../call/clock-card.tsx'
import { Ringing } from '../call/ringing.tsx'
import { useInHand } from '../incident/in-hand.tsx'
import { useSay } from '../ui/messages.tsx'

type Props = {
  readonly active: CallRow | null
  readonly inHand: CallId | null
  /** The call whose class is wanted. */
  readonly toClass: CallRow | null
  readonly onNew: () => void
  readonly onOpenIncident: (incident: IncidentId) => void
  readonly onBar: (bar: CallBar) => void
}

/** An emergency class opens the incident, so that its number can be said at once. */
export function Strip({ active, toClass, inHand, onNew, onOpenIncident, onBar }: Props): ReactNode {
  const say = useSay()
  const { ensure, isNew } = useInHand()
  const onAnswer = useFocusAfterAnswer(inHand)
  const onClassed = (call: CallRow, chosen: CallClass): void => {
    if (call.incident !== null) return
    if (chosen === 'LANJUT') say({ tone: 'done', key: 'call.chooseIncident' })
    if ((chosen === 'DARURAT' || chosen === 'NONDARURAT') && isNew) void ensure()
  }
  return (
    <div className={`strip ${active === null ? 'no-call' : ''}`}>
      <ActiveCall onNew={onNew} onOpenIncident={onOpenIncident} onBar={onBar} />
      {toClass !== null && <CallClassPanel key={toClass.call} call={toClass} onClassed={onClassed} />}
      <Ringing onAnswer={onAnswer} onOpenIncident={onOpenIncident} />
      <ClockCard />
    </div>
  )
}

/** Who answers with F2 goes on in the form of that call, unless the hands are somewhere else by then. */
function useFocusAfterAnswer(inHand: CallId | null): (call: CallRow) => void {
  const answered = useRef<CallId | null>(null)
  useEffect(() => {
    if (answered.current === null || answered.current !== inHand) return
    answered.current = null
    const now = document.activeElement
    if (now === document.body || now?.closest('.form') !== null) {
      document.querySelector<HTMLElement>('.form .input')?.focus()
    }
  }, [inHand])
  return ({ call }) => {
    answered.current = call
  }
}
