// Blocked numbers: ask for a block, and what is asked for and runs; a lead approves, refuses and lifts, by key in the list.
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { QueryOutput } from '#contract/queries.ts'
import { clockText, type Zone } from '#domain/time.ts'
import { useDesk } from '../link/desk.ts'
import { useLive } from '../link/use-live.ts'
import { dayText, personText } from '../text/format.ts'
import { useLanguage, useText } from '../text/text.ts'
import { isKeyOf } from '../ui/actions.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { useTell } from '../ui/messages.tsx'
import { ReasonLine } from '../ui/reason-line.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { useRows } from '../ui/use-rows.ts'
import { BlockForm } from './block-form.tsx'
import { numberText } from './call-text.ts'

type Block = QueryOutput<'blocks'>[number]

/** What a lead does with a row. */
function useDecide() {
  const tell = useTell()
  const { core } = useDesk()
  return {
    decide: ({ block }: Block, approved: boolean) =>
      void tell(core.call('decideBlock', { block, approved, reason: null })),
    lift: ({ block }: Block, reason: string) => void tell(core.call('liftBlock', { block, reason })),
  }
}

/** Alt+N. The number of the call in hand stands in the form already. */
export function BlocksSheet({ onClose }: { onClose: () => void }): ReactNode {
  const t = useText()
  const { value: calls } = useLive('calls', {})
  const { value: session } = useLive('session', {})
  const { value: blocks } = useLive('blocks', {})
  const rows = blocks ?? []
  return (
    <Sheet title={t('block.title')} onClose={onClose} className="blocks-sheet">
      <BlockForm number={calls?.active?.number ?? null} />
      {rows.length === 0 ? (
        <p className="empty dim">{t('block.none')}</p>
      ) : (
        <BlockList rows={rows} isLead={session?.operator?.role === 'lead'} />
      )}
    </Sheet>
  )
}

function BlockList({ rows, isLead }: { rows: readonly Block[]; isLead: boolean }): ReactNode {
  const t = useText()
  const { decide, lift } = useDecide()
  const list = useRef<HTMLOListElement>(null)
  const [at, setAt] = useState<string | null>(null)
  const [lifting, setLifting] = useState<string | null>(null)
  const current = rows.find(({ block }) => block === at) ?? rows[0]
  const { onKeyDown, isCurrent } = useRows(rows, ({ block }) => block, current?.block ?? null, setAt, list)
  const onKey = (event: KeyboardEvent): void => {
    if (current === undefined || event.target instanceof HTMLButtonElement) return
    const isAsked = current.until === null
    if (isLead && isAsked && isKeyOf('approveBlock', event)) decide(current, true)
    else if (isLead && isAsked && isKeyOf('refuseBlock', event)) decide(current, false)
    else if (isLead && !isAsked && isKeyOf('liftBlock', event)) {
      event.preventDefault()
      setLifting(current.block)
    } else onKeyDown(event)
  }
  return (
    <ol ref={list} className="block-list" aria-label={t('block.list')} onKeyDown={onKey}>
      {rows.map((row) => (
        <li
          key={row.block}
          className={isCurrent(row) ? 'current' : ''}
          tabIndex={isCurrent(row) ? 0 : -1}
          data-row={row.block}
          onFocus={() => setAt(row.block)}
        >
          <BlockLine row={row} />
          {isLead && isCurrent(row) && lifting !== row.block && (
            <Acts row={row} onDecide={(approved) => decide(row, approved)} onLift={() => setLifting(row.block)} />
          )}
          {lifting === row.block && (
            <ReasonLine
              label={t('block.liftReason')}
              verb={t('block.lift')}
              onDone={(reason) => {
                lift(row, reason)
                setLifting(null)
              }}
              onStop={() => setLifting(null)}
            />
          )}
        </li>
      ))}
    </ol>
  )
}

function BlockLine({ row }: { row: Block }): ReactNode {
  const t = useText()
  const language = useLanguage()
  const { value: station } = useLive('station', {})
  const when = (time: number, zone: Zone): string =>
    `${dayText(time, zone, language)} ${clockText(time, zone).slice(0, 5)}`
  return (
    <div className="line">
      <b className="num">{numberText(row, t)}</b>
      <span className="grow cut">
        {row.reason ?? '–'} · <span className="dim">{personText(row.requestedBy)}</span>
      </span>
      {row.until === null ? (
        <b className="warn">{t('block.waits', { time: t(`block.hours.${row.hours === 72 ? 72 : 24}`) })}</b>
      ) : (
        <span>
          {station !== undefined && t('block.until', { time: when(row.until, station.zone) })}
          {row.decidedBy !== null && ` · ${personText(row.decidedBy)}`}
        </span>
      )}
    </div>
  )
}

type ActsProps = { readonly row: Block; readonly onDecide: (approved: boolean) => void; readonly onLift: () => void }

function Acts({ row, onDecide, onLift }: ActsProps): ReactNode {
  const t = useText()
  if (row.until !== null) {
    return (
      <div className="line acts">
        <button type="button" className="btn small" onClick={onLift}>
          {t('block.lift')} <KeyCap action="liftBlock" />
        </button>
      </div>
    )
  }
  return (
    <div className="line acts">
      <button type="button" className="btn small" onClick={() => onDecide(true)}>
        {t('block.approve')} <KeyCap action="approveBlock" />
      </button>
      <button type="button" className="btn small" onClick={() => onDecide(false)}>
        {t('block.refuse')} <KeyCap action="refuseBlock" />
      </button>
    </div>
  )
}
