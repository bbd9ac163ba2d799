// The nine call classes in two keys: Ctrl+J and a letter. Classing closes the record of a call, never the call itself.
import { useEffect, useState, type ReactNode } from 'react'
import type { CallClass } from '#domain/call.ts'
import { useDesk } from '../link/desk.ts'
import { useText } from '../text/text.ts'
import { useAction } from '../ui/actions.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { useTell } from '../ui/messages.tsx'
import type { CallRow } from './call-text.ts'
import { SilentButton } from './silent-bar.tsx'
import { useReferenceWords } from '../ui/reference-words.ts'

type Props = { readonly call: CallRow; readonly onClassed: (call: CallRow, chosen: CallClass) => void }
type Class = { readonly code: CallClass; readonly key: string; readonly label: string }

/** Shown while there is a call to class. */
export function CallClassPanel({ call, onClassed }: Props): ReactNode {
  const t = useText()
  const tell = useTell()
  const { core } = useDesk()
  const { classes } = useReferenceWords()
  const [isChoosing, setIsChoosing] = useState(false)
  const choose = (code: CallClass): void => {
    setIsChoosing(false)
    const reply = core.call('classifyCall', { call: call.call, class: code })
    void tell(reply).then((isDone) => isDone && onClassed(call, code))
  }
  useAction('callClass', () => setIsChoosing((before) => !before))
  useLetters(isChoosing, classes, choose, () => setIsChoosing(false))
  return (
    <section className={`call-class ${isChoosing ? 'choosing' : ''}`} aria-labelledby="h-class">
      <div className="line">
        <h2 id="h-class">{t('call.class')}</h2>
        <span className="grow" />
        <SilentButton />
        <KeyCap action="callClass" />
        <span className={isChoosing ? 'now' : 'dim'} role="status">
          {t(isChoosing ? 'call.pressLetter' : 'call.thenLetter')}
        </span>
      </div>
      <div className="keys" role="group" aria-labelledby="h-class">
        {classes.map(({ code, key, label }) => (
          <button
            key={code}
            type="button"
            className="btn"
            aria-pressed={call.class === code}
            title={label}
            onClick={() => choose(code)}
          >
            {t(`callClass.${code}`)} <KeyCap text={key} />
          </button>
        ))}
      </div>
    </section>
  )
}

/** While choosing, the next letter belongs to the class and not to the field that has the focus. */
function useLetters(
  isChoosing: boolean,
  classes: readonly Class[],
  choose: (code: CallClass) => void,
  stop: () => void,
): void {
  useEffect(() => {
    if (!isChoosing) return
    const onKey = (event: KeyboardEvent): void => {
      if (['Control', 'Shift', 'Alt', 'Meta'].includes(event.key) || event.ctrlKey || event.altKey) return
      event.preventDefault()
      event.stopPropagation()
      const found = classes.find(({ key }) => key.toLowerCase() === event.key.toLowerCase())
      if (found === undefined) stop()
      else choose(found.code)
    }
    window.addEventListener('keydown', onKey, { capture: true })
    return () => window.removeEventListener('keydown', onKey, { capture: true })
  })
}
