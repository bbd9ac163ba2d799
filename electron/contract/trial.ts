// What the trial site lets a person do: ring a call, pull and plug the network. Served only in trial mode.
import { z } from 'zod'

const side = z.enum(['sync', 'exchange'])

export const trialCommands = {
  /** Lets a simulated caller ring; without a name the next one of the list. */
  ringCall: { input: z.object({ scenario: z.string().max(64).nullable() }), output: z.object({ call: z.string() }) },
  /** The simulated caller of a ringing or connected call hangs up. */
  hangUpCaller: { input: z.object({ call: z.string().max(256) }), output: z.object({}) },
  /** Pulls (false) or plugs (true) the network of one side. */
  setNetwork: { input: z.object({ side, up: z.boolean() }), output: z.object({}) },
  /** Lets a simulated agency answer by itself, or stay silent. */
  setAgency: { input: z.object({ agency: z.string().max(12), answers: z.boolean() }), output: z.object({}) },
} as const

export const trialQueries = {
  trialState: {
    input: z.object({}),
    output: z.object({
      sync: z.boolean(),
      exchange: z.boolean(),
      scenarios: z.array(z.object({ name: z.string(), label: z.string() })),
      agencies: z.array(z.object({ agency: z.string(), answers: z.boolean() })),
    }),
  },
} as const
