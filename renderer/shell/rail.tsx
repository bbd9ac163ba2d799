// The rail at the left: the screens that exist and what a person does with the whole desk.
import type { ReactNode } from 'react'
import { useText } from '../text/text.ts'
import { useAction } from '../ui/actions.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import type { ActionId } from '../ui/keymap.ts'
import { screenIds, screens, type ScreenEntry, type ScreenId } from './screens.ts'

type Props = {
  readonly shown: ScreenId
  readonly onScreen: (screen: ScreenId) => void
  /** Items that are no screens, below. */
  readonly children: ReactNode
}

/** The key of the screen that is shown already brings the focus back into it. */
export function Rail({ shown, onScreen, children }: Props): ReactNode {
  const t = useText()
  const group = (wanted: ScreenEntry['group']): ReactNode =>
    screenIds
      .filter((id) => screens[id].group === wanted)
      .map((id) => <ScreenItem key={id} id={id} isCurrent={id === shown} onScreen={onScreen} />)
  return (
    <nav className="rail" aria-label={t('rail.region')}>
      <span className="logo" aria-hidden="true">
        112
      </span>
      {group('work')}
      <span className="gap" />
      {children}
      {group('program')}
    </nav>
  )
}

type ScreenItemProps = {
  readonly id: ScreenId
  readonly isCurrent: boolean
  readonly onScreen: (screen: ScreenId) => void
}

function ScreenItem({ id, isCurrent, onScreen }: ScreenItemProps): ReactNode {
  const t = useText()
  const { icon: Icon, title, action } = screens[id]
  const run = (): void => {
    if (isCurrent) document.querySelector<HTMLElement>('[data-first-focus], .form .input')?.focus()
    else onScreen(id)
  }
  return (
    <RailItem action={action} icon={<Icon className="i" aria-hidden />} isCurrent={isCurrent} onRun={run}>
      {t(title)}
    </RailItem>
  )
}

type ItemProps = {
  readonly action: ActionId
  readonly icon: ReactNode
  readonly isCurrent?: boolean
  readonly onRun: () => void
  readonly children: ReactNode
}

/** An item with its key. */
export function RailItem({ action, icon, isCurrent, onRun, children }: ItemProps): ReactNode {
  useAction(action, onRun)
  return (
    <button type="button" aria-current={isCurrent === true ? 'page' : undefined} onClick={onRun}>
      {icon}
      <span>{children}</span>
      <KeyCap action={action} />
    </button>
  )
}
