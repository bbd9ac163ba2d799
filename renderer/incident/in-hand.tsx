// The incident in hand, for everything that shows or changes it. Its ids are made here, so the first key typed can open it.
import { createContext, use, useMemo, useRef, type ReactNode } from 'react'
import type { Source } from '#domain/call.ts'
import { isFault } from '#domain/fault.ts'
import { newId, type CallId, type IncidentId, type ReportId } from '#domain/id.ts'
import type { QueryOutput } from '#contract/queries.ts'
import { useDesk } from '../link/desk.ts'
import { useLive } from '../link/use-live.ts'
import { useSay } from '../ui/messages.tsx'

export type IncidentRow = NonNullable<QueryOutput<'incident'>>
/** What is in hand: a form that nobody typed in yet (`isNew`), or an incident that exists. */
export type Hand = {
  readonly incident: IncidentId
  readonly report: ReportId | null
  readonly call: CallId | null
  readonly source: Source
  readonly isNew: boolean
}
export type InHand = {
  readonly incident: IncidentId
  /** The report whose caller the form shows; null while an existing incident is still being read. */
  readonly report: ReportId | null
  readonly isNew: boolean
  readonly row: IncidentRow | null
  /** What core will fill in as the callback number when the incident is opened. */
  readonly callerNumber: string | null
  /** Opens the incident if it is new; every change waits for it. False when core refused. */
  readonly ensure: () => Promise<boolean>
}

/** A form for an incident that does not exist yet. */
export function newHand(call: CallId | null, source: Source): Hand {
  return { incident: newId<IncidentId>(), report: newId<ReportId>(), call, source, isNew: true }
}

const InHandContext = createContext<InHand | null>(null)

type Props = {
  readonly hand: Hand
  /** Number of the call in hand. */
  readonly callerNumber: string | null
  readonly onOpened: (incident: IncidentId) => void
  readonly children: ReactNode
}

/** Watches the incident in hand and opens it at the first meaningful input. */
export function InHandProvider({ hand, callerNumber, onOpened, children }: Props): ReactNode {
  const { core } = useDesk()
  const say = useSay()
  const row = useLive('incident', { incident: hand.incident }).value ?? null
  const opening = useRef<{ incident: IncidentId; reply: Promise<boolean> } | null>(null)
  const value = useMemo<InHand>(() => {
    const open = async (): Promise<boolean> => {
      const report = hand.report ?? newId<ReportId>()
      const { incident, call, source } = hand
      const reply = await core.call('openIncident', { incident, report, call, source, type: null, priority: null })
      if (isFault(reply) && reply.fault !== 'already_exists') {
        opening.current = null
        say({ tone: 'refused', key: `fault.${reply.fault}` })
        return false
      }
      onOpened(incident)
      return true
    }
    return {
      incident: hand.incident,
      report: reportInHand(row, hand),
      isNew: hand.isNew,
      row,
      callerNumber: hand.call === null ? null : callerNumber,
      ensure: () => {
        if (!hand.isNew) return Promise.resolve(true)
        if (opening.current?.incident !== hand.incident) {
          opening.current = { incident: hand.incident, reply: open() }
        }
        return opening.current.reply
      },
    }
  }, [core, hand, callerNumber, row, say, onOpened])
  return <InHandContext value={value}>{children}</InHandContext>
}

/** The report of the call in hand, else the one just made here, else the first one. */
function reportInHand(row: IncidentRow | null, hand: Hand): ReportId | null {
  if (row === null) return hand.report
  const own = row.reports.find(({ call, report }) => report === hand.report || (call !== null && call === hand.call))
  return (own ?? row.reports[0])?.report ?? hand.report
}

/** The incident in hand. */
export function useInHand(): InHand {
  const hand = use(InHandContext)
  if (hand === null) throw new Error('no incident around this component')
  return hand
}
