// A field of a form as a component uses it: the text it shows and what its keys do.
import { useLayoutEffect, useEffect, useMemo, useSyncExternalStore } from 'react'
import type { Fault } from '#domain/fault.ts'
import { useDesk } from '../link/desk.ts'
import { Draft, type DraftTarget } from './draft.ts'

export type FieldDraft = {
  readonly text: string
  readonly row: DraftTarget['row']
  readonly fault: Fault | null
  readonly type: (text: string) => void
  readonly record: () => void
  readonly submit: () => void
  readonly choose: (value: string | null, text: string) => void
}
type Owner = { readonly on: string; readonly field: string }

/** `show` writes a recorded value as text ("33.21.04.2005" as "Sriwulan, Sayung"). */
export function useDraft({ on, field }: Owner, target: DraftTarget, show: (value: string) => string): FieldDraft {
  const { core } = useDesk()
  const draft = useMemo(() => new Draft(core, on, field), [core, on, field])
  useLayoutEffect(() => draft.aim(target), [draft, target])
  // What is typed is recorded when the form goes away, whatever the reason.
  useEffect(() => () => draft.record(), [draft])
  const { typed, fault } = useSyncExternalStore(draft.state.subscribe, draft.state.get)
  const { row } = target
  const recorded = row === null || row.value === null ? '' : show(row.value)
  const text = typed ?? row?.draft?.text ?? recorded
  return useMemo(
    () => ({
      text,
      row,
      fault,
      type: draft.type,
      record: draft.record,
      submit: () => void draft.submit(),
      choose: draft.choose,
    }),
    [draft, text, row, fault],
  )
}
