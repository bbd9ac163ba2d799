// Text that is being typed is kept on this desk within half a second; it becomes an op when the field is left.
import { draftsOn, dropDraft, putDraft } from '#db/local/draft.ts'
import { nothing, takers, type Rules } from '../rule.ts'

export const draftRules: Pick<Rules, 'saveDraft' | 'dropDraft'> = {
  saveDraft: {
    roles: takers,
    decide: (desk, input, actor) => {
      const key = { operator: actor.operator, on: input.on, field: input.field }
      const known = draftsOn(desk.db, actor.operator, input.on).get(input.field)
      putDraft(desk.db, key, input.text, known?.over ?? input.over, desk.clock.now())
      return nothing
    },
  },
  dropDraft: {
    roles: takers,
    decide: (desk, input, actor) => {
      dropDraft(desk.db, { operator: actor.operator, on: input.on, field: input.field })
      return nothing
    },
  },
}
