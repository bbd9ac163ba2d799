// The directory of a site: agencies with their units, and the centres of the neighbourhood.
import { z } from 'zod'

export const directoryQueries = {
  /** Never changes while core runs. `number` as it is kept; null = the site file does not say it yet. */
  directory: {
    input: z.object({}),
    output: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(['agency', 'unit', 'neighbour']),
        name: z.string(),
        /** Code of an agency, or the agency of a unit; empty for a neighbour. */
        detail: z.string(),
        number: z.string().nullable(),
      }),
    ),
  },
}
