// Open incidents by priority, then age. Arrows move the row cursor, Enter takes an incident in hand.
import { memo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { IncidentId } from '#domain/id.ts'
import type { QueryOutput } from '#contract/queries.ts'
import { useLive } from '../link/use-live.ts'
import { momentText, personText } from '../text/format.ts'
import { useText } from '../text/text.ts'
import { isKeyOf, useAction } from '../ui/actions.tsx'
import { Elapsed } from '../ui/elapsed.tsx'
import { IconAlertTriangle, IconChevronRight, IconUmbrella, IconUsers } from '../ui/icons.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { HandMark, PaperMark, PriorityBadge, RecordMark } from '../ui/marks.tsx'
import { StatusIcon, StepIcon } from '../ui/step-icon.tsx'
import { useRows } from '../ui/use-rows.ts'
import { usePlaces } from './places.ts'
import { useTypes } from './reference.ts'

type Board = QueryOutput<'board'>
type Row = Board['rows'][number]
const nothing: Board = { total: 0, p1: 0, overdue: 0, rows: [] }
const columns = ['no', 'prio', 'type', 'place', 'ag', 'st', 'age', 'data', 'note', 'by'] as const

type Props = { readonly inHand: IncidentId | null; readonly onOpen: (incident: IncidentId) => void }

/** The board. Opening is the operator's act, so the form may change under his hands. */
export function Board({ inHand, onOpen }: Props): ReactNode {
  const t = useText()
  const board = useLive('board', { limit: 200 }).value ?? nothing
  const table = useRef<HTMLTableElement>(null)
  const [at, setAt] = useState<string | null>(null)
  const current = board.rows.find(({ incident }) => incident === at)?.incident ?? board.rows[0]?.incident ?? null
  const { onKeyDown } = useRows(board.rows, ({ incident }) => incident, current, setAt, table)
  useAction('toBoard', () => table.current?.querySelector<HTMLElement>('tr[tabindex="0"]')?.focus())
  const onKey = (event: KeyboardEvent): void => {
    const row = board.rows.find(({ incident }) => incident === current)
    if (row !== undefined && isKeyOf('openRow', event)) {
      event.preventDefault()
      onOpen(row.incident)
    } else onKeyDown(event)
  }
  return (
    <section className="panel board" aria-labelledby="h-board">
      <BoardHead board={board} />
      <div className="scroll" tabIndex={board.rows.length === 0 ? 0 : -1}>
        <table
          ref={table}
          role="grid"
          aria-labelledby="h-board"
          aria-rowcount={board.rows.length + 1}
          onKeyDown={onKey}
        >
          <colgroup>
            {columns.map((name) => (
              <col key={name} className={`c-${name}`} />
            ))}
          </colgroup>
          <thead>
            <tr>
              {columns.map((name) => (
                <th key={name} scope="col" className={`c-${name} ${name === 'age' ? 'r' : ''}`}>
                  {t(`board.column.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {board.rows.map((row, index) => (
              <BoardRow
                key={row.incident}
                row={row}
                index={index}
                isInHand={row.incident === inHand}
                isCursor={row.incident === current}
                onFocus={setAt}
                onOpen={onOpen}
              />
            ))}
          </tbody>
        </table>
        {board.rows.length === 0 && <p className="empty dim">{t('board.none')}</p>}
      </div>
    </section>
  )
}

function BoardHead({ board }: { board: Board }): ReactNode {
  const t = useText()
  return (
    <div className="head">
      <h2 id="h-board">{t('board.title')}</h2>
      <KeyCap action="toBoard" />
      <span className="grow" />
      <span role="status">{t('board.open', { n: board.total })}</span>
      <span>· {t('board.p1', { n: board.p1 })}</span>
      {board.overdue > 0 && (
        <span className="warn state">
          <IconAlertTriangle className="i" aria-hidden /> {t('board.overdue', { n: board.overdue })}
        </span>
      )}
      <span className="dim">{t('board.order')}</span>
    </div>
  )
}

type RowProps = {
  readonly row: Row
  readonly index: number
  readonly isInHand: boolean
  readonly isCursor: boolean
  readonly onFocus: (incident: string) => void
  readonly onOpen: (incident: IncidentId) => void
}

const BoardRow = memo(function BoardRow({ row, index, isInHand, isCursor, onFocus, onOpen }: RowProps): ReactNode {
  const types = useTypes()
  const places = usePlaces()
  const place = row.village === null ? (row.landmark ?? '–') : places.labelOf(row.village)
  return (
    <tr
      className={`${isInHand ? 'hand' : ''} ${isCursor ? 'cursor' : ''}`}
      aria-current={isInHand}
      aria-rowindex={index + 2}
      tabIndex={isCursor ? 0 : -1}
      data-row={row.incident}
      onFocus={() => onFocus(row.incident)}
      onDoubleClick={() => onOpen(row.incident)}
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
        {row.type === null ? (
          '–'
        ) : (
          <>
            <span className="code">{row.type}</span>
            <Reporters row={row} />
            {types.labelOf(row.type)}
          </>
        )}
      </td>
      <td title={place}>{place}</td>
      <td>
        {row.relays.map((relay) => (
          <RelayMark key={relay.agency} relay={relay} />
        ))}
      </td>
      <StatusCell row={row} />
      <td className="r mono">
        <Age row={row} />
      </td>
      <td>
        <RecordMark state={row.recordState} />
      </td>
      <td className="c-note" title={row.lastNote ?? undefined}>
        {row.lastNote ?? ''}
      </td>
      <td className="c-by" title={row.by}>
        {personText(row.by)}
      </td>
    </tr>
  )
})

/** The sum of all reporters, of merged incidents too; an umbrella says so. */
function Reporters({ row }: { row: Row }): ReactNode {
  const t = useText()
  if (row.reports < 2 && !row.isUmbrella) return null
  return (
    <span className="reporters">
      {row.isUmbrella && (
        <>
          <IconUmbrella className="i" aria-hidden />
          <span className="sr">{t('duplicate.umbrella')}, </span>
        </>
      )}
      <IconUsers className="i" aria-hidden /> {row.reports}
      <span className="sr"> {t('duplicate.reportersWord')} </span>
    </span>
  )
}

/** How long it is open; of what came from paper nobody measured that, so its time stands there. */
function Age({ row }: { row: Row }): ReactNode {
  const { value: station } = useLive('station', {})
  if (row.typedAt === null || station === undefined) return <Elapsed from={row.openedAt} />
  const [day = '', clock = ''] = momentText(row.openedAt, station.zone).split(' ')
  const isToday = day === momentText(row.typedAt, station.zone).split(' ')[0]
  return (
    <>
      <PaperMark size="icon" at={row.typedAt} zone={station.zone} /> {isToday ? clock : day.slice(0, 5)}
    </>
  )
}

function RelayMark({ relay }: { relay: Row['relays'][number] }): ReactNode {
  const t = useText()
  return (
    <span className={`ag ${relay.isOverdue ? 'warn' : ''}`}>
      {relay.isOverdue ? <IconAlertTriangle className="i" aria-hidden /> : <StepIcon step={relay.step} />}{' '}
      {relay.agency}
      <span className="sr"> {t(`step.${relay.step}`)}</span>
    </span>
  )
}

function StatusCell({ row }: { row: Row }): ReactNode {
  const t = useText()
  if (row.overdueSince !== null) {
    return (
      <td className="warn">
        <IconAlertTriangle className="i" aria-hidden /> {t('board.unacknowledged')} <Elapsed from={row.overdueSince} />
      </td>
    )
  }
  return (
    <td>
      <StatusIcon status={row.status} /> {t(`incidentStatus.${row.status}`)}
      {(row.hasNews || row.hasConflict) && (
        <span className="warn"> · {t(row.hasConflict ? 'board.conflict' : 'board.news')}</span>
      )}
    </td>
  )
}
