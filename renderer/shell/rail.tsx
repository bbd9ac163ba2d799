// The rail at the left: the screens that exist and what a person does with the whole desk.
import type { ReactNode } from 'react'
import { useText } from '../text/text.ts'
import { useAction } from '../ui/actions.tsx'
import { IconFileExport, IconHeadset, IconKeyboard, IconLock, IconUsers } from '../ui/icons.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import type { ActionId } from '../ui/keymap.ts'

type Props = {
  readonly onKeys: () => void
  readonly onDailyLog: (() => void) | null
  readonly onOperators: (() => void) | null
  readonly onLock: () => void
}

/** Ctrl+1 brings the focus back to the call screen's form. */
export function Rail({ onKeys, onDailyLog, onOperators, onLock }: Props): ReactNode {
  const t = useText()
  const toForm = (): void => document.querySelector<HTMLElement>('.form .input')?.focus()
  return (
    <nav className="rail" aria-label={t('rail.region')}>
      <span className="logo" aria-hidden="true">
        112
      </span>
      <Item action="callScreen" icon={<IconHeadset className="i" aria-hidden />} isCurrent onRun={toForm}>
        {t('rail.calls')}
      </Item>
      <span className="gap" />
      {onDailyLog !== null && (
        <Item action="dailyLog" icon={<IconFileExport className="i" aria-hidden />} onRun={onDailyLog}>
          {t('rail.dailyLog')}
        </Item>
      )}
      {onOperators !== null && (
        <Item action="operators" icon={<IconUsers className="i" aria-hidden />} onRun={onOperators}>
          {t('rail.operators')}
        </Item>
      )}
      <Item action="keySheet" icon={<IconKeyboard className="i" aria-hidden />} onRun={onKeys}>
        {t('rail.keys')}
      </Item>
      <Item action="signOut" icon={<IconLock className="i" aria-hidden />} onRun={onLock}>
        {t('rail.lock')}
      </Item>
    </nav>
  )
}

type ItemProps = {
  readonly action: ActionId
  readonly icon: ReactNode
  readonly isCurrent?: boolean
  readonly onRun: () => void
  readonly children: ReactNode
}

function Item({ action, icon, isCurrent, onRun, children }: ItemProps): ReactNode {
  useAction(action, onRun)
  return (
    <button type="button" aria-current={isCurrent === true ? 'page' : undefined} onClick={onRun}>
      {icon}
      <span>{children}</span>
      <KeyCap action={action} />
    </button>
  )
}
