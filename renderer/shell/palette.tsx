// Ctrl+K: every action that could be run right now, found by name. Runs it as its key would.
import { useId, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useText } from '../text/text.ts'
import { useActions } from '../ui/actions.tsx'
import { findActions } from '../ui/find-action.ts'
import { keyCapText, keymap, type ActionId } from '../ui/keymap.ts'
import { Sheet } from '../ui/sheet.tsx'

/** The list is what was offered when the palette was opened. */
export function Palette({ onClose }: { onClose: () => void }): ReactNode {
  const t = useText()
  const id = useId()
  const actions = useActions()
  const [offered] = useState(() => actions.offered().filter((one) => one !== 'palette'))
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const named = offered.map((one) => ({
    id: one,
    title: t(keymap[one].title, { n: one.slice(-1) }),
    keys: keyCapText(keymap[one].keys),
  }))
  const found = findActions(named, text)
  const run = (action: ActionId | undefined): void => {
    if (action === undefined) return
    onClose()
    // First the focus goes back to where it was: some actions work on it.
    setTimeout(() => actions.run(action))
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 8, PageUp: at - 8 }[event.key]
    if (to !== undefined) setAt(Math.max(0, Math.min(to, found.length - 1)))
    else if (event.key === 'Enter') run(found[at]?.id)
    else return
    event.preventDefault()
  }
  return (
    <Sheet title={t('palette.title')} onClose={onClose} className="palette">
      <div className="field">
        <label htmlFor={id}>{t('palette.text')}</label>
        <input
          id={id}
          className="input"
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={found.length === 0 ? undefined : `${id}-${at}`}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setAt(0)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <ul id={`${id}-list`} role="listbox" aria-label={t('palette.title')} className="palette-list">
        {found.map((action, index) => (
          <PaletteOption
            key={action.id}
            id={`${id}-${index}`}
            title={action.title}
            keys={action.keys}
            isChosen={index === at}
            onRun={() => run(action.id)}
          />
        ))}
      </ul>
      <p className="sr" role="status">
        {t('palette.count', { n: found.length })}
      </p>
      {found.length === 0 && <p className="empty dim">{t('palette.none')}</p>}
    </Sheet>
  )
}

type OptionProps = {
  readonly id: string
  readonly title: string
  readonly keys: string
  readonly isChosen: boolean
  readonly onRun: () => void
}

function PaletteOption({ id, title, keys, isChosen, onRun }: OptionProps): ReactNode {
  return (
    <li
      id={id}
      role="option"
      aria-selected={isChosen}
      className={isChosen ? 'at' : ''}
      ref={(item) => {
        if (isChosen) item?.scrollIntoView?.({ block: 'nearest' })
      }}
      onClick={onRun}
    >
      <span className="cut">{title}</span>
      <kbd>{keys}</kbd>
    </li>
  )
}
