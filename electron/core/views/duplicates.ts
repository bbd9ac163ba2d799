// What the screens see of incidents that may be the one in hand: out of what is recorded and what is just being typed.
import type { QueryInput, QueryOutput } from '#contract/queries.ts'
import type { EditableField, ReportField } from '#domain/incident.ts'
import { isOpen } from '#domain/incident.ts'
import { draftsOn } from '#db/local/draft.ts'
import { callFacts } from '#db/queries/call-facts.ts'
import type { ReportFacts } from '#db/queries/duplicate-facts.ts'
import { fieldsOf } from '#db/queries/heads.ts'
import { incidentFacts } from '#db/queries/incident-facts.ts'
import { umbrellas } from '#db/queries/duplicate-facts.ts'
import { findDuplicates, prepareDuplicates, reportOf, wholeMinute } from '../duplicates.ts'
import { villageText } from '../card.ts'
import type { Desk } from '../desk.ts'

type View = QueryOutput<'duplicates'>
type Input = QueryInput<'duplicates'>

/** Suggestions for the incident in hand; none once it has ended or was merged. */
export function duplicatesView(desk: Desk, input: Input, operator: string | null): View {
  const facts = incidentFacts(desk.db, input.incident)
  if (facts !== null && !isOpen(facts.status)) return []
  const typed = typedFacts(desk, input, operator, facts?.openedAt ?? null)
  if (typed === null) {
    prepareDuplicates(desk)
    return []
  }
  const openedBefore = facts?.openedAt ?? Number.MAX_SAFE_INTEGER
  const found = findDuplicates(desk, reportOf(typed), { incident: input.incident, openedBefore })
  return found.map(({ row, why }) => {
    const { version: _version, village, ...shown } = row
    return { ...shown, village: villageText(desk, village), why: { ...why, words: [...why.words] } }
  })
}

/** What is known so far of the report in hand, or null while that is nothing. Typed text counts before it is recorded. */
function typedFacts(desk: Desk, input: Input, operator: string | null, openedAt: number | null): ReportFacts | null {
  const { incident, report, call: callId } = input
  const said = valuesOn(desk, operator, `incident:${incident}`)
  const told = report === null ? () => null : valuesOn(desk, operator, `report:${report}`)
  const call = callId === null ? null : (callFacts(desk.db, callId) ?? desk.calls.find(callId))
  const location = call === null ? null : call.location
  const words = [told('words'), said('text')].filter((part) => part !== null).join(' ')
  const facts = {
    at: openedAt ?? call?.answeredAt ?? call?.offeredAt ?? wholeMinute(desk.clock.now()),
    number: call?.number ?? told('callback'),
    type: said('type'),
    village: said('village'),
    rtRw: said('rtRw'),
    place: told('place') ?? said('landmark'),
    words: words === '' ? null : words,
    lat: location?.lat ?? null,
    lon: location?.lon ?? null,
  }
  const { at: _at, rtRw: _rtRw, ...telling } = facts
  return Object.values(telling).every((value) => value === null) ? null : facts
}

type Field = EditableField | ReportField

/** A value as the person sees it who is typing: the draft, else what is recorded. A type that is being typed is no code yet. */
function valuesOn(desk: Desk, operator: string | null, on: string): (field: Field) => string | null {
  const recorded = fieldsOf(desk.db, on)
  const drafts = operator === null ? new Map<string, { text: string }>() : draftsOn(desk.db, operator, on)
  return (field) => {
    const draft = field === 'type' ? undefined : drafts.get(field)?.text.trim()
    return draft === undefined ? recorded(field).value : draft === '' ? null : draft
  }
}

/** Umbrella incidents of a surge. */
export function umbrellasView(desk: Desk): QueryOutput<'umbrellas'> {
  return umbrellas(desk.db).map((row) => ({ ...row, village: villageText(desk, row.village) }))
}
