// The row under everything: the last message, and the last own action with how to take it back.
import type { ReactNode } from 'react'
import { MessageLine } from '../ui/messages.tsx'
import { LastAction } from './last-action.tsx'

/** Stands on every screen of a signed-in operator. */
export function CommandRow(): ReactNode {
  return (
    <div className="panel command">
      <span className="grow" />
      <MessageLine />
      <LastAction />
    </div>
  )
}
