// The inputs of the paper form: labelled, at fault where core says so, and nothing more.
import { useId, type ReactNode } from 'react'
import type { Fault } from '#domain/fault.ts'
import type { PaperTexts } from './paper-text.ts'

export type PaperInput = {
  readonly texts: PaperTexts
  readonly set: (texts: PaperTexts) => void
  readonly fault: Fault | null
}
type FieldProps = PaperInput & {
  readonly field: string
  readonly label: string
  readonly className?: string
  readonly type?: 'date'
  readonly lines?: number
}

/** One line of text, or several. */
export function PaperField({ texts, set, fault, field, label, className, type, lines }: FieldProps): ReactNode {
  const id = useId()
  const common = {
    id,
    className: 'input',
    value: texts[field] ?? '',
    autoComplete: 'off',
    spellCheck: false,
    'aria-invalid': isAtFault(fault, field),
  }
  return (
    <div className={`field ${className ?? ''}`}>
      <label htmlFor={id}>{label}</label>
      {lines === undefined ? (
        <input {...common} type={type ?? 'text'} onChange={(event) => set({ [field]: event.target.value })} />
      ) : (
        <textarea {...common} rows={lines} onChange={(event) => set({ [field]: event.target.value })} />
      )}
    </div>
  )
}

/** Core names the row, the page the very input. */
function isAtFault(fault: Fault | null, field: string): boolean {
  const at = fault?.field
  return at !== undefined && (at === field || field.startsWith(`${at}.`) || (at === 'happenedAt' && field === 'clock'))
}

type SelectProps = Omit<FieldProps, 'type' | 'lines'> & {
  readonly options: readonly { readonly code: string; readonly label: string }[]
  readonly hasNone?: boolean
}

/** A short list; the browser's own, with its arrows and type-ahead. */
export function PaperSelect({ texts, set, fault, field, label, className, options, hasNone }: SelectProps): ReactNode {
  const id = useId()
  return (
    <div className={`field ${className ?? ''}`}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="input"
        value={texts[field] ?? ''}
        aria-invalid={isAtFault(fault, field)}
        onChange={(event) => set({ [field]: event.target.value })}
      >
        {hasNone === true && <option value="">–</option>}
        {options.map(({ code, label: name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </div>
  )
}
