// A contact that needs no incident: who, when it stood on paper, and its class. Three keys for a question at the counter.
import { useId, useRef, useState, type FormEvent, type ReactNode } from 'react'
import { isFault, type Fault } from '#domain/fault.ts'
import type { Source } from '#domain/call.ts'
import { newId, type CallId } from '#domain/id.ts'
import { contactClasses, lastTime } from '#domain/intake.ts'
import { typedLine } from '#domain/typed-text.ts'
import { typedNumber } from '#domain/number.ts'
import { useDesk } from '../link/desk.ts'
import { useLive } from '../link/use-live.ts'
import { momentText } from '../text/format.ts'
import { useText } from '../text/text.ts'
import { useBorrowedFocus } from '../ui/borrowed-focus.ts'
import { ChoiceBar } from '../ui/choice-bar.tsx'
import { IconArrowDownLeft } from '../ui/icons.ts'
import { useFaultText, useSay } from '../ui/messages.tsx'
import { SourceBar } from './source-bar.tsx'
import { labelIn, useReferenceWords } from '../ui/reference-words.ts'

type Who = { readonly number: string; readonly name: string; readonly happenedAt: number | null }

/** Source, then who (all of it may be left empty), then the class. */
export function ContactBar({ onClose }: { onClose: () => void }): ReactNode {
  const t = useText()
  const [source, setSource] = useState<Source | null>(null)
  const [who, setWho] = useState<Who | null>(null)
  if (source === null) return <SourceBar title={t('intake.contactFrom')} onSource={setSource} onClose={onClose} />
  if (who === null) return <WhoLine source={source} onDone={setWho} onStop={onClose} />
  return <ClassBar source={source} who={who} onClose={onClose} />
}

function ClassBar({ source, who, onClose }: { source: Source; who: Who; onClose: () => void }): ReactNode {
  const t = useText()
  const say = useSay()
  const { core } = useDesk()
  const { classes } = useReferenceWords()
  const { value: station } = useLive('station', {})
  const call = useRef(newId<CallId>())
  const labelOf = (code: string): string => labelIn(classes, code)
  const note = async (code: string): Promise<void> => {
    const chosen = contactClasses.find((one) => one === code)
    if (chosen === undefined) return
    const reply = await core.call('noteContact', { call: call.current, source, class: chosen, ...who })
    if (isFault(reply)) return say({ tone: 'refused', key: `fault.${reply.fault}` })
    say({ tone: 'done', key: 'intake.noted', values: { class: labelOf(chosen) } })
    onClose()
  }
  const at = who.happenedAt !== null && station !== undefined ? momentText(who.happenedAt, station.zone) : null
  return (
    <ChoiceBar
      title={at === null ? t('intake.contactClass') : t('intake.contactClassAt', { at })}
      icon={<IconArrowDownLeft className="i" aria-hidden />}
      choices={contactClasses.map((code) => ({ code, label: labelOf(code) }))}
      onChoose={(code) => void note(code)}
      onClose={onClose}
    />
  )
}

type LineProps = { readonly source: Source; readonly onDone: (who: Who) => void; readonly onStop: () => void }

/** What is wrong is said before the class is asked for; what was typed stays. */
function WhoLine({ source, onDone, onStop }: LineProps): ReactNode {
  const t = useText()
  const words = useFaultText()
  const form = useRef<HTMLFormElement>(null)
  const { sources } = useReferenceWords()
  const { value: station } = useLive('station', {})
  const [text, setText] = useState({ number: '', name: '', clock: '' })
  const [fault, setFault] = useState<Fault | null>(null)
  useBorrowedFocus(form, 'input')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const who = whoOf(text, Date.now(), station?.zone ?? 'Asia/Jakarta')
    if ('fault' in who) setFault(who)
    else onDone(who)
  }
  const line = (name: keyof typeof text) => ({ name, text, fault, onText: setText })
  return (
    <section className="call-bar intake-bar" aria-label={t('intake.who')}>
      <b className="name">{labelIn(sources, source)}</b>
      <form
        ref={form}
        className="reason-line"
        onSubmit={submit}
        onKeyDown={(event) => {
          event.stopPropagation()
          if (event.key === 'Escape') onStop()
        }}
      >
        <Line {...line('number')} label={t('intake.number')} />
        <Line {...line('name')} label={t('intake.name')} />
        <Line {...line('clock')} label={t('intake.clock')} />
        <button type="submit" className="btn small primary">
          {t('intake.next')} <kbd>Enter</kbd>
        </button>
        <button type="button" className="btn small" onClick={onStop}>
          {t('common.stop')} <kbd>Esc</kbd>
        </button>
        {fault !== null && (
          <p className="fault" role="alert">
            {words(fault)}
          </p>
        )}
      </form>
    </section>
  )
}

type Text = { readonly number: string; readonly name: string; readonly clock: string }

function whoOf(text: Text, now: number, zone: Parameters<typeof lastTime>[2]): Who | Fault {
  const number = typedLine(text.number)
  const name = typedLine(text.name)
  if (number.length > 200 || typedNumber(number) === undefined) return { fault: 'bad_number', field: 'number' }
  if (name.length > 200) return { fault: 'too_large', field: 'name' }
  if (text.clock.trim() === '') return { number, name, happenedAt: null }
  const happenedAt = lastTime(now, text.clock, zone)
  return happenedAt === null ? { fault: 'bad_clock', field: 'clock' } : { number, name, happenedAt }
}

type InputProps = {
  readonly name: keyof Text
  readonly label: string
  readonly text: Text
  readonly fault: Fault | null
  readonly onText: (text: Text) => void
}

function Line({ name, label, text, fault, onText }: InputProps): ReactNode {
  const id = useId()
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className={`input intake-${name}`}
        value={text[name]}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={fault?.field === name}
        onChange={(event) => onText({ ...text, [name]: event.target.value })}
      />
    </>
  )
}
