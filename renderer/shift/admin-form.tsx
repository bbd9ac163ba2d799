// The form that makes an admin without one being signed in, and the recovery code that stands there afterwards.
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { fault, isFault, type Fault } from '#domain/fault.ts'
import { useText } from '../text/text.ts'
import { OtherFault, PersonLine, useFaultFocus } from './person-fields.tsx'
import { RecoveryCode } from './recovery-code.tsx'

type LineName = 'recoveryCode' | 'operator' | 'name' | 'pin' | 'again'
type Values = Readonly<Record<LineName, string>>
type Props = {
  readonly lines: readonly LineName[]
  readonly hint: 'signIn.adminHint' | 'signIn.recoverHint'
  readonly button: 'signIn.createAdmin' | 'signIn.recoverAdmin'
  readonly make: (values: Values) => Promise<{ readonly recoveryCode: string } | Fault>
  readonly onDone: () => void
  /** Goes back without having made anything; null where there is no way back. */
  readonly onStop: (() => void) | null
}

/** Stays on the screen until the recovery code was read. Enter sends, Esc goes back. */
export function AdminForm({ lines, hint, button, make, onDone, onStop }: Props): ReactNode {
  const t = useText()
  const form = useRef<HTMLFormElement>(null)
  const [values, setValues] = useState<Values>({ recoveryCode: '', operator: '', name: '', pin: '', again: '' })
  const [refused, setRefused] = useState<Fault | null>(null)
  const [isRunning, setIsRunning] = useState(false)
  const [recoveryCode, setRecoveryCode] = useState<string | null>(null)
  useEffect(() => form.current?.querySelector('input')?.focus(), [])
  useFaultFocus(form, refused)
  if (recoveryCode !== null) return <RecoveryCode code={recoveryCode} onDone={onDone} />
  const submit = async (): Promise<void> => {
    if (isRunning) return
    if (values.pin !== values.again) return setRefused(fault('invalid', { field: 'again' }))
    setIsRunning(true)
    const reply = await make({ ...values, operator: values.operator.trim().toLowerCase() })
    setIsRunning(false)
    setRefused(isFault(reply) ? reply : null)
    if (!isFault(reply)) setRecoveryCode(reply.recoveryCode)
  }
  return (
    <form
      ref={form}
      className="pin-form"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onStop?.()
      }}
    >
      <p className="dim">{t(hint)}</p>
      {lines.map((line) => (
        <PersonLine
          key={line}
          field={line}
          label={t(`signIn.admin.${line}`)}
          value={values[line]}
          isSecret={line === 'pin' || line === 'again'}
          fault={refused}
          onChange={(value) => setValues({ ...values, [line]: value })}
        />
      ))}
      <OtherFault fault={refused} fields={lines} />
      <button type="submit" className="btn primary" disabled={isRunning}>
        {t(button)} <kbd>Enter</kbd>
      </button>
      {onStop !== null && (
        <button type="button" className="btn" onClick={onStop}>
          {t('common.stop')} <kbd>Esc</kbd>
        </button>
      )}
    </form>
  )
}
