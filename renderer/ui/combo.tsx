// A text field with suggestions of our own ranking. Enter takes the first one; free text is kept as typed.
// Made here because every key must be drawn in one frame on a slow desk: React Aria's combobox costs 9 ms of it.
import { useId, useMemo, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react'
import { useText } from '../text/text.ts'
import { IconChevronDown } from './icons.ts'

export type Option = { readonly id: string; readonly name: string; readonly parent?: string; readonly kind?: string }
type Props = {
  readonly label: ReactNode
  readonly text: string
  /** The suggestions for what is typed, best first. */
  readonly search: (text: string) => readonly Option[]
  readonly onText: (text: string) => void
  readonly onPick: (option: Option) => void
  /** The field is left, or Enter is pressed where nothing is suggested. */
  readonly onLeave: () => void
  readonly inputRef: RefObject<HTMLInputElement | null>
  readonly describedBy?: string
}
/** Closed, or open with no option chosen yet (-1) or one that the arrows chose. */
type List = { readonly isOpen: boolean; readonly at: number }
const closed: List = { isOpen: false, at: -1 }

/** The combobox pattern of WAI-ARIA: the focus stays in the field, the arrows choose in the list. */
export function Combo({ label, text, search, onText, onPick, onLeave, inputRef, describedBy }: Props): ReactNode {
  const t = useText()
  const id = useId()
  const [list, setList] = useState(closed)
  const options = useMemo(() => (list.isOpen ? search(text) : []), [list.isOpen, search, text])
  const isShown = options.length > 0
  const pick = (option: Option): void => {
    setList(closed)
    onPick(option)
  }
  const leave = (): void => {
    setList(closed)
    onLeave()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    const next = nextList(list, event.key, options.length)
    if (next !== null) setList(next)
    else if (event.key === 'Enter') (options[Math.max(list.at, 0)] === undefined ? leave : pickAt)()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const pickAt = (): void => {
    const option = options[Math.max(list.at, 0)]
    if (option !== undefined) pick(option)
  }
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className={`input-box ${isShown ? 'open' : ''}`}>
        <input
          ref={inputRef}
          id={id}
          className="input"
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={isShown}
          aria-controls={isShown ? `${id}-list` : undefined}
          aria-activedescendant={list.at >= 0 && isShown ? `${id}-${list.at}` : undefined}
          aria-describedby={describedBy}
          value={text}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            setList({ isOpen: true, at: -1 })
            onText(event.target.value)
          }}
          onKeyDown={onKeyDown}
          onBlur={leave}
        />
        <button
          type="button"
          className="input-button"
          tabIndex={-1}
          aria-label={t('form.showSuggestions')}
          onMouseDown={(event) => {
            event.preventDefault()
            inputRef.current?.focus()
            setList(list.isOpen ? closed : { isOpen: true, at: -1 })
          }}
        >
          <IconChevronDown className="i" aria-hidden />
        </button>
      </div>
      <span className="sr" role="status">
        {isShown ? t('form.suggestions', { n: options.length }) : ''}
      </span>
      {isShown && <Suggestions id={id} options={options} at={list.at} onPick={pick} />}
    </div>
  )
}

/** What a key does to the list; null when it is no key of the list. */
function nextList(list: List, key: string, count: number): List | null {
  if (key === 'Escape') return list.isOpen ? closed : null
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return null
  if (!list.isOpen) return { isOpen: true, at: -1 }
  if (count === 0) return list
  const step = key === 'ArrowDown' ? 1 : -1
  return { isOpen: true, at: list.at < 0 ? (step === 1 ? 0 : count - 1) : (list.at + step + count) % count }
}

type SuggestionsProps = {
  readonly id: string
  readonly options: readonly Option[]
  readonly at: number
  readonly onPick: (option: Option) => void
}

/** The mouse must not take the focus out of the field before its click arrives. */
function Suggestions({ id, options, at, onPick }: SuggestionsProps): ReactNode {
  const t = useText()
  return (
    <ul id={`${id}-list`} className="list-box suggestions" role="listbox" aria-label={t('form.suggestionList')}>
      {options.map((option, index) => (
        <li
          key={option.id}
          id={`${id}-${index}`}
          className="option"
          role="option"
          aria-selected={index === at}
          data-focused={index === at ? true : undefined}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(option)}
        >
          <span>{option.name}</span>
          {option.parent !== undefined && <span className="parent">{option.parent}</span>}
          {option.kind !== undefined && <span className="kind">{option.kind}</span>}
          {index === Math.max(at, 0) && <kbd>Enter</kbd>}
        </li>
      ))}
    </ul>
  )
}
