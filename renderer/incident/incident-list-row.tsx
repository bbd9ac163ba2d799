// One incident in the list of all incidents. Draws what core found and nothing else.
import { memo, type ReactNode } from 'react'
import type { IncidentId } from '#domain/id.ts'
import type { Zone } from '#domain/time.ts'
import { momentText, personText } from '../text/format.ts'
import { useText } from '../text/text.ts'
import { IconChevronRight } from '../ui/icons.ts'
import { HandMark, PaperMark, PriorityBadge, RecordMark } from '../ui/marks.tsx'
import { StatusIcon } from '../ui/step-icon.tsx'
import type { FoundRow } from './find.ts'
import { useTypes } from './reference.ts'
import { useReferenceWords } from '../ui/reference-words.ts'

export const listColumns = ['no', 'prio', 'type', 'place', 'status', 'opened', 'reports', 'data', 'note', 'by'] as const

type Props = {
  readonly row: FoundRow
  readonly index: number
  readonly zone: Zone
  readonly isInHand: boolean
  readonly isCursor: boolean
  readonly onFocus: (incident: string) => void
  readonly onOpen: (incident: IncidentId) => void
}

/** A row of the grid; the one with the cursor is in the tab order. */
export const IncidentListRow = memo(function IncidentListRow(props: Props): ReactNode {
  const { row, index, zone, isInHand, isCursor, onFocus, onOpen } = props
  const types = useTypes()
  const place = [row.landmark, row.village].filter((part) => part !== null).join(', ')
  return (
    <tr
      className={`${isInHand ? 'hand' : ''} ${isCursor ? 'cursor' : ''}`}
      aria-current={isInHand}
      aria-rowindex={index + 2}
      tabIndex={isCursor ? 0 : -1}
      data-row={row.incident}
      onFocus={() => onFocus(row.incident)}
      onClick={() => onOpen(row.incident)}
    >
      <td className="mono">
        {isCursor && !isInHand && <IconChevronRight className="i chevron" aria-hidden />}
        {isInHand ? <HandMark label={row.label} /> : row.label}
      </td>
      <td>
        <PriorityBadge priority={row.priority} />
      </td>
      <td title={row.type === null ? undefined : types.labelOf(row.type)}>
        {row.type !== null && <span className="code">{row.type}</span>}
        {row.type === null ? '–' : types.labelOf(row.type)}
      </td>
      <td title={place}>{place === '' ? '–' : place}</td>
      <StatusCell row={row} />
      <td className="mono">
        {momentText(row.openedAt, zone)} {row.typedAt !== null && <PaperMark at={row.typedAt} zone={zone} />}
      </td>
      <td className="r mono">{row.reports}</td>
      <td>
        <RecordMark state={row.recordState} />
      </td>
      <td title={row.lastNote ?? undefined}>{row.lastNote ?? ''}</td>
      <td title={row.by}>{personText(row.by)}</td>
    </tr>
  )
})

/** How it ended says more than that it is closed. */
function StatusCell({ row }: { row: FoundRow }): ReactNode {
  const t = useText()
  const { dispositions } = useReferenceWords()
  const result = dispositions.find(({ code }) => code === row.disposition)?.label
  const isEnded = row.status === 'ditutup' || row.status === 'dibatalkan'
  const text = isEnded && result !== undefined ? result : t(`incidentStatus.${row.status}`)
  return (
    <td title={text}>
      <StatusIcon status={row.status} /> {text}
    </td>
  )
}
