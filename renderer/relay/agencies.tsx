// The agencies for an incident: recommended and told ones, each with its state and the one next action on Alt+n.
import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react'
import type { IncidentId, RelayId } from '#domain/id.ts'
import { isFinished } from '#domain/relay.ts'
import { useText } from '../text/text.ts'
import { ActionButton } from '../ui/action-button.tsx'
import { IconArrowBackUp, IconSend } from '../ui/icons.ts'
import { AgencyItem } from './agency-item.tsx'
import { shortName, untold, type AgencyRow, type Relay } from './next-action.ts'
import { useRelays, type Relays, type Told } from './use-relays.ts'

type Props = {
  readonly incident: IncidentId
  readonly rows: readonly AgencyRow[]
  /** Names of recommended agencies that this site has not. */
  readonly missing: readonly string[]
  readonly hasType: boolean
  /** False when the incident is closed or cancelled: nothing is offered then. */
  readonly isOpen: boolean
}

/** F8 tells all recommended agencies that were not told yet, and names them. */
export function Agencies({ incident, rows, missing, hasType, isOpen }: Props): ReactNode {
  const t = useText()
  const relays = useRelays(incident)
  const list = useRef<HTMLOListElement>(null)
  const [last, setLast] = useState<(Told & { readonly incident: IncidentId }) | null>(null)
  const focusPhoneTask = usePhoneTaskFocus(rows, list)
  const make = (chosen: readonly AgencyRow[]): void => {
    void relays.make(chosen).then((told) => {
      if (told === null) return
      setLast({ ...told, incident })
      focusPhoneTask(chosen)
    })
  }
  const left = isOpen ? untold(rows) : []
  const open = isOpen && last?.incident === incident ? stillOpen(last, rows) : []
  return (
    <section className="panel agencies" aria-labelledby="h-ag">
      <div className="head">
        <h2 id="h-ag">{t('agencies.title')}</h2>
        <span className="grow" />
        {left.length > 0 && (
          <ActionButton
            action="relayAll"
            className="primary"
            icon={<IconSend className="i" aria-hidden />}
            onRun={() => make(left)}
          >
            <span className="cut">{t('agencies.relayTo', { names: namesOf(left) })}</span>
          </ActionButton>
        )}
      </div>
      {rows.length === 0 && missing.length === 0 && (
        <p className="empty dim">{t(hasType ? 'agencies.none' : 'agencies.needsType')}</p>
      )}
      <ol ref={list}>
        {rows.map((row, index) => (
          <AgencyItem
            key={row.agency}
            row={row}
            number={index + 1}
            relays={relays}
            isOpen={isOpen}
            onRelay={() => make([row])}
          />
        ))}
      </ol>
      {missing.length > 0 && <p className="warn missing">{t('agencies.missing', { names: missing.join(', ') })}</p>}
      {last !== null && open.length > 0 && (
        <Undo names={last.names} open={open} relays={relays} onUndone={() => setLast(null)} />
      )}
    </section>
  )
}

/** The relays of the last telling from which something is still expected. */
function stillOpen(told: Told, rows: readonly AgencyRow[]): RelayId[] {
  const isExpected = (relay: AgencyRow['relay']): relay is Relay => relay !== null && !isFinished(relay.step)
  return rows
    .map(({ relay }) => relay)
    .filter(isExpected)
    .map(({ relay }) => relay)
    .filter((relay) => told.relays.includes(relay))
}

/** All targets are named: by code when there are too many for their names. */
function namesOf(rows: readonly AgencyRow[]): string {
  return rows.map((row) => (rows.length > 2 ? row.agency : shortName(row))).join(', ')
}

type UndoProps = {
  readonly names: string
  readonly open: readonly RelayId[]
  readonly relays: Relays
  readonly onUndone: () => void
}

/** The last relay made here and how to take it back: a visible cancellation goes out. */
function Undo({ names, open, relays, onUndone }: UndoProps): ReactNode {
  const t = useText()
  const undo = (): void => {
    onUndone()
    for (const relay of open) void relays.cancel(relay, t('agencies.undoReason'))
  }
  return (
    <div className="last-done">
      <span className="cut grow">{t('agencies.told', { names })}</span>
      <ActionButton
        action="undoRelay"
        className="small"
        icon={<IconArrowBackUp className="i" aria-hidden />}
        onRun={undo}
      >
        {t('agencies.undo')}
      </ActionButton>
    </div>
  )
}

/** After F8 the first agency that must be phoned takes the focus, once its row shows the relay. */
function usePhoneTaskFocus(
  rows: readonly AgencyRow[],
  list: RefObject<HTMLOListElement | null>,
): (told: readonly AgencyRow[]) => void {
  const wished = useRef<string | null>(null)
  const focus = (): void => {
    const button = list.current?.querySelector<HTMLElement>(`[data-agency="${wished.current ?? ''}"] .act button`)
    if (wished.current === null || button === null || button === undefined) return
    button.focus()
    wished.current = null
  }
  useEffect(() => {
    if (rows.some(({ agency, relay }) => agency === wished.current && relay !== null)) focus()
  })
  return (told) => {
    wished.current = told.find(({ channel }) => channel !== 'mqtt')?.agency ?? null
  }
}
