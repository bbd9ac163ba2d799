// One line that asks for a reason or a name before something is done. Enter does it, Esc leaves it.
import { useId, useRef, useState, type ReactNode } from 'react'
import { useText } from '../text/text.ts'
import { useBorrowedFocus } from './borrowed-focus.ts'

type Props = {
  readonly label: string
  readonly verb: string
  readonly onDone: (text: string) => void
  readonly onStop: () => void
  /** Another way out, as a button. */
  readonly children?: ReactNode
}

/** Takes the focus, because the operator asked for it, and gives it back. */
export function ReasonLine({ label, verb, onDone, onStop, children }: Props): ReactNode {
  const t = useText()
  const id = useId()
  const form = useRef<HTMLFormElement>(null)
  const [text, setText] = useState('')
  const [isMissing, setIsMissing] = useState(false)
  useBorrowedFocus(form, 'input')
  const done = (): void => {
    if (text.trim() === '') setIsMissing(true)
    else onDone(text.trim())
  }
  return (
    <form
      ref={form}
      className="reason-line"
      onSubmit={(event) => {
        event.preventDefault()
        done()
      }}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Escape') onStop()
      }}
    >
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="input"
        value={text}
        maxLength={200}
        autoComplete="off"
        aria-invalid={isMissing}
        aria-describedby={isMissing ? `${id}-fault` : undefined}
        onChange={(event) => setText(event.target.value)}
      />
      <button type="submit" className="btn small primary">
        {verb} <kbd>Enter</kbd>
      </button>
      {children}
      <button type="button" className="btn small" onClick={onStop}>
        {t('common.stop')} <kbd>Esc</kbd>
      </button>
      {isMissing && (
        <p id={`${id}-fault`} className="fault" role="alert">
          {t('common.needed')}
        </p>
      )}
    </form>
  )
}
