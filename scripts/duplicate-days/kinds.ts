// What may happen on an invented day: kinds of incident with the words of their callers, in two manners of speaking.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

/** How people tell it. `plain` days tune the score, `other` days only measure it. */
export type Manner = 'plain' | 'other'

const texts = z.array(z.string()).min(1)

/**
 * `mistaken`: types that operators also choose for it; `spreadKm`: how far callers of one incident are apart; `lastsMinutes`: half
 * of the calls come within it; `details`: facts of one incident, one of each list, of which each caller tells some.
 */
const kind = z.strictObject({
  type: z.string(),
  mistaken: texts,
  spreadKm: z.number().positive(),
  lastsMinutes: z.number().positive(),
  landmarks: texts,
  details: z.array(texts),
  tales: z.strictObject({ plain: texts, other: texts }),
})
export type Kind = z.infer<typeof kind>

const known = z.record(z.string(), kind).parse(parse(readFileSync(join(import.meta.dirname, 'kinds.yaml'), 'utf8')))

/** A kind by its name; throws on a name that the list has not. */
export function kindOf(name: string): Kind {
  const found = known[name]
  if (found === undefined)
    throw new RangeError(`no kind of incident ${name}; known are ${Object.keys(known).join(', ')}`)
  return found
}
