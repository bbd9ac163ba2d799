// A labelled input of a small form: sign-in, first admin, daily log. The form of an incident has fields of its own.
import type { InputHTMLAttributes, ReactNode, Ref } from 'react'

type Props = Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'id'> & {
  readonly id: string
  readonly label: string
  readonly onText: (text: string) => void
  readonly inputRef?: Ref<HTMLInputElement> | undefined
}

/** Nothing is completed, corrected or remembered by the browser. */
export function PlainField({ id, label, onText, inputRef, className, ...input }: Props): ReactNode {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        ref={inputRef}
        id={id}
        className={`input ${className ?? ''}`}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onChange={(event) => onText(event.target.value)}
        {...input}
      />
    </div>
  )
}
