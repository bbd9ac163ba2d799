// First start of a live site: makes the first admin and shows the recovery code once.
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { isFault } from '#domain/fault.ts'
import { useCommand } from '../link/use-command.ts'
import { useText } from '../text/text.ts'
import { useFaultText } from '../ui/messages.tsx'
import { PlainField } from '../ui/plain-field.tsx'

type Props = { readonly onMaking: () => void; readonly onDone: () => void }

/** Stays on the screen until the recovery code was read, although the site has its admin by then. */
export function FirstAdmin({ onMaking, onDone }: Props): ReactNode {
  const t = useText()
  const words = useFaultText()
  const create = useCommand('createFirstAdmin')
  const first = useRef<HTMLInputElement>(null)
  const [values, setValues] = useState({ operator: '', name: '', pin: '', again: '' })
  const [isDifferent, setIsDifferent] = useState(false)
  const [recoveryCode, setRecoveryCode] = useState<string | null>(null)
  useEffect(() => first.current?.focus(), [])
  if (recoveryCode !== null) return <RecoveryCode code={recoveryCode} onDone={onDone} />
  const submit = async (): Promise<void> => {
    setIsDifferent(values.pin !== values.again)
    if (values.pin !== values.again) return
    onMaking()
    const reply = await create.run({
      operator: values.operator.trim().toLowerCase(),
      name: values.name,
      pin: values.pin,
    })
    if (!isFault(reply)) setRecoveryCode(reply.recoveryCode)
  }
  const field = (name: keyof typeof values, type: 'text' | 'password'): ReactNode => (
    <PlainField
      inputRef={name === 'operator' ? first : undefined}
      id={`admin-${name}`}
      label={t(`signIn.admin.${name}`)}
      type={type}
      value={values[name]}
      onText={(text) => setValues({ ...values, [name]: text })}
    />
  )
  return (
    <form
      className="pin-form"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <p className="dim">{t('signIn.adminHint')}</p>
      {field('operator', 'text')}
      {field('name', 'text')}
      {field('pin', 'password')}
      {field('again', 'password')}
      <div role="alert">
        {isDifferent && <p className="fault">{t('signIn.pinsDiffer')}</p>}
        {create.fault !== null && <p className="fault">{words(create.fault)}</p>}
      </div>
      <button type="submit" className="btn primary" disabled={create.isRunning}>
        {t('signIn.createAdmin')} <kbd>Enter</kbd>
      </button>
    </form>
  )
}

function RecoveryCode({ code, onDone }: { code: string; onDone: () => void }): ReactNode {
  const t = useText()
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => button.current?.focus(), [])
  return (
    <div className="pin-form" role="status">
      <p>{t('signIn.recovery')}</p>
      <p className="recovery mono">{code}</p>
      <p className="warn">{t('signIn.recoveryOnce')}</p>
      <button ref={button} type="button" className="btn primary" onClick={onDone}>
        {t('signIn.recoveryRead')} <kbd>Enter</kbd>
      </button>
    </div>
  )
}
