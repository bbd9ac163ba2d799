// Small marks used on several panels: priority, incident in hand, record state, typed later from paper.
import type { ReactNode } from 'react'
import { IconCloudCheck, IconCloudUpload, IconDeviceFloppy, IconNotes, IconPencil } from './icons.ts'
import type { Priority } from '#domain/incident.ts'
import type { Zone } from '#domain/time.ts'
import { momentText } from '../text/format.ts'
import { useText } from '../text/text.ts'

/** P1 to P4; P1 and P2 solid, P3 and P4 outlined. */
export function PriorityBadge({ priority }: { priority: Priority | null }): ReactNode {
  return priority === null ? (
    <span className="prio none">–</span>
  ) : (
    <span className={`prio ${priority.toLowerCase()}`}>{priority}</span>
  )
}

/** The one mark of the incident in hand; nothing else on the screen looks like it. */
export function HandMark({ label }: { label: string }): ReactNode {
  return (
    <span className="hand-mark">
      <IconPencil className="i" aria-hidden />
      {label}
    </span>
  )
}

type PaperProps = {
  readonly at: number
  readonly zone: Zone
  readonly by?: string
  readonly size?: 'icon' | 'word' | 'all'
}

/** The time beside it stood on paper; `at` and `by`: when it was typed and by whom. The icon alone where there is no room for a word. */
export function PaperMark({ at, zone, by, size = 'word' }: PaperProps): ReactNode {
  const t = useText()
  const typed = { at: momentText(at, zone), by: by ?? '' }
  const words = by === undefined ? t('paper.typedAt', typed) : t('paper.typed', typed)
  return (
    <span className={`paper-mark dim ${size}`} title={words}>
      <IconNotes className="i" aria-hidden />
      {size === 'icon' ? (
        <span className="sr">{t('paper.mark')}</span>
      ) : (
        <span className="cut">{size === 'all' ? words : t('paper.mark')}</span>
      )}
    </span>
  )
}

export type RecordState = 'local' | 'sent' | 'confirmed'
const recordIcon = { local: IconDeviceFloppy, sent: IconCloudUpload, confirmed: IconCloudCheck } as const

/** local, sent or confirmed, as icon and word. */
export function RecordMark({ state }: { state: RecordState }): ReactNode {
  const t = useText()
  const Icon = recordIcon[state]
  return (
    <span className="state">
      <Icon className="i" aria-hidden /> {t(`record.${state}`)}
    </span>
  )
}
