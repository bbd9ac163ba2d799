// A panel over the screen that blocks nothing: calls, alarms and keys go on. Esc closes it and gives the focus back.
import { useId, useRef, type ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import { useText } from '../text/text.ts'
import { useBorrowedFocus } from './borrowed-focus.ts'
import { IconX } from './icons.ts'

type Props = {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  readonly className?: string
}

/** A non-modal dialog; the focus goes into its first field because the operator asked for it. */
export function Sheet({ title, onClose, children, className }: Props): ReactNode {
  const t = useText()
  const id = useId()
  const sheet = useRef<HTMLElement>(null)
  useBorrowedFocus(sheet, 'input, select, textarea')
  return (
    <section
      ref={sheet}
      className={`sheet panel ${className ?? ''}`}
      role="dialog"
      aria-labelledby={id}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose()
      }}
    >
      <div className="head">
        <h2 id={id}>{title}</h2>
        <span className="grow" />
        <Button className="btn small" onPress={onClose}>
          <IconX className="i" aria-hidden /> {t('common.close')} <kbd>Esc</kbd>
        </Button>
      </div>
      {children}
    </section>
  )
}
