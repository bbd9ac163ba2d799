// A button with its key: pressing either does the same. It offers its action for as long as it is on the screen.
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import { useAction } from './actions.tsx'
import { KeyCap } from './key-cap.tsx'
import type { ActionId } from './keymap.ts'

type Props = {
  readonly action: ActionId
  readonly onRun: () => void
  readonly children: ReactNode
  readonly icon?: ReactNode
  readonly className?: string
  readonly isPressed?: boolean
  readonly isDisabled?: boolean
}

/** Verb, optional icon, key cap at the right. */
export function ActionButton({ action, onRun, children, icon, className, isPressed, isDisabled }: Props): ReactNode {
  useAction(action, isDisabled === true ? null : onRun)
  return (
    <Button
      className={`btn ${className ?? ''}`}
      isDisabled={isDisabled === true}
      onPress={onRun}
      {...(isPressed === undefined ? {} : { 'aria-pressed': isPressed })}
    >
      {icon} {children} <KeyCap action={action} />
    </Button>
  )
}
