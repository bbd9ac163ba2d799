// The two links of a page: to core, and in trial mode to the trial site. Given to components by context.
import { createContext, use } from 'react'
import { commands } from '#contract/commands.ts'
import { queries } from '#contract/queries.ts'
import { trialCommands, trialQueries } from '#contract/trial.ts'
import { Link } from './client.ts'

export type CoreLink = Link<typeof commands, typeof queries>
export type TrialLink = Link<typeof trialCommands, typeof trialQueries>
export type Desk = { readonly core: CoreLink; readonly trial: TrialLink; readonly close: () => void }

/** Makes both links. Commands travel under the session that core last told. */
export function createDesk(): Desk {
  const core: CoreLink = new Link(commands, queries, {
    session: () => core.live('session', {}).get().value?.session ?? null,
  })
  const trial = new Link(trialCommands, trialQueries, { session: () => null })
  const stop = core.live('session', {}).subscribe(() => undefined)
  const close = (): void => {
    stop()
    core.close()
    trial.close()
  }
  return { core, trial, close }
}

const DeskContext = createContext<Desk | null>(null)
export const DeskProvider = DeskContext

/** The links of this page. */
export function useDesk(): Desk {
  const desk = use(DeskContext)
  if (desk === null) throw new Error('no desk around this component')
  return desk
}
