// Closing an incident: its result out of the nine, and a reason if there is more to say. Enter closes, Esc leaves it open.
import { useRef, useState, type ReactNode } from 'react'
import type { Disposition } from '#domain/incident.ts'
import { useText } from '../text/text.ts'
import { useBorrowedFocus } from '../ui/borrowed-focus.ts'

type Props = {
  readonly dispositions: readonly { readonly code: Disposition; readonly label: string }[]
  readonly onDone: (disposition: Disposition, reason: string | null) => void
  readonly onStop: () => void
}

/** A short list of radio buttons (arrows choose) and one line. */
export function CloseForm({ dispositions, onDone, onStop }: Props): ReactNode {
  const t = useText()
  const form = useRef<HTMLFormElement>(null)
  const [chosen, setChosen] = useState<Disposition>('TERTANGANI')
  const [reason, setReason] = useState('')
  useBorrowedFocus(form, 'input:checked')
  return (
    <form
      ref={form}
      className="close-form"
      onSubmit={(event) => {
        event.preventDefault()
        onDone(chosen, reason.trim() === '' ? null : reason.trim())
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onStop()
      }}
    >
      <fieldset>
        <legend>{t('status.result')}</legend>
        {dispositions.map(({ code, label }) => (
          <label key={code} className={chosen === code ? 'chosen' : ''}>
            <input type="radio" name="disposition" checked={chosen === code} onChange={() => setChosen(code)} />
            <span title={label}>{label}</span>
          </label>
        ))}
      </fieldset>
      <div className="line">
        <label htmlFor="close-reason">{t('status.closeReason')}</label>
        <input
          id="close-reason"
          className="input"
          value={reason}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => setReason(event.target.value)}
        />
        <button type="submit" className="btn primary">
          {t('status.close')} <kbd>Enter</kbd>
        </button>
        <button type="button" className="btn" onClick={onStop}>
          {t('common.stop')} <kbd>Esc</kbd>
        </button>
      </div>
    </form>
  )
}
