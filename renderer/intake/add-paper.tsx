// "Dari kertas" of the incident in hand: notes and steps of agencies that stood on paper, with the times of the paper. Keys alone do it.
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react'
import { isFault, type Fault } from '#domain/fault.ts'
import type { IncidentId } from '#domain/id.ts'
import { paperSteps } from '#domain/intake.ts'
import { dayOf, type Zone } from '#domain/time.ts'
import { useDesk } from '../link/desk.ts'
import { useLive } from '../link/use-live.ts'
import { useText } from '../text/text.ts'
import { useSay } from '../ui/messages.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { onFormKey } from './form-keys.ts'
import { PaperField, PaperSelect, type PaperInput } from './paper-field.tsx'
import { PaperEnd } from './paper-end.tsx'
import { NoteRows } from './paper-rows.tsx'
import { addedOf, rowCount } from './paper-text.ts'
import { usePaper } from './use-paper.ts'

type Props = {
  readonly incident: IncidentId
  readonly label: string
  /** When it happened (UTC ms): its day is the day of the paper unless somebody says another. */
  readonly openedAt: number
  readonly onClose: () => void
}

/** What is typed stays through a closed form and a restart, for each incident by itself. */
export function AddPaper(props: Props): ReactNode {
  const t = useText()
  const { value: station } = useLive('station', {})
  return (
    <Sheet title={t('paper.addTitle', { label: props.label })} onClose={props.onClose} className="paper-form">
      {station !== undefined && <Form {...props} zone={station.zone} />}
    </Sheet>
  )
}

function Form({ incident, label, openedAt, onClose, zone }: Props & { zone: Zone }): ReactNode {
  const t = useText()
  const say = useSay()
  const { core } = useDesk()
  const [fault, setFault] = useState<Fault | null>(null)
  const [first] = useState(() => ({ day: dayOf(openedAt, zone) }))
  const { texts, set, save } = usePaper(first, incident)
  const form = useRef<HTMLFormElement>(null)
  const isThere = texts !== null
  useEffect(() => {
    // The fields come a moment after the sheet that was opened; the focus waits on the sheet for them.
    const isWaiting = form.current?.parentElement === document.activeElement
    if (isThere && isWaiting) form.current?.querySelector<HTMLElement>('[type="text"]')?.focus()
  }, [isThere])
  if (texts === null) return null
  const record = async (): Promise<void> => {
    const added = addedOf(texts, incident, zone)
    const reply = 'fault' in added ? added : await core.call('addPaper', added)
    setFault(isFault(reply) ? reply : null)
    if (isFault(reply)) return
    say({ tone: 'done', key: 'paper.added', values: { label } })
    onClose()
  }
  const submit = (event?: FormEvent): void => {
    event?.preventDefault()
    save()
    void record()
  }
  const input: PaperInput = { texts, set, fault }
  return (
    <form ref={form} onSubmit={submit} onKeyDownCapture={(event) => onFormKey(event, submit)}>
      <p className="dim">{t('paper.hint')}</p>
      <div className="row">
        <PaperField {...input} field="day" label={t('paper.day')} type="date" className="day" />
      </div>
      <NoteRows {...input} />
      <StepRows {...input} />
      <PaperEnd fault={fault} />
    </form>
  )
}

/** What agencies were told or did, one line each; a refusal says why. */
function StepRows(input: PaperInput): ReactNode {
  const t = useText()
  const agencies = useLive('reference', {}).value?.agencies ?? []
  const steps = paperSteps.map((code) => ({ code, label: t(`paper.step.${code}`) }))
  return (
    <fieldset>
      <legend>{t('paper.steps')}</legend>
      {Array.from({ length: rowCount(input.texts, 'steps', 20) }, (_, row) => (
        <div key={row} className="row">
          <PaperField {...input} field={`steps.${row}.clock`} label={t('paper.at')} className="short" />
          <PaperSelect
            {...input}
            field={`steps.${row}.agency`}
            label={t('paper.agency')}
            className="wide"
            options={agencies}
            hasNone
          />
          <PaperSelect
            {...input}
            field={`steps.${row}.step`}
            label={t('paper.what')}
            className="wide"
            options={steps}
          />
          <PaperField {...input} field={`steps.${row}.person`} label={t('paper.person')} className="wide" />
          {input.texts[`steps.${row}.step`] === 'refused' && (
            <PaperField {...input} field={`steps.${row}.reason`} label={t('agencies.refuseReason')} className="wide" />
          )}
        </div>
      ))}
    </fieldset>
  )
}
