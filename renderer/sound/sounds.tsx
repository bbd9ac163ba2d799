// Lets what is on the screen be heard, wherever on it: a ringing call and the alarms that sound at this desk.
import { createContext, use, useEffect, useSyncExternalStore, type ReactNode } from 'react'
import { useLive } from '../link/use-live.ts'
import type { Ringer, RingerState } from './ringer.ts'

const RingerContext = createContext<Ringer | null>(null)
export const RingerProvider = RingerContext

/** The one ringer of the window. */
export function useRinger(): Ringer {
  const ringer = use(RingerContext)
  if (ringer === null) throw new Error('no ringer around this component')
  return ringer
}

/** What the ringer can and does now. */
export function useRingerState(): RingerState {
  const { state } = useRinger()
  return useSyncExternalStore(state.subscribe, state.get)
}

/** Draws nothing. Values that core told last stay while it restarts, and so does their sound. */
export function Sounds(): ReactNode {
  const ringer = useRinger()
  const { value: calls } = useLive('calls', {})
  const { value: alarms } = useLive('alarms', {})
  const { value: session } = useLive('session', {})
  const rings = (calls?.ringing ?? []).some(({ isQuiet }) => !isQuiet)
  const isTalking = calls?.active?.state === 'connected'
  const operator = session === undefined ? undefined : (session.operator?.operator ?? null)
  useEffect(() => {
    ringer.hear({ rings, isTalking, operator, alarms: (alarms ?? []).filter(({ sounds }) => sounds) })
  }, [ringer, rings, isTalking, operator, alarms])
  useEffect(() => () => ringer.hear({ rings: false, isTalking: false, operator: undefined, alarms: [] }), [ringer])
  return null
}
