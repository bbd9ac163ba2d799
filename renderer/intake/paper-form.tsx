// "Dari kertas": what was written down while the desk was dark, typed in later with the times of the paper. Keys alone do it.
import { useRef, useState, type FormEvent, type ReactNode } from 'react'
import { isFault, type Fault } from '#domain/fault.ts'
import { newId, type IncidentId, type ReportId } from '#domain/id.ts'
import { dayOf, type Zone } from '#domain/time.ts'
import { useDesk } from '../link/desk.ts'
import { useLive } from '../link/use-live.ts'
import { useText } from '../text/text.ts'
import { Combo, type Option } from '../ui/combo.tsx'
import { useSay } from '../ui/messages.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { PaperField, PaperSelect, type PaperInput } from './paper-field.tsx'
import { onFormKey, toNext } from './form-keys.ts'
import { PaperEnd } from './paper-end.tsx'
import { NoteRows, ToldRows } from './paper-rows.tsx'
import { paperOf } from './paper-text.ts'
import { usePaper } from './use-paper.ts'
import { useReferenceWords } from '../ui/reference-words.ts'

/** How a type or a village is found and shown. */
export type Suggesting = {
  readonly search: (text: string) => readonly Option[]
}
type Props = {
  readonly types: Suggesting
  readonly villages: Suggesting
  readonly onEntered: (incident: IncidentId) => void
  readonly onClose: () => void
}

/** Ctrl+N, P. */
export function PaperForm(props: Props): ReactNode {
  const t = useText()
  const { value: station } = useLive('station', {})
  return (
    <Sheet title={t('paper.title')} onClose={props.onClose} className="paper-form">
      {station !== undefined && <Form {...props} zone={station.zone} />}
    </Sheet>
  )
}

function useEnter({ onEntered, onClose, zone }: Props & { zone: Zone }, onFault: (fault: Fault | null) => void) {
  const { core } = useDesk()
  const say = useSay()
  const ids = useRef({ incident: newId<IncidentId>(), report: newId<ReportId>() })
  return async (texts: Parameters<typeof paperOf>[0]): Promise<void> => {
    const input = paperOf(texts, ids.current, zone)
    const reply = 'fault' in input ? input : await core.call('enterPaper', input)
    onFault(isFault(reply) ? reply : null)
    if (isFault(reply)) return
    say({ tone: 'done', key: 'paper.entered', values: { label: reply.label } })
    onClose()
    onEntered(ids.current.incident)
  }
}

function Form(props: Props & { zone: Zone }): ReactNode {
  const { zone } = props
  const t = useText()
  const [fault, setFault] = useState<Fault | null>(null)
  const [first] = useState(() => ({ day: dayOf(Date.now(), zone), source: '112' }))
  const { texts, set, save } = usePaper(first)
  const { value: reference } = useLive('reference', {})
  const { sources } = useReferenceWords()
  const enter = useEnter(props, setFault)
  if (texts === null) return null
  const submit = (event?: FormEvent): void => {
    event?.preventDefault()
    save()
    void enter(texts)
  }
  const input: PaperInput = { texts, set, fault }
  return (
    <form onSubmit={submit} onKeyDownCapture={(event) => onFormKey(event, submit)}>
      <p className="dim">{t('paper.hint')}</p>
      <div className="row">
        <PaperField {...input} field="day" label={t('paper.day')} type="date" className="day" />
        <PaperField {...input} field="clock" label={t('paper.clock')} className="short" />
        <PaperSelect {...input} field="source" label={t('form.source')} options={sources} />
        <PaperField {...input} field="number" label={t('paper.number')} className="wide" />
        <PaperField {...input} field="name" label={t('form.name')} className="wide" />
      </div>
      <div className="row">
        <Found {...input} field="type" code="typeCode" label={t('form.type')} search={props.types.search} />
        <Found {...input} field="village" code="villageCode" label={t('form.village')} search={props.villages.search} />
        <PaperField {...input} field="landmark" label={t('form.landmark')} className="wide" />
      </div>
      <PaperField {...input} field="words" label={t('form.words')} lines={2} />
      <ToldRows {...input} agencies={reference?.agencies ?? []} />
      <NoteRows {...input} />
      <PaperEnd fault={fault} />
    </form>
  )
}

type FoundProps = PaperInput & {
  readonly field: string
  /** Where the code of what was found is kept. */
  readonly code: string
  readonly label: string
  readonly search: Suggesting['search']
}

/** A type or a village; changing the text lets go of what was found for it. */
function Found({ texts, set, fault, field, code, label, search }: FoundProps): ReactNode {
  const input = useRef<HTMLInputElement>(null)
  const pick = (option: Option): void => {
    set({ [field]: option.name, [code]: option.id })
    toNext(input.current?.form ?? null, input.current)
  }
  return (
    <div className={`wide ${fault?.field === field ? 'at-fault' : ''}`}>
      <Combo
        label={label}
        inputRef={input}
        text={texts[field] ?? ''}
        search={search}
        onText={(text) => set({ [field]: text, [code]: '' })}
        onPick={pick}
        onLeave={() => undefined}
      />
    </div>
  )
}
