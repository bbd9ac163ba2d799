// One line over the screen that says what is wrong. Repairs nothing.
import type { ReactNode } from 'react'
import { IconAlertTriangle, IconDatabase } from '../ui/icons.ts'

type BarProps = {
  readonly tone: 'crit' | 'mild'
  readonly text: string
  readonly isData?: boolean
  readonly children?: ReactNode
}

/** A bar; `children` are its buttons. `isData` marks what concerns stored records. */
export function Bar({ tone, text, isData, children }: BarProps): ReactNode {
  const Icon = isData === true ? IconDatabase : IconAlertTriangle
  return (
    <div className={`notice ${tone}`}>
      <Icon className="i" aria-hidden />
      <span className="grow">{text}</span>
      {children}
    </div>
  )
}
