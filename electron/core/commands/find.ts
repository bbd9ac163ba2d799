// Finds incidents again. Reads only; what was found is not recorded.
import { chosenTerms, findTerms, type FindNames } from '#domain/find-incident.ts'
import { findIncidents } from '#db/queries/find-incidents.ts'
import { villageText } from '../card.ts'
import type { Desk } from '../desk.ts'
import { searchableTypes } from '../reference.ts'
import type { Rules } from '../rule.ts'
import { personText } from '../views/people.ts'

const namesOf = new WeakMap<Desk, FindNames>()

function names(desk: Desk): FindNames {
  let known = namesOf.get(desk)
  if (known === undefined) {
    const { villages, districts } = desk.gazetteer
    namesOf.set(desk, (known = { types: searchableTypes(desk.reference), villages, districts }))
  }
  return known
}

export const findRules: Pick<Rules, 'findIncidents'> = {
  findIncidents: {
    roles: ['operator', 'lead', 'admin'],
    request: (desk, { text, type, priority, place, ...asked }) => {
      // What was just recorded must be found; mostly nothing is left to do.
      desk.catchUpFindIndex()
      const terms = [...chosenTerms({ type, priority, place }), ...findTerms(text, names(desk))]
      const { rows, next } = findIncidents(desk.db, { ...asked, terms })
      return Promise.resolve({
        rows: rows.map((row) => ({
          ...row,
          village: villageText(desk, row.village),
          by: personText(desk, row.by),
        })),
        next,
      })
    },
  },
}
