// A recovery code where it is read once, and making a new one while an admin is signed in.
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { isFault, type Fault } from '#domain/fault.ts'
import { useCommand } from '../link/use-command.ts'
import { useText } from '../text/text.ts'
import { useFaultText } from '../ui/messages.tsx'

/** Stays until somebody says that it was written down. */
export function RecoveryCode({ code, onDone }: { code: string; onDone: () => void }): ReactNode {
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

/** Says what it means before it makes one: the paper in the safe is void from then on. Enter makes it, Esc goes back. */
export function NewRecoveryCode({ onDone }: { onDone: () => void }): ReactNode {
  const t = useText()
  const words = useFaultText()
  const { run, isRunning } = useCommand('newRecoveryCode')
  const button = useRef<HTMLButtonElement>(null)
  const [code, setCode] = useState<string | null>(null)
  const [refused, setRefused] = useState<Fault | null>(null)
  useEffect(() => button.current?.focus(), [])
  if (code !== null) return <RecoveryCode code={code} onDone={onDone} />
  const make = async (): Promise<void> => {
    const reply = await run({})
    if (isFault(reply)) setRefused(reply)
    else setCode(reply.recoveryCode)
  }
  return (
    <div className="pin-form">
      <p>{t('people.recovery.hint')}</p>
      {refused !== null && (
        <p className="fault" role="alert">
          {words(refused)}
        </p>
      )}
      <button ref={button} type="button" className="btn primary" disabled={isRunning} onClick={() => void make()}>
        {t('people.recovery.make')} <kbd>Enter</kbd>
      </button>
      <button type="button" className="btn" onClick={onDone}>
        {t('common.stop')} <kbd>Esc</kbd>
      </button>
    </div>
  )
}
