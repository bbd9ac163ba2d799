// The form of the incident in hand. Every field records itself; there is no Save.
import type { ReactNode } from 'react'
import { priorities, spokenLabel, type Priority } from '#domain/incident.ts'
import { keptNumber, shownNumber } from '#domain/number.ts'
import { useDesk } from '../link/desk.ts'
import { useLive } from '../link/use-live.ts'
import { useText } from '../text/text.ts'
import { useAction } from '../ui/actions.tsx'
import { Choice } from '../ui/choice.tsx'
import { IconDeviceFloppy } from '../ui/icons.ts'
import type { ActionId } from '../ui/keymap.ts'
import { useTell } from '../ui/messages.tsx'
import { HandMark, PaperMark, RecordMark } from '../ui/marks.tsx'
import { Conflict, TextField, useIncidentField, useReportField } from './fields.tsx'
import { plainValue } from './draft.ts'
import { useInHand } from './in-hand.tsx'
import { PlaceField } from './place-field.tsx'
import { TypeField } from './type-field.tsx'
import { useReferenceWords } from '../ui/reference-words.ts'

const asIs = (value: string): string => value
/** A callback number is kept like the number of a call; what is no number is kept as it was typed. */
const keptNumberOf = (text: string): string | null => keptNumber(text) ?? plainValue(text)

/**
 * The whole form. `extra` stands in its head: source of a report without a call, "add report" of the call in hand; `underPlace`
 * before anything that is relayed.
 */
export function IncidentForm({ extra, underPlace }: { extra: ReactNode; underPlace: ReactNode }): ReactNode {
  const t = useText()
  return (
    <section className="panel form" aria-labelledby="h-form">
      <FormHead extra={extra} />
      <div className="fields">
        <div className="row">
          <TypeField />
          <PriorityField />
        </div>
        <div className="row">
          <PlaceField />
          <RtRwField />
        </div>
        {underPlace}
        <LandmarkField />
        <Reporter />
        <CallerPlaceField />
        <WordsField />
        <TextForAgencies />
        <Preview />
      </div>
      <p className="sr">{t('form.savesItself')}</p>
    </section>
  )
}

function FormHead({ extra }: { extra: ReactNode }): ReactNode {
  const t = useText()
  const { row, isNew } = useInHand()
  const { value: station } = useLive('station', {})
  return (
    <div className="head">
      <h2 id="h-form">{t('form.title')}</h2>
      {row !== null && (
        <>
          <HandMark label={row.label} />
          <span className="spoken">{t('form.spoken', { label: spokenLabel(row.label) })}</span>
        </>
      )}
      {row?.paper != null && station !== undefined && (
        <PaperMark size="all" at={row.paper.at} by={row.paper.by} zone={station.zone} />
      )}
      {row === null && isNew && <span className="dim cut">{t('form.notOpened')}</span>}
      <span className="grow" />
      {extra}
      {row !== null && <RecordMark state={row.recordState} />}
      {row === null && !isNew && (
        <span className="state dim">
          <IconDeviceFloppy className="i" aria-hidden /> {t('form.opening')}
        </span>
      )}
    </div>
  )
}

const priorityKeys: Readonly<Record<Priority, ActionId>> = {
  P1: 'priority1',
  P2: 'priority2',
  P3: 'priority3',
  P4: 'priority4',
}

function PriorityField(): ReactNode {
  const t = useText()
  const draft = useIncidentField('priority', plainValue, asIs)
  const tell = useTell()
  const { core } = useDesk()
  const { incident, row } = useInHand()
  const choose = (value: Priority): void => {
    if (row === null || row.priority.value !== value || row.isPriorityDecided) return draft.choose(value, value)
    // The same value, but from now on a person's: neither type nor answers change it any more.
    const { over } = row.priority
    void tell(core.call('setIncidentField', { incident, field: 'priority', value, over }))
  }
  useAction('priority1', () => choose('P1'))
  useAction('priority2', () => choose('P2'))
  useAction('priority3', () => choose('P3'))
  useAction('priority4', () => choose('P4'))
  return (
    <div className="field priority">
      <div className="label" id="l-prio">
        {t('form.priority')} <kbd>Ctrl+Shift+1–4</kbd>
      </div>
      <div className="seg" role="group" aria-labelledby="l-prio">
        {priorities.map((value) => (
          <button
            key={value}
            type="button"
            aria-pressed={draft.text === value}
            aria-keyshortcuts={`Control+Shift+${value.slice(1)}`}
            className={draft.text === value && value === 'P1' ? 'crit-on' : ''}
            data-action={priorityKeys[value]}
            onClick={() => choose(value)}
          >
            {value}
          </button>
        ))}
      </div>
      <Conflict draft={draft} />
    </div>
  )
}

function RtRwField(): ReactNode {
  const t = useText()
  const draft = useIncidentField('rtRw', plainValue, asIs)
  return <TextField id="f-rtrw" label={t('form.rtRw')} draft={draft} className="rt" />
}

function LandmarkField(): ReactNode {
  const t = useText()
  const draft = useIncidentField('landmark', plainValue, asIs)
  return <TextField id="f-landmark" label={t('form.landmark')} draft={draft} />
}

function Reporter(): ReactNode {
  const t = useText()
  const name = useReportField('name')
  const callback = useReportField('callback', keptNumberOf, shownNumber)
  const relation = useReportField('relation')
  const { relations } = useReferenceWords()
  // Kept as it was typed all the same: what a caller says is worth more than its form.
  const isNoNumber = callback.text.trim() !== '' && keptNumber(callback.text) === null
  return (
    <div className="row">
      <TextField id="f-name" label={t('form.name')} draft={name} className="grow" />
      <TextField
        id="f-back"
        label={
          <>
            {t('form.callback')} {isNoNumber && <span className="warn">{t('form.notNumber')}</span>}
          </>
        }
        draft={callback}
        className="back"
        inputClass="mono"
        show={shownNumber}
      />
      <Choice
        className="rel"
        label={t('form.relation')}
        value={relation.text === '' ? null : relation.text}
        options={relations}
        onChoose={(code) => relation.choose(code, code)}
      />
    </div>
  )
}

/** Where a further caller says it is: the place of the incident stays as the agencies read it. */
function CallerPlaceField(): ReactNode {
  const t = useText()
  const { row, report } = useInHand()
  const draft = useReportField('place')
  const isFurther = row !== null && row.reports.length > 1 && row.reports[0]?.report !== report
  if (!isFurther && draft.text === '') return null
  return <TextField id="f-caller-place" label={t('duplicate.callerPlace')} draft={draft} />
}

function WordsField(): ReactNode {
  const t = useText()
  const draft = useReportField('words')
  return <TextField id="f-words" label={t('form.words')} draft={draft} className="words" lines={2} />
}

function TextForAgencies(): ReactNode {
  const t = useText()
  const draft = useIncidentField('text', plainValue, asIs)
  return <TextField id="f-text" label={t('form.text')} draft={draft} />
}

function Preview(): ReactNode {
  const t = useText()
  const { row } = useInHand()
  if (row === null || row.message === '') return null
  const end = row.message.indexOf(' · ')
  const first = end === -1 ? row.message : row.message.slice(0, end)
  const rest = end === -1 ? '' : row.message.slice(end)
  return (
    <div className="card-text preview">
      <div className="label">
        <span>{t('form.preview')}</span>
      </div>
      <p>
        <b>{first}</b>
        {rest}
      </p>
    </div>
  )
}
