// Ctrl+N and one key: where the report came from. Only the very next key is its own; whoever types on is not disturbed.
import { useEffect, type ReactNode } from 'react'
import { sources, type Source } from '#domain/call.ts'
import { sourceKeys } from '#domain/intake.ts'
import { useLive } from '../link/use-live.ts'
import { useText } from '../text/text.ts'
import { IconArrowDownLeft } from '../ui/icons.ts'
import { labelIn, useReferenceWords } from '../ui/reference-words.ts'

export const contactKey = 'K'
export const paperKey = 'P'

type Props = {
  readonly title: string
  readonly onSource: (source: Source) => void
  /** A contact that needs no incident, and an incident from paper; left out where a source alone is asked for. */
  readonly onContact?: () => void
  readonly onPaper?: () => void
  readonly onClose: () => void
}

/** Every source with its key and how often it came today. */
export function SourceBar({ title, onSource, onContact, onPaper, onClose }: Props): ReactNode {
  const t = useText()
  const words = useReferenceWords()
  const { value: calls } = useLive('calls', {})
  const counts = new Map(calls?.today.sources.map(({ source, count }) => [source, count]))
  const choices = sources.map((source) => ({ key: sourceKeys[source], run: () => onSource(source) }))
  if (onContact !== undefined) choices.push({ key: contactKey, run: onContact })
  if (onPaper !== undefined) choices.push({ key: paperKey, run: onPaper })
  useNextKey(choices, onClose)
  return (
    <section className="call-bar intake-bar" aria-label={title}>
      <b className="name">
        <IconArrowDownLeft className="i" aria-hidden /> {title}
      </b>
      <div className="choices grow">
        {sources.map((source) => (
          <button key={source} type="button" className="btn small" onClick={() => onSource(source)}>
            {labelIn(words.sources, source)}{' '}
            {counts.has(source) && (
              <span className="num" title={t('intake.today')}>
                {counts.get(source)}
                <span className="sr"> {t('intake.today')}</span>
              </span>
            )}{' '}
            <kbd>{sourceKeys[source]}</kbd>
          </button>
        ))}
        {onContact !== undefined && (
          <button type="button" className="btn small" onClick={onContact}>
            {t('intake.contact')} <kbd>{contactKey}</kbd>
          </button>
        )}
        {onPaper !== undefined && (
          <button type="button" className="btn small" onClick={onPaper}>
            {t('intake.paper')} <kbd>{paperKey}</kbd>
          </button>
        )}
      </div>
      <button type="button" className="btn small" onClick={onClose}>
        {t('common.stop')} <kbd>Esc</kbd>
      </button>
    </section>
  )
}

const modifiers = ['Control', 'Shift', 'Alt', 'Meta']

/** Any other key goes where it belongs, and puts the bar away. */
function useNextKey(choices: readonly { readonly key: string; readonly run: () => void }[], onClose: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (modifiers.includes(event.key) || event.repeat) return
      const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey
      const [, digit] = /^(?:Digit|Numpad)(\d)$/.exec(event.code) ?? []
      const pressed = (digit ?? event.key).toUpperCase()
      const found = isPlain ? choices.find(({ key }) => key === pressed) : undefined
      if (found !== undefined || event.key === 'Escape') {
        event.preventDefault()
        event.stopPropagation()
      }
      if (found === undefined) onClose()
      else found.run()
    }
    window.addEventListener('keydown', onKey, { capture: true })
    return () => window.removeEventListener('keydown', onKey, { capture: true })
  })
}
