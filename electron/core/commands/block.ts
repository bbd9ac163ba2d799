// Blocking a number: anyone who takes calls asks with a reason, a lead decides, it ends by itself or is lifted early.
import { isProtected, type BlockId } from '#domain/block.ts'
import { fault, type Fault } from '#domain/fault.ts'
import { keptNumber } from '#domain/number.ts'
import { blockFacts, openBlockOf } from '#db/queries/blocks.ts'
import { numberHistory } from '#db/queries/number-history.ts'
import type { Desk } from '../desk.ts'
import { record, takers, type Rules } from '../rule.ts'
import { trueNow } from '../silent.ts'

/** Why a number may not be blocked, or null: a person in need and the helpers must get through. */
function refusalOf(desk: Desk, number: string): Fault | null {
  const known = [
    ...desk.agencies.map(({ phone }) => phone),
    ...desk.site.neighbours.map(({ phone }) => phone),
    ...desk.reference.agencies.map(({ shortNumber }) => shortNumber),
  ]
  if (isProtected(number, known)) return fault('number_protected', { field: 'number' })
  const { open } = numberHistory(desk.db, { number, now: desk.clock.now(), except: null })
  return open.length > 0 ? fault('number_has_incident', { field: 'number', detail: open[0]?.label ?? '' }) : null
}

/** A request that nobody has decided and nobody has taken back. */
function undecided(desk: Desk, block: BlockId) {
  const facts = blockFacts(desk.db, block)
  if (facts === null) return fault('not_found', { field: 'block' })
  return facts.isDecided || facts.liftedAt !== null ? fault('wrong_state', { field: 'block' }) : facts
}

export const blockRules: Pick<Rules, 'requestBlock' | 'decideBlock' | 'liftBlock'> = {
  requestBlock: {
    roles: takers,
    decide: (desk, { block, number: written, hours, reason }) => {
      const number = keptNumber(written)
      if (number === null) return fault('invalid', { field: 'number' })
      if (blockFacts(desk.db, block) !== null || openBlockOf(desk.db, number, trueNow(desk)) !== null) {
        return fault('already_exists', { field: 'number' })
      }
      const refused = refusalOf(desk, number)
      if (refused !== null) return refused
      return record({ kind: 'BlockRequested', on: `block:${block}`, body: { hours }, personal: { number, reason } })
    },
  },
  decideBlock: {
    roles: ['lead'],
    decide: (desk, { block, approved, reason }) => {
      const facts = undecided(desk, block)
      if ('fault' in facts) return facts
      // Between request and decision somebody may have reported an emergency from this number.
      const refused = approved && facts.number !== null ? refusalOf(desk, facts.number) : null
      if (refused !== null) return refused
      const personal = reason === null ? {} : { personal: { reason } }
      return record({ kind: 'BlockDecided', on: `block:${block}`, body: { approved }, ...personal })
    },
  },
  liftBlock: {
    roles: ['lead'],
    decide: (desk, { block, reason }) => {
      const facts = blockFacts(desk.db, block)
      if (facts === null) return fault('not_found', { field: 'block' })
      if (facts.until === null || facts.until <= trueNow(desk) || facts.liftedAt !== null) {
        return fault('wrong_state', { field: 'block' })
      }
      return record({ kind: 'BlockLifted', on: `block:${block}`, body: {}, personal: { reason } })
    },
  },
}
