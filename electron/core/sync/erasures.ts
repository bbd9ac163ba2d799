// Tells agency desks at the centre which cards they must erase, again and again until their own signed word proves that they did.
import { agencyOf } from '#log/member.ts'
import { erasedCards, erasedClaim, erasedCount, readClaim } from '#db/log/card-erasure.ts'
import type { ErasedClaim } from '#db/log/card-erasure.ts'
import { standingOf } from '#db/log/standing.ts'
import { prepared } from '#db/open.ts'
import { isThere, publishWord } from './session.ts'
import type { Session } from './session.ts'

/** Ids in one word: 64 KiB of them. */
const sliceIds = 1_000
/** A desk that never proves it (an older program does not know how) is told less and less often, at least this often (ms). */
const longestWaitMs = 3_600_000

export type ErasureSender = {
  /** Something was erased, or an agency came or said what it has. */
  readonly wake: () => void
  /** The connection is new: what was on its way may be lost. */
  readonly restart: () => void
  /** Desks that have not proved it yet, whether they are there or not. */
  readonly open: () => readonly string[]
  readonly stop: () => void
}

/** What one agency desk has not erased yet: everything after the first `known` cards. */
type Debt = { readonly member: string; readonly agency: string; readonly known: number; readonly said: string }
type Told = { readonly said: string; readonly count: number; readonly at: number; readonly tries: number }

/** Starts telling. Only the centre may erase, so every other replica does nothing here. */
export function startErasures(session: Session): ErasureSender {
  const { log, link, timing, host } = session
  const told = new Map<string, Told>()
  const claims = new Map<string, ErasedClaim>()
  let isScheduled = false

  /** Sets only grow, so that a claim over the first `count` stays what it is. */
  const claimOf = (agency: string, count: number): ErasedClaim => {
    const key = `${agency} ${count}`
    const known = claims.get(key) ?? erasedClaim(log.db, agency, count)
    if (claims.size > 1_000) claims.clear()
    claims.set(key, known)
    return known
  }
  const debts = (): Debt[] => (session.role === 'centre' ? desksOf(session).flatMap((desk) => debtOf(desk)) : [])

  const debtOf = ({ member, agency }: { member: string; agency: string }): Debt[] => {
    const count = erasedCount(log.db, agency)
    if (count === 0) return []
    const claim = claimBy(session, member)
    const said = JSON.stringify(claim)
    const isPrefix = claim !== null && claim[0] <= count && claimOf(agency, claim[0])[1] === claim[1]
    if (!isPrefix) return [{ member, agency, known: 0, said }]
    return claim[0] === count ? [] : [{ member, agency, known: claim[0], said }]
  }

  const pump = () => {
    if (session.role !== 'centre' || link.state() !== 'up') return
    const now = host.now()
    const due = new Map<string, number>()
    for (const debt of debts()) {
      const count = erasedCount(log.db, debt.agency)
      const last = told.get(debt.member)
      const isNews = last === undefined || last.said !== debt.said || last.count !== count
      const wait = isNews ? 0 : Math.min(longestWaitMs, timing.cardRetryMs * 2 ** last.tries)
      if (!isThere(session, debt.member) || (!isNews && now - last.at < wait)) continue
      told.set(debt.member, { said: debt.said, count, at: now, tries: isNews ? 0 : last.tries + 1 })
      due.set(debt.agency, Math.min(due.get(debt.agency) ?? debt.known, debt.known))
    }
    for (const [agency, known] of due) void tell(agency, known)
  }

  const tell = async (agency: string, known: number) => {
    const topic = session.topics.card(agency, log.memory.key.origin)
    const ids = erasedCards(log.db, agency, known)
    for (let from = 0; from < ids.length; from += sliceIds) {
      if (!(await publishWord(session, topic, { erased: ids.slice(from, from + sliceIds) }, false))) return
    }
  }

  const wake = () => {
    if (isScheduled || session.role !== 'centre') return
    isScheduled = true
    host.soon(() => {
      isScheduled = false
      pump()
    })
  }
  const retry = host.every(timing.cardRetryMs, pump)
  return {
    wake,
    restart: () => {
      told.clear()
      wake()
    },
    open: () => debts().map(({ member }) => member),
    stop: retry.stop,
  }
}

/** The desks of agencies that the member list knows. */
function desksOf({ log }: Session): { member: string; agency: string }[] {
  const desks = new Map<string, string>()
  for (const { member, scope, until } of log.memory.list?.members.values() ?? []) {
    const agency = agencyOf(scope)
    if (agency !== null && until === undefined) desks.set(member, agency)
  }
  return [...desks].map(([member, agency]) => ({ member, agency }))
}

/** What a desk itself said last that it has erased. */
function claimBy({ log }: Session, member: string): ErasedClaim | null {
  const row = prepared<{ origin: string; content: string }>(
    log.db,
    'SELECT origin, content FROM have WHERE member = ?',
  ).get(member)
  if (row === undefined || agencyOf(standingOf(log, row.origin)?.scope ?? 'full') === null) return null
  return readClaim((JSON.parse(row.content) as { erased?: unknown }).erased)
}
