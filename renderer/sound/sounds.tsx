// Lets what is on the screen be heard, wherever on it: a ringing call and the alarms that sound at this desk.
import { createContext, use, useEffect, useSyncExternalStore, type ReactNode } from 'react'
import type { QueryOutput } from '#contract/queries.ts'
import { ringsAloud } from '#domain/operator-state.ts'
import { useLive } from '../link/use-live.ts'
import { useNow } from '../ui/clock.ts'
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
  const rings = useRingsAloud(calls?.ringing ?? [])
  const isTalking = calls?.active?.state === 'connected'
  const operator = session === undefined ? undefined : (session.operator?.operator ?? null)
  useEffect(() => {
    ringer.hear({ rings, isTalking, operator, alarms: (alarms ?? []).filter(({ sounds }) => sounds) })
  }, [ringer, rings, isTalking, operator, alarms])
  useEffect(() => () => ringer.hear({ rings: false, isTalking: false, operator: undefined, alarms: [] }), [ringer])
  return null
}

type Ring = QueryOutput<'calls'>['ringing'][number]

/** True when a call is to be heard here: not of a blocked number, and not in a break while another desk is ready. */
function useRingsAloud(ringing: readonly Ring[]): boolean {
  const now = useNow()
  const { value: own } = useLive('operatorState', {})
  const { value: station } = useLive('station', {})
  const state = own?.state ?? 'ready'
  const isOtherReady = own?.isOtherReady ?? false
  const limitMs = (station?.answerSeconds ?? 0) * 1000
  const isHeard = ({ offeredAt }: Ring): boolean =>
    ringsAloud({ state, isOtherReady, waitedMs: now - offeredAt, limitMs })
  return ringing.some((ring) => !ring.isQuiet && isHeard(ring))
}
