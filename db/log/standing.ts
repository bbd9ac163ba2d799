// Whose log it is: looked up in the member list, in vouches and in the own keys. It must not apply or drop anything.
import { originParts } from '#log/hash.ts'
import { verifyVouch } from '#log/seal.ts'
import { agencyOf } from '#log/member.ts'
import { prepared } from '../open.ts'
import type { Log, Standing } from './log.ts'

const maxRemembered = 10_000

/** The standing of an origin, or null: then its log is held until the member list knows it. */
export function standingOf(log: Log, origin: string): Standing | null {
  const { standings } = log.memory
  const known = standings.get(origin)
  if (known !== undefined) return known
  const found = listed(log, origin) ?? vouched(log, origin) ?? own(log, origin)
  // Anybody can make up origins; what is forgotten is looked up again.
  if (standings.size >= maxRemembered) standings.clear()
  standings.set(origin, found)
  return found
}

function listed(log: Log, origin: string): Standing | null {
  const member = log.memory.list?.members.get(origin)
  if (member === undefined) return null
  const { member: name, key, scope, until } = member
  return until === undefined ? { member: name, key, scope } : { member: name, key, scope, until }
}

/** Only a listed log that has not ended vouches, and only for its own member. */
function vouched(log: Log, origin: string): Standing | null {
  const row = prepared<{ key: string; after_origin: string | null; vouch: string | null }>(
    log.db,
    'SELECT key, after_origin, vouch FROM log WHERE origin = ? AND branch = 0',
  ).get(origin)
  if (row === undefined || row.after_origin === null) return null
  const old = log.memory.list?.members.get(row.after_origin)
  if (old === undefined || old.until !== undefined || old.member !== originParts(origin).member) return null
  if (!verifyVouch(log.site, old.origin, old.key, origin, row.vouch)) return null
  return { member: old.member, key: row.key, scope: old.scope }
}

function own(log: Log, origin: string): Standing | null {
  if (origin === log.memory.key.origin) return { member: log.member, key: log.memory.key.key, scope: log.scope }
  const row = prepared<{ key: string }>(
    log.db,
    `SELECT log.key FROM own_key JOIN log ON log.origin = own_key.origin AND log.branch = 0
     WHERE own_key.origin = ? AND own_key.member = ?`,
  ).get(origin, log.member)
  return row === undefined ? null : { member: log.member, key: row.key, scope: log.scope }
}

/** True when there is a member list, so that only the centre erases and unknown logs are held. */
export function isListed(log: Log): boolean {
  return log.memory.list !== null
}

/** Agencies that have a desk of their own, as the member list says. */
export function agenciesWithDesk(log: Log): string[] {
  const codes = new Set<string>()
  for (const member of log.memory.list?.members.values() ?? []) {
    const code = agencyOf(member.scope)
    if (code !== null && member.until === undefined) codes.add(code)
  }
  return [...codes]
}
