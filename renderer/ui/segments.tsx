// A choice out of two to six, all of them in sight. Native radio buttons, so the arrows choose and Tab passes on.
import { useId, type ReactNode } from 'react'
import type { Choosable } from './choice.tsx'

type Props = {
  readonly label: string
  readonly value: string
  readonly options: readonly Choosable[]
  readonly onChoose: (code: string) => void
  /** The label is read out only. */
  readonly isLabelHidden?: boolean
}

/** A labelled segmented control. */
export function Segments({ label, value, options, onChoose, isLabelHidden }: Props): ReactNode {
  const name = useId()
  return (
    <fieldset className="segments">
      <legend className={isLabelHidden === true ? 'sr' : 'label'}>{label}</legend>
      <div className="seg">
        {options.map((option) => (
          <label key={option.code} className={option.code === value ? 'chosen' : ''}>
            <input
              type="radio"
              name={name}
              value={option.code}
              checked={option.code === value}
              onChange={() => onChoose(option.code)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
