// Kejadian: every incident, open and closed, found by words, number, place or person. Opening one takes it in hand.
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { IncidentId } from '#domain/id.ts'
import { priorities } from '#domain/incident.ts'
import type { Zone } from '#domain/time.ts'
import { useLive } from '../link/use-live.ts'
import { useText } from '../text/text.ts'
import { isKeyOf, useAction } from '../ui/actions.tsx'
import { Choice } from '../ui/choice.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { useFaultText } from '../ui/messages.tsx'
import { Segments } from '../ui/segments.tsx'
import { useRows } from '../ui/use-rows.ts'
import { periods, useFinding, type Asked, type Finding } from './find.ts'
import { IncidentListRow, listColumns } from './incident-list-row.tsx'

type Props = {
  readonly asked: Asked
  readonly onAsk: (asked: Asked) => void
  readonly zone: Zone
  readonly inHand: IncidentId
  readonly onOpen: (incident: IncidentId) => void
}

/** The search field has the focus when the screen is opened; the arrow down goes into the list. */
export function IncidentList({ asked, onAsk, zone, inHand, onOpen }: Props): ReactNode {
  const t = useText()
  const finding = useFinding(asked, zone)
  const rows = finding.page?.rows ?? []
  const table = useRef<HTMLTableElement>(null)
  const [at, setAt] = useState<string | null>(null)
  const current = rows.find(({ incident }) => incident === at)?.incident ?? rows[0]?.incident ?? null
  const { onKeyDown } = useRows(rows, ({ incident }) => incident, current, setAt, table)
  const toRows = (): void => table.current?.querySelector<HTMLElement>('tr[tabindex="0"]')?.focus()
  const turn = usePages(asked, onAsk, finding)
  const onKey = (event: KeyboardEvent): void => {
    const row = rows.find(({ incident }) => incident === current)
    if (row !== undefined && isKeyOf('openFound', event)) {
      event.preventDefault()
      onOpen(row.incident)
    } else if (isKeyOf('nextPage', event)) turn.next?.()
    else if (isKeyOf('previousPage', event)) turn.previous?.()
    else onKeyDown(event)
  }
  return (
    <section className="panel incident-list" aria-labelledby="h-list">
      <h1 className="sr">{t('rail.incidents')}</h1>
      <Filter asked={asked} onAsk={onAsk} onDown={toRows} />
      <ListHead finding={finding} turn={turn} pages={asked.pages.length} />
      <div className="scroll" tabIndex={rows.length === 0 ? 0 : -1}>
        <table ref={table} role="grid" aria-labelledby="h-list" aria-rowcount={rows.length + 1} onKeyDown={onKey}>
          <colgroup>
            {listColumns.map((name) => (
              <col key={name} className={`l-${name}`} />
            ))}
          </colgroup>
          <thead>
            <tr>
              {listColumns.map((name) => (
                <th key={name} scope="col" className={name === 'reports' ? 'r' : ''}>
                  {t(`list.column.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <IncidentListRow
                key={row.incident}
                row={row}
                index={index}
                zone={zone}
                isInHand={row.incident === inHand}
                isCursor={row.incident === current}
                onFocus={setAt}
                onOpen={onOpen}
              />
            ))}
          </tbody>
        </table>
        {finding.page !== null && rows.length === 0 && <p className="empty dim">{t('list.none')}</p>}
      </div>
    </section>
  )
}

type Turn = { readonly next: (() => void) | null; readonly previous: (() => void) | null }

function usePages(asked: Asked, onAsk: (asked: Asked) => void, { page }: Finding): Turn {
  const next = page?.next ?? null
  return {
    next: next === null ? null : () => onAsk({ ...asked, pages: [...asked.pages, next] }),
    previous: asked.pages.length < 2 ? null : () => onAsk({ ...asked, pages: asked.pages.slice(0, -1) }),
  }
}

type HeadProps = { readonly finding: Finding; readonly turn: Turn; readonly pages: number }

function ListHead({ finding: { page, fault }, turn, pages }: HeadProps): ReactNode {
  const t = useText()
  const words = useFaultText()
  return (
    <div className="head">
      <h2 id="h-list">{t('list.title')}</h2>
      <span role="status" className="dim">
        {page !== null && t(turn.next === null ? 'list.found' : 'list.foundMore', { n: page.rows.length })}
        {pages > 1 && ` · ${t('list.page', { n: pages })}`}
      </span>
      {fault !== null && <span className="fault">{words(fault)}</span>}
      <span className="grow" />
      <button type="button" className="btn small" disabled={turn.previous === null} onClick={() => turn.previous?.()}>
        {t('list.newer')} <KeyCap action="previousPage" />
      </button>
      <button type="button" className="btn small" disabled={turn.next === null} onClick={() => turn.next?.()}>
        {t('list.older')} <KeyCap action="nextPage" />
      </button>
      <span className="dim">{t('list.order')}</span>
    </div>
  )
}

type FilterProps = Pick<Props, 'asked' | 'onAsk'> & { readonly onDown: () => void }

function Filter({ asked, onAsk, onDown }: FilterProps): ReactNode {
  const t = useText()
  const field = useRef<HTMLInputElement>(null)
  const { value: reference } = useLive('reference', {})
  // The operator's own key brought the screen up.
  useEffect(() => field.current?.focus(), [])
  useAction('filterIncidents', () => field.current?.select())
  const ask = (change: Partial<Asked>): void => onAsk({ ...asked, ...change, pages: [null] })
  const anything = { code: '', label: t('list.any') }
  return (
    <div role="search" className="filter" aria-label={t('list.filter')}>
      <div className="field grow">
        <label htmlFor="list-text">
          {t('list.text')} <KeyCap action="filterIncidents" />
        </label>
        <input
          ref={field}
          id="list-text"
          className="input"
          data-first-focus
          type="text"
          maxLength={200}
          spellCheck={false}
          autoComplete="off"
          value={asked.text}
          onChange={(event) => ask({ text: event.target.value })}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown' && event.key !== 'Enter') return
            event.preventDefault()
            onDown()
          }}
        />
      </div>
      <Segments
        label={t('list.state')}
        value={asked.state}
        options={(['all', 'open', 'closed'] as const).map((code) => ({ code, label: t(`list.states.${code}`) }))}
        onChoose={(code) => ask({ state: code as Asked['state'] })}
      />
      <Segments
        label={t('list.period')}
        value={asked.period}
        options={periods.map((code) => ({ code, label: t(`list.periods.${code}`) }))}
        onChoose={(code) => ask({ period: code as Asked['period'] })}
      />
      <Choice
        className="of-type"
        label={t('list.column.type')}
        value={asked.type ?? ''}
        options={[anything, ...(reference?.types ?? []).map(({ code, label }) => ({ code, label }))]}
        onChoose={(code) => ask({ type: code === '' ? null : code })}
      />
      <Choice
        className="of-priority"
        label={t('list.priority')}
        value={asked.priority ?? ''}
        options={[anything, ...priorities.map((code) => ({ code, label: code }))]}
        onChoose={(code) => ask({ priority: priorities.find((one) => one === code) ?? null })}
      />
    </div>
  )
}
