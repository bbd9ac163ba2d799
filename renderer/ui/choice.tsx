// A choice out of a short, fixed list. Behaviour by React Aria: arrows, type-ahead, Enter, Esc.
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import { Label } from 'react-aria-components/Label'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { Popover } from 'react-aria-components/Popover'
import { Select, SelectValue } from 'react-aria-components/Select'
import { IconCheck, IconChevronDown } from './icons.ts'
import { listPlace } from './portal.ts'

export type Choosable = { readonly code: string; readonly label: string }
type Props = {
  readonly label: ReactNode
  readonly value: string | null
  readonly options: readonly Choosable[]
  readonly onChoose: (code: string) => void
  readonly className?: string
  readonly placeholder?: string
}

/** A labelled field that opens a list. */
export function Choice({ label, value, options, onChoose, className, placeholder }: Props): ReactNode {
  return (
    <Select
      className={`field ${className ?? ''}`}
      selectedKey={value}
      onSelectionChange={(key) => key !== null && onChoose(String(key))}
      placeholder={placeholder ?? ' '}
    >
      <Label className="label">{label}</Label>
      <Button className="input choice">
        <SelectValue className="cut">
          {({ selectedText, defaultChildren }) => selectedText ?? defaultChildren}
        </SelectValue>
        <IconChevronDown className="i" aria-hidden />
      </Button>
      <Popover className="popover" offset={4} UNSTABLE_portalContainer={listPlace()}>
        <ListBox className="list-box" items={options.map((option) => ({ ...option, id: option.code }))}>
          {(option) => (
            <ListBoxItem id={option.code} textValue={option.label} className="option">
              {({ isSelected }) => (
                <>
                  <span>{option.label}</span>
                  {isSelected && <IconCheck className="i" aria-hidden />}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  )
}
