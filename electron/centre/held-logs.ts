// Lists the logs that knock at the centre without being on the member list. Whether to let them in is decided elsewhere.
import { originParts } from '#log/hash.ts'
import { allBranches } from '#db/log/log.ts'
import type { Log } from '#db/log/log.ts'

export type HeldLog = { readonly member: string; readonly origin: string; readonly key: string }

/** Origins and public keys of held logs, as their first op says. */
export function heldLogs(log: Log): HeldLog[] {
  return allBranches(log.db)
    .filter((branch) => branch.isHeld && branch.branch === 0)
    .map(({ origin, key }) => ({ member: originParts(origin).member, origin, key }))
}
