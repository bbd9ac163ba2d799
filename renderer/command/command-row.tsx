// The row under everything: the command line, the last message, and the last own action with how to take it back.
import type { ReactNode } from 'react'
import type { CommandAct, CommandWorld } from '#domain/command-line.ts'
import { MessageLine } from '../ui/messages.tsx'
import { CommandLine } from './command-line.tsx'
import { LastAction } from './last-action.tsx'

type Props = {
  readonly world: CommandWorld
  readonly onAct: (act: CommandAct) => Promise<boolean>
}

/** Stands on every screen of a signed-in operator. */
export function CommandRow({ world, onAct }: Props): ReactNode {
  return (
    <div className="panel command">
      <CommandLine world={world} onAct={onAct} />
      <MessageLine />
      <LastAction />
    </div>
  )
}
