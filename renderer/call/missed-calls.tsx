// Calls nobody answered and that nobody followed up yet, with one key to call back. They stay until dealt with.
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { FollowUp } from '#domain/call.ts'
import { clockText, type Zone } from '#domain/time.ts'
import { useDesk } from '../link/desk.ts'
import { useLive } from '../link/use-live.ts'
import { elapsedText, personText } from '../text/format.ts'
import { useText, type Translate } from '../text/text.ts'
import { isKeyOf, useAction } from '../ui/actions.tsx'
import { IconAlertTriangle, IconPhone, IconPhoneX } from '../ui/icons.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import type { ActionId } from '../ui/keymap.ts'
import { useTell } from '../ui/messages.tsx'
import { useRows } from '../ui/use-rows.ts'
import { numberText } from './call-text.ts'

type Missed = ReturnType<typeof useMissed>['rows'][number]

function useMissed() {
  const { value } = useLive('missedCalls', {})
  return { total: value?.total ?? 0, rows: value?.rows ?? [] }
}

/** What is done about a missed call; by key while the focus is in the list, by button on its row. */
function useFollowUp(): {
  callBack: (row: Missed) => void
  mark: (row: Missed, followUp: FollowUp) => void
  canDial: boolean
} {
  const tell = useTell()
  const { core } = useDesk()
  const { value: calls } = useLive('calls', {})
  return {
    canDial: calls?.exchange.capabilities.includes('dial') === true,
    callBack: (row) =>
      void (row.number !== null && tell(core.call('dialNumber', { number: row.number, call: row.call }))),
    mark: (row, followUp) => void tell(core.call('setFollowUp', { call: row.call, followUp })),
  }
}

const marks: readonly { action: ActionId; followUp: FollowUp }[] = [
  { action: 'missedReached', followUp: 'dihubungi' },
  { action: 'missedUnreached', followUp: 'tidak-diangkat' },
  { action: 'missedDone', followUp: 'selesai' },
]

/** The list. Ctrl+H calls back the row in hand, or the newest one. */
export function MissedCalls(): ReactNode {
  const t = useText()
  const { total, rows } = useMissed()
  const { callBack, mark, canDial } = useFollowUp()
  const list = useRef<HTMLOListElement>(null)
  const [at, setAt] = useState<string | null>(null)
  // Whom somebody is calling back just now is not called a second time by the same key.
  const current =
    rows.find(({ call }) => call === at) ?? rows.find(({ followUp }) => followUp !== 'dihubungi') ?? rows[0]
  const { onKeyDown, isCurrent } = useRows(rows, ({ call }) => call, current?.call ?? null, setAt, list)
  useAction('toMissed', () => list.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus())
  useAction('callBack', canDial && current !== undefined && current.number !== null ? () => callBack(current) : null)
  const onKey = (event: KeyboardEvent): void => {
    if (current === undefined || event.target instanceof HTMLButtonElement) return
    const found = marks.find(({ action }) => isKeyOf(action, event))
    if (found !== undefined) mark(current, found.followUp)
    else if (isKeyOf('callRow', event) && canDial) callBack(current)
    else onKeyDown(event)
  }
  return (
    <section className="panel missed" aria-labelledby="h-missed">
      <div className="head">
        <IconPhoneX className="i" aria-hidden />
        <h2 id="h-missed">{t('missed.title')}</h2>
        <KeyCap action="toMissed" />
        <span className="grow" />
        <span role="status">{t('missed.total', { n: total })}</span>
      </div>
      {rows.length === 0 ? (
        <p className="empty dim">{t('missed.none')}</p>
      ) : (
        <ol ref={list} aria-labelledby="h-missed" onKeyDown={onKey}>
          {rows.map((row) => (
            <MissedRow
              key={row.call}
              row={row}
              isCurrent={isCurrent(row)}
              onFocus={() => setAt(row.call)}
              onCallBack={canDial && row.number !== null ? () => callBack(row) : null}
              onMark={(followUp) => mark(row, followUp)}
            />
          ))}
        </ol>
      )}
    </section>
  )
}

function endText(row: Missed, t: Translate): string {
  const line = t('call.line', { line: row.line })
  if (row.kind === 'silent') return line
  const isAbandoned = row.endReason === 'abandoned' || row.endReason === 'caller-hangup'
  return `${t(isAbandoned ? 'missed.abandoned' : 'missed.unanswered', { time: elapsedText(row.waitedMs) })} · ${line}`
}

/** What was done, by whom and when; also by somebody who did not know of it, and that the caller was reached since. */
function FollowUpText({ row, zone }: { row: Missed; zone: Zone | undefined }): ReactNode {
  const t = useText()
  const time = (at: number): string => (zone === undefined ? '' : clockText(at, zone).slice(0, 5))
  const others =
    row.others.length === 0 ? '' : ` · ${t('missed.also', { names: row.others.map(personText).join(', ') })}`
  return (
    <>
      {row.reachedAt !== null && <span className="ok">{t('missed.reached', { time: time(row.reachedAt) })}</span>}
      <span className={row.followUp === 'belum' ? 'warn' : ''}>{t(`followUp.${row.followUp}`)}</span>
      {row.by !== null && (
        <span className="dim">
          {personText(row.by)} {row.followUpAt !== null && time(row.followUpAt)}
          {others}
        </span>
      )}
    </>
  )
}

type RowProps = {
  readonly row: Missed
  readonly isCurrent: boolean
  readonly onFocus: () => void
  readonly onCallBack: (() => void) | null
  readonly onMark: (followUp: FollowUp) => void
}

function MissedRow({ row, isCurrent, onFocus, onCallBack, onMark }: RowProps): ReactNode {
  const t = useText()
  const { value: station } = useLive('station', {})
  return (
    <li className={isCurrent ? 'current' : ''} tabIndex={isCurrent ? 0 : -1} data-row={row.call} onFocus={onFocus}>
      <div className="line">
        <time>{station === undefined ? '' : clockText(row.offeredAt, station.zone)}</time>
        <b className="num">{numberText(row, t)}</b>
        {row.count > 1 && <b className="times">{t('missed.times', { n: row.count })}</b>}
        {row.kind === 'silent' && (
          <b className="warn">
            <IconAlertTriangle className="i" aria-hidden /> {t('missed.silentAgain')}
          </b>
        )}
        {row.isBlocked && <b className="warn">{t('block.blocked')}</b>}
        <span className="dim cut grow">{endText(row, t)}</span>
        <FollowUpText row={row} zone={station?.zone} />
      </div>
      {isCurrent && (
        <div className="line acts">
          {onCallBack !== null && (
            <button type="button" className="btn small" onClick={onCallBack}>
              <IconPhone className="i" aria-hidden /> {t('missed.callBack')} <KeyCap action="callBack" />
            </button>
          )}
          {marks.map(({ action, followUp }) => (
            <button key={action} type="button" className="btn small in-list" onClick={() => onMark(followUp)}>
              {t(`followUp.mark.${followUp as 'dihubungi' | 'tidak-diangkat' | 'selesai'}`)} <KeyCap action={action} />
            </button>
          ))}
        </div>
      )}
    </li>
  )
}
