// The timed notes of the incident in hand, newest above the input. Notes are struck with a reason, never deleted.
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { clockText } from '#domain/time.ts'
import { useDesk } from '../link/desk.ts'
import { useLive } from '../link/use-live.ts'
import { personText } from '../text/format.ts'
import { useText } from '../text/text.ts'
import { isKeyOf } from '../ui/actions.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { PaperMark } from '../ui/marks.tsx'
import { useTell } from '../ui/messages.tsx'
import { ReasonLine } from '../ui/reason-line.tsx'
import { useRows } from '../ui/use-rows.ts'
import { useInHand, type IncidentRow } from './in-hand.tsx'
import { NoteInput } from './note-input.tsx'

type Note = IncidentRow['notes'][number]
const noNotes: readonly Note[] = []

/** The panel of notes; `extra` stands in its head. */
export function Notes({ extra }: { extra?: ReactNode }): ReactNode {
  const t = useText()
  const { row, incident } = useInHand()
  const notes = row?.notes ?? noNotes
  return (
    <section className="panel notes" aria-labelledby="h-note">
      <div className="head">
        <h2 id="h-note">{t('notes.title')}</h2>
        <KeyCap action="toNote" />
        <span className="grow" />
        <span className="dim" role="status">
          {t('notes.count', { n: notes.length })}
        </span>
        {extra}
      </div>
      <NoteList key={incident} notes={notes} />
      <NoteInput key={`input ${incident}`} />
    </section>
  )
}

function NoteList({ notes }: { notes: readonly Note[] }): ReactNode {
  const t = useText()
  const list = useRef<HTMLOListElement>(null)
  const [at, setAt] = useState<string | null>(null)
  const [striking, setStriking] = useState<string | null>(null)
  const current = at ?? notes.at(-1)?.note ?? null
  const { onKeyDown, isCurrent } = useRows(notes, ({ note }) => note, current, setAt, list)
  useEffect(() => {
    if (list.current !== null) list.current.scrollTop = list.current.scrollHeight
  }, [notes.length])
  const onKey = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLInputElement) return
    const row = notes.find(({ note }) => note === current)
    if (row !== undefined && !row.isSystem && row.struck === null && isKeyOf('strikeNote', event)) setStriking(row.note)
    else onKeyDown(event)
  }
  return (
    <ol ref={list} aria-label={t('notes.list')} tabIndex={notes.length === 0 ? 0 : -1} onKeyDown={onKey}>
      {notes.length === 0 && <li className="empty dim">{t('notes.none')}</li>}
      {notes.map((note) => (
        <NoteRow
          key={note.note}
          note={note}
          isCurrent={isCurrent(note)}
          isStriking={striking === note.note}
          onFocus={() => setAt(note.note)}
          onStop={() => setStriking(null)}
        />
      ))}
    </ol>
  )
}

type RowProps = {
  readonly note: Note
  readonly isCurrent: boolean
  readonly isStriking: boolean
  readonly onFocus: () => void
  readonly onStop: () => void
}

function NoteRow({ note, isCurrent, isStriking, onFocus, onStop }: RowProps): ReactNode {
  const t = useText()
  const tell = useTell()
  const { core } = useDesk()
  const { incident } = useInHand()
  const { value: station } = useLive('station', {})
  const strike = (reason: string): void => {
    void tell(core.call('strikeNote', { incident, note: note.note, reason })).then((isDone) => isDone && onStop())
  }
  return (
    <li
      className={`${note.isSystem ? 'sys' : ''} ${note.struck === null ? '' : 'struck'}`}
      tabIndex={isCurrent ? 0 : -1}
      data-row={note.note}
      onFocus={onFocus}
    >
      <time>{station === undefined ? '' : clockText(note.at, station.zone)}</time>
      <span className="dim cut">{note.isSystem ? t('notes.system') : personText(note.by)}</span>
      <span className="note-text">
        {note.paper !== null && station !== undefined && (
          <>
            <PaperMark at={note.paper.at} by={note.paper.by} zone={station.zone} />{' '}
          </>
        )}
        {note.struck === null ? note.text : <s>{note.text}</s>}
        {note.struck !== null && (
          <span className="dim">
            {' '}
            {t('notes.struck', { by: personText(note.struck.by), reason: note.struck.reason })}
          </span>
        )}
      </span>
      {isStriking && (
        <ReasonLine label={t('notes.strikeReason')} verb={t('notes.strike')} onDone={strike} onStop={onStop} />
      )}
    </li>
  )
}
