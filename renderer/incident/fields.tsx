// The parts a form is made of: a field that records itself, its refusal, and what others set meanwhile.
import { memo, useCallback, useId, useMemo, type KeyboardEvent, type ReactNode } from 'react'
import { clockText } from '#domain/time.ts'
import type { EditableField, ReportField } from '#domain/incident.ts'
import { useDesk } from '../link/desk.ts'
import { useLive } from '../link/use-live.ts'
import { personText } from '../text/format.ts'
import { useText } from '../text/text.ts'
import { ActionButton } from '../ui/action-button.tsx'
import { IconAlertTriangle } from '../ui/icons.ts'
import { useFaultText } from '../ui/messages.tsx'
import { plainValue, type DraftTarget, type FieldRow } from './draft.ts'
import { useInHand } from './in-hand.tsx'
import { useDraft, type FieldDraft } from './use-draft.ts'

const asIs = (value: string): string => value
type ValueOf = DraftTarget['valueOf']

/** Where a field of the incident in hand is kept and recorded. */
export function useIncidentField(field: EditableField, valueOf: ValueOf, show: (value: string) => string): FieldDraft {
  const { core } = useDesk()
  const { incident, row, ensure } = useInHand()
  const fieldRow = row?.[field] ?? null
  const target = useMemo<DraftTarget>(
    () => ({
      row: fieldRow,
      ensure,
      valueOf,
      send: (value, over) => core.call('setIncidentField', { incident, field, value, over: [...over] }),
    }),
    [core, incident, field, fieldRow, ensure, valueOf],
  )
  return useDraft({ on: `incident:${incident}`, field }, target, show)
}

function prefilledRow(value: string): FieldRow {
  return { value, over: [], conflicts: [], draft: null }
}

/** Where a field of the report in hand is kept and recorded. */
export function useReportField(field: ReportField, valueOf: ValueOf = plainValue, show = asIs): FieldDraft {
  const { core } = useDesk()
  const { incident, report, row, callerNumber, ensure } = useInHand()
  const recorded = row?.reports.find((each) => each.report === report)?.[field]
  const prefilled = field === 'callback' && row === null ? callerNumber : null
  const fieldRow = useMemo(
    () => recorded ?? (prefilled === null ? null : prefilledRow(prefilled)),
    [recorded, prefilled],
  )
  const target = useMemo<DraftTarget>(
    () => ({
      row: fieldRow,
      ensure,
      valueOf,
      send: (value, over) =>
        report === null
          ? Promise.resolve(undefined)
          : core.call('setReportField', { report, field, value, over: [...over] }),
    }),
    [core, report, field, fieldRow, ensure, valueOf],
  )
  return useDraft({ on: `report:${report ?? incident}`, field }, target, show)
}

/** Moves on to the next field of the form; the operator pressed Enter. */
export function toNextField(from: EventTarget | null): void {
  if (!(from instanceof HTMLElement)) return
  const fields = [...(from.closest('.fields')?.querySelectorAll<HTMLElement>('.input') ?? [])]
  fields[fields.indexOf(from) + 1]?.focus()
}

type TextFieldProps = {
  readonly id: string
  readonly label: ReactNode
  readonly draft: FieldDraft
  readonly className?: string
  readonly inputClass?: string
  readonly lines?: number
  /** Writes a value that somebody else set. */
  readonly show?: (value: string) => string
}

/** A text field that records itself; Enter records and goes on, Shift+Enter makes a new line where there are several. */
export const TextField = memo(function TextField(props: TextFieldProps): ReactNode {
  const { id, label, draft, lines } = props
  const onKeyDown = useCallback(
    (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
      event.preventDefault()
      draft.record()
      toNextField(event.target)
    },
    [draft],
  )
  const common = {
    id,
    className: `input ${props.inputClass ?? ''}`,
    value: draft.text,
    onKeyDown,
    onBlur: draft.record,
    spellCheck: false,
    autoComplete: 'off',
    ...(draft.fault === null ? {} : { 'aria-describedby': `${id}-fault` }),
  }
  return (
    <div className={`field ${props.className ?? ''}`} data-field={id}>
      <label htmlFor={id}>{label}</label>
      {lines === undefined ? (
        <input {...common} onChange={(event) => draft.type(event.target.value)} />
      ) : (
        <textarea {...common} rows={lines} onChange={(event) => draft.type(event.target.value)} />
      )}
      <FieldFault id={`${id}-fault`} draft={draft} />
      <Conflict draft={draft} {...(props.show === undefined ? {} : { show: props.show })} />
    </div>
  )
})

/** The refusal of a field in words, under it; what was typed stays. */
export function FieldFault({ id, draft }: { id: string; draft: FieldDraft }): ReactNode {
  const words = useFaultText()
  if (draft.fault === null) return null
  return (
    <p id={id} className="fault" role="alert">
      {words(draft.fault)}
    </p>
  )
}

type ConflictProps = { readonly draft: FieldDraft; readonly show?: (value: string) => string }

/** What others set meanwhile, with who and when; one key keeps what is shown, a button takes theirs. */
export function Conflict({ draft, show = asIs }: ConflictProps): ReactNode {
  const t = useText()
  const id = useId()
  const { value: station } = useLive('station', {})
  const { row } = draft
  if (row === null || row.conflicts.length === 0) return null
  return (
    <div className="conflict" role="group" aria-labelledby={id}>
      <div className="line">
        <IconAlertTriangle className="i" aria-hidden />
        <b id={id} className="cut grow">
          {t('form.conflict')}
        </b>
        <ActionButton
          action="settle"
          className="small"
          onRun={() => draft.choose(row.value, row.value === null ? '' : show(row.value))}
        >
          {t('form.keepShown')}
        </ActionButton>
      </div>
      {row.conflicts.map((other) => (
        <div key={`${other.by} ${other.at}`} className="line">
          <span className="cut grow">
            {personText(other.by)} {station === undefined ? '' : clockText(other.at, station.zone)}: “
            {other.value === null ? t('form.emptied') : show(other.value)}”
          </span>
          <button
            type="button"
            className="btn small"
            onClick={() => draft.choose(other.value, other.value === null ? '' : show(other.value))}
          >
            {t('form.takeTheirs')}
          </button>
        </div>
      ))}
    </div>
  )
}
