// The line in which a note is written. It names its incident; half-written text is kept on the desk.
import { useMemo, useRef, type KeyboardEvent, type ReactNode } from 'react'
import { useDesk } from '../link/desk.ts'
import { useText } from '../text/text.ts'
import { useAction } from '../ui/actions.tsx'
import { HandMark } from '../ui/marks.tsx'
import type { DraftTarget } from './draft.ts'
import { FieldFault } from './fields.tsx'
import { useInHand } from './in-hand.tsx'
import { useDraft } from './use-draft.ts'

const asIs = (text: string): string => text

/** F9. Enter adds the note; a refused note stays in the line. Leaving the line keeps the text and adds nothing. */
export function NoteInput(): ReactNode {
  const t = useText()
  const { core } = useDesk()
  const input = useRef<HTMLInputElement>(null)
  const { incident, row, ensure } = useInHand()
  const kept = row?.noteDraft ?? null
  const target = useMemo<DraftTarget>(
    () => ({
      row: { value: null, over: [], conflicts: [], draft: kept === null ? null : { text: kept, over: [], savedAt: 0 } },
      ensure,
      valueOf: () => undefined,
      send: (text) => core.call('addNote', { incident, text: text ?? '' }),
    }),
    [core, incident, kept, ensure],
  )
  const draft = useDraft({ on: `incident:${incident}`, field: 'note' }, target, asIs)
  useAction('toNote', () => input.current?.focus())
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    event.preventDefault()
    draft.submit()
  }
  return (
    <div className="put" data-field="note">
      <label htmlFor="note">
        {t('notes.for')} {row === null ? t('notes.newIncident') : <HandMark label={row.label} />}
      </label>
      <input
        ref={input}
        id="note"
        className="input"
        value={draft.text}
        spellCheck={false}
        autoComplete="off"
        aria-describedby="note-fault"
        onChange={(event) => draft.type(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={draft.record}
      />
      <FieldFault id="note-fault" draft={draft} />
    </div>
  )
}
