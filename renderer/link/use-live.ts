// A component's view of a query of core or of the trial site. Gives what was pushed last, and whether it is stale.
import { useSyncExternalStore } from 'react'
import type { queries, QueryName } from '#contract/queries.ts'
import type { trialQueries } from '#contract/trial.ts'
import type { InputOf, OutputOf } from '#contract/port.ts'
import type { Live, LinkState } from './client.ts'
import { useDesk } from './desk.ts'

/** Watches a query while the component is on the screen. */
export function useLive<K extends QueryName>(
  name: K,
  input: InputOf<(typeof queries)[K]>,
): Live<OutputOf<(typeof queries)[K]>> {
  const { core } = useDesk()
  // The same store for the same query and input, as long as anything watches it.
  const store = core.live(name, input)
  return useSyncExternalStore(store.subscribe, store.get)
}

/** Watches what the trial site does. */
export function useTrialState(): Live<OutputOf<(typeof trialQueries)['trialState']>> {
  const { trial } = useDesk()
  const store = trial.live('trialState', {})
  return useSyncExternalStore(store.subscribe, store.get)
}

/** Whether core can be reached at all. */
export function useLinkState(): LinkState {
  const { core } = useDesk()
  return useSyncExternalStore(core.state.subscribe, core.state.get)
}
