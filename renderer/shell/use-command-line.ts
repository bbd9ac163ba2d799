// What the command line knows and what it does: the same commands that the keys run, on what is on the screen.
import { useCallback, useMemo, type Dispatch } from 'react'
import type { CommandAct, CommandWorld, LineStatus } from '#domain/command-line.ts'
import { isFault } from '#domain/fault.ts'
import { newId, type IncidentId, type RelayId, type ReportId } from '#domain/id.ts'
import { isOpen } from '#domain/incident.ts'
import { useInHand } from '../incident/in-hand.tsx'
import { usePlaces } from '../incident/places.ts'
import { useTypes } from '../incident/reference.ts'
import { useDesk, type CoreLink } from '../link/desk.ts'
import { useLive } from '../link/use-live.ts'
import { useActions } from '../ui/actions.tsx'
import { useSay, useTell } from '../ui/messages.tsx'
import type { Step, View } from './view-state.ts'

/** Incidents on the board, the incident in hand and its agencies, and the searches of the form. */
export function useCommandWorld(): CommandWorld {
  const types = useTypes()
  const places = usePlaces()
  const { row } = useInHand()
  const board = useLive('board', { limit: 200 }).value
  return useMemo(() => {
    const canTell = row !== null && isOpen(row.status) && row.type.value !== null
    return {
      types: types.search,
      // What Enter would not take in the form is no place here either: the words are kept as they are.
      places: (text) => places.search(text).filter(({ isWeak }) => isWeak !== true),
      incidents: (board?.rows ?? []).map(({ incident, label }) => ({ incident, label })),
      inHand: row === null ? null : { incident: row.incident, label: row.label },
      agencies: (row?.agencies ?? []).map(({ name, relay }) => ({
        name,
        isFree: canTell && (relay === null || relay.step === 'cancelled' || relay.step === 'refused'),
      })),
    }
  }, [types, places, row, board])
}

function setStatus(core: CoreLink, incident: IncidentId, status: LineStatus, reason: string | null): Promise<unknown> {
  const why = reason ?? ''
  switch (status) {
    case 'verifikasi':
      return core.call('verifyIncident', { incident })
    case 'tunda':
      return core.call('postponeIncident', { incident, reason: why })
    case 'batal':
      return core.call('cancelIncident', { incident, reason: why })
    case 'buka':
      return core.call('reopenIncident', { incident, reason: why })
    case 'selesai':
      return core.call('closeIncident', { incident, disposition: 'TERTANGANI', reason })
  }
}

type New = Extract<CommandAct, { do: 'new' }>

/** A form that nobody typed in yet is what the command opens: with its call, when there is one. */
async function openNew(core: CoreLink, { hand }: View, act: New): Promise<unknown> {
  const own = hand.isNew
    ? hand
    : { incident: newId<IncidentId>(), report: null, call: null, source: 'walk-in' as const }
  const { incident, call, source } = own
  const report = own.report ?? newId<ReportId>()
  const { type, priority, place, note } = act
  const opened = await core.call('openIncident', { incident, report, call, source, type: type.id, priority })
  if (isFault(opened)) return opened
  const value = place.id ?? place.name
  const set = await core.call('setIncidentField', { incident, field: 'village', value, over: [] })
  if (isFault(set)) return set
  const added = note === null ? {} : await core.call('addNote', { incident, text: note })
  return isFault(added) ? added : { incident }
}

/** Carries a command out; true when it was done. */
export function useLineAct(view: View, step: Dispatch<Step>): (act: CommandAct) => Promise<boolean> {
  const { core } = useDesk()
  const { row } = useInHand()
  const actions = useActions()
  const tell = useTell()
  const say = useSay()
  return useCallback(
    async (act) => {
      switch (act.do) {
        case 'new': {
          const reply = await openNew(core, view, act)
          const { incident = null } = reply as { incident?: IncidentId }
          if (incident !== null) step({ do: 'open', incident })
          return await tell(Promise.resolve(reply))
        }
        case 'relay': {
          const rows = act.agencies.flatMap((n) => row?.agencies[n - 1] ?? [])
          const targets = rows.map(({ agency, channel }) => ({ relay: newId<RelayId>(), agency, channel }))
          return await tell(core.call('makeRelays', { incident: act.on.incident as IncidentId, targets }))
        }
        case 'status':
          return await tell(setStatus(core, act.on.incident as IncidentId, act.status, act.reason))
        case 'note':
          return await tell(core.call('addNote', { incident: act.on.incident as IncidentId, text: act.text }))
        case 'open':
          step({ do: 'open', incident: act.on.incident as IncidentId })
          return true
        case 'merge': {
          const [incident, into] = [act.on.incident as IncidentId, act.into.incident as IncidentId]
          return await tell(core.call('mergeIncident', { incident, into }))
        }
        case 'callBack':
        case 'help': {
          const isRun = actions.run(act.do === 'help' ? 'keySheet' : 'callBack')
          if (!isRun) say({ tone: 'refused', key: 'command.notNow' })
          return isRun
        }
      }
    },
    [core, view, step, row, actions, tell, say],
  )
}
