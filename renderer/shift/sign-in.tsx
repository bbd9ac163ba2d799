// Sign-in by operator code and PIN. Works without any network; the lock after wrong tries is core's.
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { isFault, type Fault } from '#domain/fault.ts'
import type { QueryOutput } from '#contract/queries.ts'
import { useDesk } from '../link/desk.ts'
import { useLive } from '../link/use-live.ts'
import { useText } from '../text/text.ts'
import { ActionButton } from '../ui/action-button.tsx'
import { IconHeadset } from '../ui/icons.ts'
import { useFaultText } from '../ui/messages.tsx'
import { PlainField } from '../ui/plain-field.tsx'
import { FirstAdmin } from './first-admin.tsx'
import { Lock } from './person-fields.tsx'
import { RecoverAdmin } from './recover-admin.tsx'

type Known = QueryOutput<'session'>['known']
/** PIN of the operators of the trial site; they exist in trial mode only. */
const trialPin = '112112'

/** The screen of a desk where nobody is signed in. */
export function SignIn(): ReactNode {
  const t = useText()
  const { value: station } = useLive('station', {})
  const { value: session } = useLive('session', {})
  const [isMaking, setIsMaking] = useState(false)
  const [isRecovering, setIsRecovering] = useState(false)
  const needsAdmin = session?.needsFirstAdmin === true || isMaking
  const title = needsAdmin ? 'signIn.firstAdmin' : isRecovering ? 'signIn.recoverAdmin' : 'signIn.title'
  return (
    <div className="sign-in">
      <section className="panel" aria-labelledby="h-sign-in">
        <div className="title">
          <IconHeadset className="i" aria-hidden />
          <div>
            <h1 id="h-sign-in">{t(title)}</h1>
            <p className="dim">
              {station === undefined
                ? t('signIn.starting')
                : `${station.siteName} · ${t('clock.desk', { member: station.member })}`}
            </p>
          </div>
        </div>
        {needsAdmin ? (
          <FirstAdmin onMaking={() => setIsMaking(true)} onDone={() => setIsMaking(false)} />
        ) : isRecovering ? (
          <RecoverAdmin onEnd={() => setIsRecovering(false)} />
        ) : (
          <PinForm known={session?.known ?? []} isTrial={station?.isTrial === true} />
        )}
        {station?.isTrial === false && !needsAdmin && !isRecovering && (
          <ActionButton action="recoverAdmin" onRun={() => setIsRecovering(true)}>
            {t('signIn.recoverAdmin')}
          </ActionButton>
        )}
      </section>
    </div>
  )
}

type FormProps = { readonly known: Known; readonly isTrial: boolean }

function PinForm({ known, isTrial }: FormProps): ReactNode {
  const t = useText()
  const { core } = useDesk()
  const codeInput = useRef<HTMLInputElement>(null)
  const pinInput = useRef<HTMLInputElement>(null)
  const [code, setCode] = useState('')
  const [pin, setPin] = useState('')
  const [fault, setFault] = useState<Fault | null>(null)
  const [isRunning, setIsRunning] = useState(false)
  useEffect(() => codeInput.current?.focus(), [])
  const signIn = async (): Promise<void> => {
    if (isRunning) return
    setIsRunning(true)
    const reply = await core.call('signIn', { operator: code.trim().toLowerCase(), pin })
    setIsRunning(false)
    setPin('')
    if (!isFault(reply)) return
    setFault(reply)
    pinInput.current?.focus()
  }
  return (
    <>
      <form
        className="pin-form"
        onSubmit={(event) => {
          event.preventDefault()
          void signIn()
        }}
      >
        <PlainField inputRef={codeInput} id="code" label={t('signIn.code')} value={code} onText={setCode} />
        <PlainField
          inputRef={pinInput}
          id="pin"
          label={t('signIn.pin')}
          className="mono"
          type="password"
          inputMode="numeric"
          value={pin}
          aria-describedby="sign-in-fault"
          onText={setPin}
        />
        <div id="sign-in-fault" role="alert">
          {fault !== null && <Refusal fault={fault} />}
        </div>
        <button type="submit" className="btn primary" disabled={isRunning}>
          {t('signIn.enter')} <kbd>Enter</kbd>
        </button>
      </form>
      {isTrial && known.length > 0 && (
        <TrialOperators
          known={known}
          onChoose={(chosen) => {
            setCode(chosen)
            setPin(trialPin)
            pinInput.current?.focus()
          }}
        />
      )}
    </>
  )
}

function Refusal({ fault }: { fault: Fault }): ReactNode {
  const words = useFaultText()
  return fault.fault === 'locked' ? (
    <Lock fault={fault} text="signIn.locked" />
  ) : (
    <p className="fault">{words(fault)}</p>
  )
}

function TrialOperators({ known, onChoose }: { known: Known; onChoose: (code: string) => void }): ReactNode {
  const t = useText()
  return (
    <div className="trial-operators">
      <h2>{t('signIn.trialOperators')}</h2>
      <p className="dim">{t('signIn.trialPin', { pin: trialPin })}</p>
      <ul>
        {known.map(({ operator, name, role }) => (
          <li key={operator}>
            <button type="button" className="btn" onClick={() => onChoose(operator)}>
              <b className="mono">{operator}</b>
              <span>{name}</span>
              <span className="dim">{t(`role.${role}`)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
