// What an operator does to relays, as functions. Refusals become messages; a relay is shown as told only when core says so.
import { useCallback, useMemo } from 'react'
import { isFault } from '#domain/fault.ts'
import { newId, type IncidentId, type RelayId } from '#domain/id.ts'
import { useDesk } from '../link/desk.ts'
import { useLive } from '../link/use-live.ts'
import { useSay } from '../ui/messages.tsx'
import { shortName, type AgencyRow, type NextAction, type Relay } from './next-action.ts'

export type Told = { readonly relays: readonly RelayId[]; readonly names: string }

/** The functions; `make` answers with what was told, so that it can be taken back. */
export function useRelays(incident: IncidentId) {
  const { core } = useDesk()
  const say = useSay()
  const canDial = useLive('calls', {}).value?.exchange.capabilities.includes('dial') === true
  const tell = useCallback(
    async (reply: Promise<unknown>): Promise<boolean> => {
      const value = await reply
      if (isFault(value)) say({ tone: 'refused', key: `fault.${value.fault}` })
      return !isFault(value)
    },
    [say],
  )
  return useMemo(() => {
    const dial = (phone: string | null): void => {
      if (canDial && phone !== null) void tell(core.call('dialNumber', { number: phone, call: null }))
    }
    return {
      canDial,
      dial,
      make: async (rows: readonly AgencyRow[]): Promise<Told | null> => {
        const targets = rows.map(({ agency, channel }) => ({ relay: newId<RelayId>(), agency, channel }))
        const isDone = await tell(core.call('makeRelays', { incident, targets }))
        const names = rows.map(shortName).join(', ')
        if (isDone) say({ tone: 'done', key: 'agencies.told', values: { names } })
        return isDone ? { relays: targets.map(({ relay }) => relay), names } : null
      },
      /** Phones an agency whose desk has not answered, and records that. */
      phone: (relay: Relay['relay'], phone: string | null): void => {
        dial(phone)
        void tell(core.call('tellByVoice', { relay, channel: 'phone', person: null }))
      },
      readBack: (relay: Relay['relay'], person: string): Promise<boolean> =>
        tell(core.call('stepRelay', { relay, step: 'acknowledged', person, reason: null, readBack: true })),
      refuse: (relay: Relay['relay'], reason: string): Promise<boolean> =>
        tell(core.call('stepRelay', { relay, step: 'refused', person: null, reason, readBack: false })),
      step: ({ relay, step }: Extract<NextAction, { kind: 'step' }>): Promise<boolean> =>
        tell(core.call('stepRelay', { relay: relay.relay, step, person: null, reason: null, readBack: false })),
      cancel: (relay: Relay['relay'], reason: string): Promise<boolean> =>
        tell(core.call('cancelRelay', { relay, reason })),
    }
  }, [core, incident, canDial, tell, say])
}

export type Relays = ReturnType<typeof useRelays>
