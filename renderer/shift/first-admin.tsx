// First start of a live site: makes the first admin.
import type { ReactNode } from 'react'
import { isFault } from '#domain/fault.ts'
import { useCommand } from '../link/use-command.ts'
import { AdminForm } from './admin-form.tsx'

type Props = { readonly onMaking: () => void; readonly onDone: () => void }

/** Says that it has begun: the site has its admin before the recovery code was read. */
export function FirstAdmin({ onMaking, onDone }: Props): ReactNode {
  const create = useCommand('createFirstAdmin')
  return (
    <AdminForm
      lines={['operator', 'name', 'pin', 'again']}
      hint="signIn.adminHint"
      button="signIn.createAdmin"
      make={async ({ operator, name, pin }) => {
        onMaking()
        const reply = await create.run({ operator, name, pin })
        // An admin whom core made just before it ended can sign in; nobody waits for a code that is lost.
        if (isFault(reply)) onDone()
        return reply
      }}
      onDone={onDone}
      onStop={null}
    />
  )
}
