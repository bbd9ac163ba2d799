// A text field with suggestions of our own ranking. Enter takes the first one; free text is kept as typed.
import { useRef, useState, type KeyboardEvent, type ReactNode, type Ref } from 'react'
import { Button } from 'react-aria-components/Button'
import { ComboBox } from 'react-aria-components/ComboBox'
import { Input } from 'react-aria-components/Input'
import { Label } from 'react-aria-components/Label'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { Popover } from 'react-aria-components/Popover'
import { IconChevronDown } from './icons.ts'
import { listPlace } from './portal.ts'

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
  readonly inputRef?: Ref<HTMLInputElement>
  readonly className?: string
  readonly describedBy?: string
  readonly onFocus?: () => void
}

/** Behaviour by React Aria; the first match on Enter is ours. */
export function Combo(props: Props): ReactNode {
  const { text, search, onText, onPick, onLeave } = props
  const [isSearching, setIsSearching] = useState(false)
  const input = useRef<HTMLInputElement | null>(null)
  const options = isSearching ? search(text) : []
  const pick = (option: Option): void => {
    setIsSearching(false)
    onPick(option)
  }
  const leave = (): void => {
    setIsSearching(false)
    onLeave()
  }
  const onKeyDownCapture = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown' && !isSearching) setIsSearching(true)
    if (event.key !== 'Enter' || (input.current?.getAttribute('aria-activedescendant') ?? '') !== '') return
    event.preventDefault()
    event.stopPropagation()
    const first = options[0]
    if (first === undefined) leave()
    else pick(first)
  }
  return (
    <ComboBox
      className={`field ${props.className ?? ''}`}
      items={options}
      inputValue={text}
      selectedKey={null}
      allowsCustomValue
      onInputChange={(next) => {
        if (next === text) return
        setIsSearching(true)
        onText(next)
      }}
      onSelectionChange={(key) => {
        const option = options.find(({ id }) => id === key)
        if (option !== undefined) pick(option)
      }}
      onFocus={() => props.onFocus?.()}
      onBlur={leave}
    >
      <Label>{props.label}</Label>
      <div className="input-box" onKeyDownCapture={onKeyDownCapture}>
        <Input
          className="input"
          spellCheck={false}
          ref={(element) => {
            input.current = element
            assign(props.inputRef, element)
          }}
          {...(props.describedBy === undefined ? {} : { 'aria-describedby': props.describedBy })}
        />
        <Button className="input-button" onPress={() => setIsSearching(true)}>
          <IconChevronDown className="i" aria-hidden />
        </Button>
      </div>
      <Popover className="popover" offset={4} UNSTABLE_portalContainer={listPlace()}>
        <ListBox className="list-box" items={options}>
          {(option: Option) => (
            <ListBoxItem id={option.id} textValue={option.name} className="option">
              <span>{option.name}</span>
              {option.parent !== undefined && <span className="parent">{option.parent}</span>}
              {option.kind !== undefined && <span className="kind">{option.kind}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}

function assign(ref: Ref<HTMLInputElement> | undefined, element: HTMLInputElement | null): void {
  if (typeof ref === 'function') ref(element)
  else if (ref) ref.current = element
}
