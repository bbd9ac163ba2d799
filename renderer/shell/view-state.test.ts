// The incident in hand changes by the operator's acts only, and no form is filled in for the wrong call.
import { describe, expect, it } from 'vitest'
import { newId, type CallId, type IncidentId } from '#domain/id.ts'
import { firstView, keptView, nextView, sourceOf, type View } from './view-state.ts'

const call = (more: { direction?: 'in' | 'out'; dialled?: string; incident?: IncidentId } = {}) => ({
  call: newId<CallId>(),
  direction: more.direction ?? ('in' as const),
  dialled: more.dialled ?? '112',
  incident: more.incident === undefined ? null : { incident: more.incident },
})
const start = (): View => firstView(null)

describe('incident in hand', () => {
  it('is a new form for a call that was answered, under the source that was dialled', () => {
    const taken = call({ dialled: '119' })
    const view = nextView(start(), { do: 'call', call: taken })
    expect(view.hand).toMatchObject({ isNew: true, call: taken.call, source: '119' })
  })

  it('stays when the same call is told again', () => {
    const taken = call()
    const view = nextView(start(), { do: 'call', call: taken })
    expect(nextView(view, { do: 'call', call: { ...taken } })).toBe(view)
  })

  it('is the incident of a call that has one', () => {
    const incident = newId<IncidentId>()
    expect(nextView(start(), { do: 'call', call: call({ incident }) }).hand).toMatchObject({ incident, isNew: false })
  })

  it('stays when an agency is phoned', () => {
    const incident = newId<IncidentId>()
    const open = nextView(start(), { do: 'open', incident })
    expect(nextView(open, { do: 'call', call: call({ direction: 'out' }) }).hand).toBe(open.hand)
  })

  it('keeps its ids when it is opened by the first key', () => {
    const view = nextView(start(), { do: 'call', call: call() })
    const opened = nextView(view, { do: 'opened', incident: view.hand.incident })
    expect(opened.hand).toEqual({ ...view.hand, isNew: false })
    expect(nextView(view, { do: 'opened', incident: newId<IncidentId>() })).toBe(view)
  })

  it('is not tied to a call that is over when nobody typed', () => {
    const view = nextView(start(), { do: 'call', call: call() })
    const after = nextView(view, { do: 'call', call: null })
    expect(after.hand).toMatchObject({ isNew: true, call: null })
    expect(after.hand.incident).not.toBe(view.hand.incident)
  })
})

describe('reload', () => {
  it('brings back the incident and does not change it for the call in progress', () => {
    const taken = call()
    const form = nextView(start(), { do: 'call', call: taken })
    const view = nextView(form, { do: 'opened', incident: form.hand.incident })
    const again = firstView(keptView(view))
    expect(again.hand).toMatchObject({ incident: view.hand.incident, isNew: false })
    expect(nextView(again, { do: 'call', call: taken })).toBe(again)
  })

  it('shows the form of the call in progress when nothing was in hand', () => {
    const taken = call()
    const again = firstView(keptView(nextView(start(), { do: 'call', call: taken })))
    expect(nextView(again, { do: 'call', call: taken }).hand).toMatchObject({ isNew: true, call: taken.call })
  })

  it('starts anew from anything it cannot read', () => {
    for (const text of ['', '{', '{"incident":5}', 'null']) expect(firstView(text).hand.isNew).toBe(true)
  })
})

it('takes 112 for a number that is no source', () => {
  expect(sourceOf('110')).toBe('110')
  expect(sourceOf('02912345')).toBe('112')
})
