// A text field with suggestions of our own ranking. Enter takes the first one; free text is kept as typed.
// Made here because every key must be drawn in one frame on a slow desk: React Aria's combobox costs 9 ms of it.
import { useId, useMemo, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react'
import { useText } from '../text/text.ts'
import { IconChevronDown } from './icons.ts'

export type Option = {
  readonly id: string
  /** Tells options apart whose ids hold more than what was meant; without one the id does. */
  readonly key?: string
  readonly name: string
  readonly parent?: string
  readonly kind?: string
  /** Not sure enough to be taken by Enter without being chosen. */
  readonly isWeak?: boolean
}
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
const opened: List = { isOpen: true, at: -1 }

/** The list of a field: what it shows, and what the keys do with it. */
function useList({ text, search, onPick, onLeave }: Pick<Props, 'text' | 'search' | 'onPick' | 'onLeave'>) {
  const [list, setList] = useState(closed)
  const options = useMemo(() => (list.isOpen ? search(text) : []), [list.isOpen, search, text])
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
    const meant = meantBy(list, options)
    if (next !== null) setList(next)
    else if (event.key !== 'Enter') return
    else if (meant === undefined) leave()
    else pick(meant)
    event.preventDefault()
    event.stopPropagation()
  }
  const toggle = (): void => setList(list.isOpen ? closed : opened)
  return { options, at: list.at, onKeyDown, pick, leave, open: () => setList(opened), toggle }
}

/** What Enter takes: the chosen option, else the first one when it is sure enough. */
function meantBy({ at }: List, options: readonly Option[]): Option | undefined {
  const option = options[Math.max(at, 0)]
  return at < 0 && option?.isWeak === true ? undefined : option
}

/** The combobox pattern of WAI-ARIA: the focus stays in the field, the arrows choose in the list. */
export function Combo(props: Props): ReactNode {
  const { label, text, onText, inputRef, describedBy } = props
  const t = useText()
  const id = useId()
  const { options, at, onKeyDown, pick, leave, open, toggle } = useList(props)
  const isShown = options.length > 0
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
          aria-activedescendant={at >= 0 && isShown ? `${id}-${at}` : undefined}
          aria-describedby={describedBy}
          value={text}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            open()
            onText(event.target.value)
          }}
          onKeyDown={onKeyDown}
          onBlur={leave}
        />
        <Chevron
          onPress={() => {
            inputRef.current?.focus()
            toggle()
          }}
        />
      </div>
      <span className="sr" role="status">
        {isShown ? t('form.suggestions', { n: options.length }) : ''}
      </span>
      {isShown && <Suggestions id={id} options={options} at={at} onPick={pick} />}
    </div>
  )
}

/** For the mouse; by keyboard the arrows do the same. */
function Chevron({ onPress }: { onPress: () => void }): ReactNode {
  const t = useText()
  return (
    <button
      type="button"
      className="input-button"
      tabIndex={-1}
      aria-label={t('form.showSuggestions')}
      onMouseDown={(event) => {
        event.preventDefault()
        onPress()
      }}
    >
      <IconChevronDown className="i" aria-hidden />
    </button>
  )
}

/** What a key does to the list; null when it is no key of the list. */
function nextList(list: List, key: string, count: number): List | null {
  if (key === 'Escape') return list.isOpen ? closed : null
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return null
  if (!list.isOpen) return opened
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
          key={option.key ?? option.id}
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
          {index === Math.max(at, 0) && (at >= 0 || option.isWeak !== true) && <kbd>Enter</kbd>}
        </li>
      ))}
    </ul>
  )
}
