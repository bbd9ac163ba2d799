// Nobody can sign in as admin any more: the recovery code makes one, and the next code is shown once.
import type { ReactNode } from 'react'
import { useCommand } from '../link/use-command.ts'
import { AdminForm } from './admin-form.tsx'

/** Alt+P on the sign-in screen of a live site. */
export function RecoverAdmin({ onEnd }: { onEnd: () => void }): ReactNode {
  const recover = useCommand('recoverAdmin')
  return (
    <AdminForm
      lines={['recoveryCode', 'operator', 'name', 'pin', 'again']}
      hint="signIn.recoverHint"
      button="signIn.recoverAdmin"
      make={({ recoveryCode, operator, name, pin }) => recover.run({ recoveryCode, operator, name, pin })}
      onDone={onEnd}
      onStop={onEnd}
    />
  )
}
