// The screen of contacts (Ctrl+5): search as you type, Enter calls, the last called first. It changes no contact.
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { isFault } from '#domain/fault.ts'
import { shownNumber } from '#domain/number.ts'
import { useDesk } from '../link/desk.ts'
import { useLive } from '../link/use-live.ts'
import { useText } from '../text/text.ts'
import { isKeyOf } from '../ui/actions.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { useSay, useTell } from '../ui/messages.tsx'
import { useRows } from '../ui/use-rows.ts'
import { findContacts, usedAfter, type Contact } from './find-contact.ts'
import { keptUsed, keepUsed } from './used.ts'

/** Everything by keyboard: type, arrows, Enter. */
export function DirectoryScreen(): ReactNode {
  const t = useText()
  const list = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const { value: contacts } = useLive('directory', {})
  const [text, setText] = useState('')
  const [used, setUsed] = useState(keptUsed)
  const [at, setAt] = useState<string | null>(null)
  const found = useMemo(() => findContacts(contacts ?? [], text.slice(0, 200), used), [contacts, text, used])
  const current = found.find(({ id }) => id === at) ?? found[0] ?? null
  const call = useCall((id) => setUsed((before) => keepUsed(usedAfter(before, id))))
  const { onKeyDown, isCurrent } = useRows(found, ({ id }) => id, current?.id ?? null, setAt, list)
  useEffect(() => field.current?.focus(), [])
  const onKey = (event: KeyboardEvent): void => {
    if (current !== null && isKeyOf('callContact', event)) {
      event.preventDefault()
      void call(current)
    } else onKeyDown(event)
  }
  return (
    <section className="panel directory" aria-label={t('directory.title')} onKeyDown={onKey}>
      <h1>{t('directory.title')}</h1>
      <div className="field">
        <label htmlFor="directory-text">{t('directory.search')}</label>
        <input
          ref={field}
          id="directory-text"
          className="input"
          value={text}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <p className="dim" role="status">
        {t('directory.found', { n: found.length })} · {t('directory.call')} <KeyCap action="callContact" />
      </p>
      <div ref={list} className="contacts" role="list" aria-label={t('directory.list')}>
        {found.map((contact) => (
          <Row
            key={contact.id}
            contact={contact}
            isCurrent={isCurrent(contact)}
            onFocus={() => setAt(contact.id)}
            onCall={() => void call(contact)}
          />
        ))}
      </div>
    </section>
  )
}

/** Where the exchange cannot dial, the number is said large, to be dialled at the desk phone. */
function useCall(onUsed: (id: string) => void): (contact: Contact) => Promise<void> {
  const say = useSay()
  const tell = useTell()
  const { core } = useDesk()
  const { value: calls } = useLive('calls', {})
  const canDial = calls?.exchange.capabilities.includes('dial') === true
  return async ({ id, name, number }) => {
    if (number === null) return say({ tone: 'refused', key: 'directory.missing', values: { name } })
    onUsed(id)
    const values = { name, number: shownNumber(number) }
    if (!canDial) return say({ tone: 'done', key: 'directory.byHand', values })
    const reply = core.call('dialNumber', { number, call: null })
    await tell(reply)
    if (!isFault(await reply)) say({ tone: 'done', key: 'directory.dialled', values })
  }
}

type RowProps = {
  readonly contact: Contact
  readonly isCurrent: boolean
  readonly onFocus: () => void
  readonly onCall: () => void
}

function Row({ contact, isCurrent, onFocus, onCall }: RowProps): ReactNode {
  const t = useText()
  const { id, kind, name, detail, number } = contact
  return (
    <div role="listitem" className={`contact ${isCurrent ? 'cursor' : ''}`}>
      <button
        type="button"
        className="btn"
        tabIndex={isCurrent ? 0 : -1}
        data-row={id}
        onFocus={onFocus}
        onClick={onCall}
      >
        <b className="cut">{name}</b>
        <span className="dim cut">
          {[t(`directory.kind.${kind}`), detail].filter((part) => part !== '').join(' · ')}
        </span>
        <span className="num">{number === null ? t('neighbour.noNumber') : shownNumber(number)}</span>
      </button>
    </div>
  )
}
