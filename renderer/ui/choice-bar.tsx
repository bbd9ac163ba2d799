// A bar of a few choices, each with a digit, that leaves the focus where it is: typing goes on, only digits and Esc are its own.
import { useEffect, type ReactNode } from 'react'
import { useText } from '../text/text.ts'

export type BarChoice = { readonly code: string; readonly label: string; readonly detail?: string }
type Props = {
  readonly title: string
  readonly icon: ReactNode
  /** Nine at most have a digit; those beyond are buttons only. */
  readonly choices: readonly BarChoice[]
  readonly onChoose: (code: string) => void
  readonly onClose: () => void
}

/** Stands below the strip while a choice is open. */
export function ChoiceBar({ title, icon, choices, onChoose, onClose }: Props): ReactNode {
  const t = useText()
  useDigits(choices, onChoose, onClose)
  return (
    <section className="call-bar" aria-label={title}>
      <b className="name">
        {icon} {title}
      </b>
      <div className="choices grow">
        {choices.map(({ code, label, detail }, place) => (
          <button key={code} type="button" className="btn small" onClick={() => onChoose(code)}>
            {label} {detail !== undefined && <span className="num">{detail}</span>}{' '}
            {place < 9 && <kbd>{place + 1}</kbd>}
          </button>
        ))}
      </div>
      <button type="button" className="btn small" onClick={onClose}>
        {t('common.stop')} <kbd>Esc</kbd>
      </button>
    </section>
  )
}

function useDigits(choices: readonly BarChoice[], onChoose: (code: string) => void, onClose: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return
      const [, digit] = /^(?:Digit|Numpad)([1-9])$/.exec(event.code) ?? []
      const chosen = digit === undefined ? undefined : choices[Number(digit) - 1]
      if (chosen === undefined && event.key !== 'Escape') return
      event.preventDefault()
      event.stopPropagation()
      if (chosen === undefined) onClose()
      else onChoose(chosen.code)
    }
    window.addEventListener('keydown', onKey, { capture: true })
    return () => window.removeEventListener('keydown', onKey, { capture: true })
  })
}
