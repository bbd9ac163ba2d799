// A command as a component uses it: run it, see the refusal, know that it is still running.
import { useCallback, useRef, useState } from 'react'
import type { CommandName, commands } from '#contract/commands.ts'
import type { InputOf, OutputOf } from '#contract/port.ts'
import { isFault, type Fault } from '#domain/fault.ts'
import { useDesk } from './desk.ts'

type Reply<K extends CommandName> = OutputOf<(typeof commands)[K]> | Fault
export type Command<K extends CommandName> = {
  readonly run: (input: InputOf<(typeof commands)[K]>) => Promise<Reply<K>>
  /** The refusal of the last run; null after a success and while running. */
  readonly fault: Fault | null
  readonly isRunning: boolean
}

/** Runs one command of the table; pressing again for the same thing while it runs counts as one. */
export function useCommand<K extends CommandName>(name: K): Command<K> {
  const { core } = useDesk()
  const [state, setState] = useState<{ fault: Fault | null; isRunning: boolean }>({ fault: null, isRunning: false })
  const running = useRef(new Map<string, Promise<Reply<K>>>())
  const run = useCallback(
    (input: InputOf<(typeof commands)[K]>): Promise<Reply<K>> => {
      const key = JSON.stringify(input)
      const same = running.current.get(key)
      if (same !== undefined) return same
      setState({ fault: null, isRunning: true })
      const reply = core.call(name, input).then((value) => {
        running.current.delete(key)
        setState({ fault: isFault(value) ? value : null, isRunning: running.current.size > 0 })
        return value
      })
      running.current.set(key, reply)
      return reply
    },
    [core, name],
  )
  return { run, ...state }
}
