// What is asked of the list of all incidents, and its pages as core answers. Holds nothing but the page that is shown.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { CommandInput, CommandOutput } from '#contract/commands.ts'
import { isFault, type Fault } from '#domain/fault.ts'
import type { Priority } from '#domain/incident.ts'
import { dayBounds, dayOf, type Zone } from '#domain/time.ts'
import { useDesk } from '../link/desk.ts'
import { useLive } from '../link/use-live.ts'

export const periods = ['all', 'today', 'week', 'month'] as const
export type Period = (typeof periods)[number]
const daysOf: Readonly<Record<Exclude<Period, 'all'>, number>> = { today: 1, week: 7, month: 30 }

/** What the operator chose; kept while other screens are looked at. */
export type Asked = {
  readonly text: string
  readonly state: 'all' | 'open' | 'closed'
  readonly type: string | null
  readonly priority: Priority | null
  readonly period: Period
  /** The `after` of every page that was turned, the last one is shown. */
  readonly pages: readonly (number | null)[]
}
export const askedAtFirst: Asked = {
  text: '',
  state: 'all',
  type: null,
  priority: null,
  period: 'all',
  pages: [null],
}

type Page = CommandOutput<'findIncidents'>
export type FoundRow = Page['rows'][number]
export type Finding = { readonly page: Page | null; readonly fault: Fault | null }

const pageRows = 100
/** Typing goes on; only a pause asks (ms). */
const pauseMs = 120

function inputOf({ period, pages, ...asked }: Asked, now: number, zone: Zone): CommandInput<'findIncidents'> {
  const today = dayBounds(dayOf(now, zone), zone)
  const from = period === 'all' ? null : today.to - daysOf[period] * 86_400_000
  return { ...asked, place: null, from, to: null, after: pages.at(-1) ?? null, limit: pageRows }
}

/** The page that fits; asked again when the open incidents change. An answer to an older question is dropped. */
export function useFinding(asked: Asked, zone: Zone): Finding {
  const { core } = useDesk()
  const board = useLive('board', { limit: 200 }).value
  const [finding, setFinding] = useState<Finding>({ page: null, fault: null })
  const newest = useRef(0)
  const ask = useCallback(async (): Promise<void> => {
    newest.current += 1
    const mine = newest.current
    const reply = await core.call('findIncidents', inputOf(asked, Date.now(), zone))
    if (mine !== newest.current) return
    setFinding(isFault(reply) ? { page: null, fault: reply } : { page: reply, fault: null })
  }, [core, asked, zone])
  useEffect(() => {
    const timer = setTimeout(() => void ask(), newest.current === 0 ? 0 : pauseMs)
    return () => clearTimeout(timer)
  }, [ask, board])
  return finding
}
