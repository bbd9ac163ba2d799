// What an operator does to relays, as functions. Refusals become messages; a relay is shown as told only when core says so.
import { useCallback, useMemo, useRef } from 'react'
import { isFault } from '#domain/fault.ts'
import { newId, type IncidentId, type RelayId } from '#domain/id.ts'
import { useDesk } from '../link/desk.ts'
import { useLive } from '../link/use-live.ts'
import { useSay, useTell } from '../ui/messages.tsx'
import { type AgencyRow, type NextAction, type Relay } from './next-action.ts'

type Phoned = { readonly relay: RelayId; readonly name: string; readonly phone: string | null }

/**
 * Phones an agency whose desk has not answered, and records that. Nothing is recorded when the exchange refuses to
 * dial: the operator then uses the desk phone and presses again, which records it.
 */
export function usePhone(): { canDial: boolean; phone: (who: Phoned) => Promise<void> } {
  const { core } = useDesk()
  const say = useSay()
  const tell = useTell()
  const canDial = useLive('calls', {}).value?.exchange.capabilities.includes('dial') === true
  const refused = useRef(new Set<RelayId>())
  const phone = useCallback(
    async ({ relay, name, phone: number }: Phoned): Promise<void> => {
      if (canDial && number !== null && !refused.current.has(relay)) {
        const dialled = await core.call('dialNumber', { number, call: null })
        if (isFault(dialled)) {
          refused.current.add(relay)
          return say({ tone: 'refused', key: 'agencies.dialRefused', values: { name } })
        }
      }
      await tell(core.call('tellByVoice', { relay, channel: 'phone', person: null }))
    },
    [core, canDial, say, tell],
  )
  return { canDial, phone }
}

/** The functions; what resolves true was done. */
export function useRelays(incident: IncidentId) {
  const { core } = useDesk()
  const tell = useTell()
  const { canDial, phone: phoneAndRecord } = usePhone()
  return useMemo(() => {
    const dial = (phone: string | null): void => {
      if (canDial && phone !== null) void tell(core.call('dialNumber', { number: phone, call: null }))
    }
    return {
      canDial,
      dial,
      make: (rows: readonly AgencyRow[]): Promise<boolean> => {
        const targets = rows.map(({ agency, channel }) => ({ relay: newId<RelayId>(), agency, channel }))
        return tell(core.call('makeRelays', { incident, targets }))
      },
      phone: (relay: RelayId, name: string, phone: string | null): Promise<void> =>
        phoneAndRecord({ relay, name, phone }),
      readBack: (relay: Relay['relay'], person: string): Promise<boolean> =>
        tell(core.call('stepRelay', { relay, step: 'acknowledged', person, reason: null, readBack: true })),
      refuse: (relay: Relay['relay'], reason: string): Promise<boolean> =>
        tell(core.call('stepRelay', { relay, step: 'refused', person: null, reason, readBack: false })),
      step: ({ relay, step }: Extract<NextAction, { kind: 'step' }>): Promise<boolean> =>
        tell(core.call('stepRelay', { relay: relay.relay, step, person: null, reason: null, readBack: false })),
      cancel: (relay: Relay['relay'], reason: string): Promise<boolean> =>
        tell(core.call('cancelRelay', { relay, reason })),
    }
  }, [core, incident, canDial, phoneAndRecord, tell])
}

export type Relays = ReturnType<typeof useRelays>
