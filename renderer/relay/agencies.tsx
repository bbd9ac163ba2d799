// The agencies for an incident: recommended and told ones, each with its state and the one next action on Alt+n.
import { useEffect, useRef, type ReactNode, type RefObject } from 'react'
import type { IncidentId } from '#domain/id.ts'
import { useText } from '../text/text.ts'
import { ActionButton } from '../ui/action-button.tsx'
import { IconSend } from '../ui/icons.ts'
import { AgencyItem } from './agency-item.tsx'
import { shortName, untold, type AgencyRow } from './next-action.ts'
import { useRelays } from './use-relays.ts'

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
  const focusPhoneTask = usePhoneTaskFocus(rows, list)
  const make = (chosen: readonly AgencyRow[]): void => {
    void relays.make(chosen).then((isDone) => {
      if (isDone) focusPhoneTask(chosen)
    })
  }
  const left = isOpen ? untold(rows) : []
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
    </section>
  )
}

/** All targets are named: by code when there are too many for their names. */
function namesOf(rows: readonly AgencyRow[]): string {
  return rows.map((row) => (rows.length > 2 ? row.agency : shortName(row))).join(', ')
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
