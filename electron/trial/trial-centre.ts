// The trial site's command centre. It lets the members of the trial in by itself, which no real centre does.
import type { Clock } from '#domain/time.ts'
import type { Member, Scope } from '#log/member.ts'
import { startCentre } from '../centre/centre.ts'
import { heldLogs } from '../centre/held-logs.ts'
import { adoptMemberList, rootKey, writeMemberList } from '../centre/member-list.ts'
import { openStore, type StoreFacts } from '../core/open-store.ts'

export type TrialCentre = { readonly stop: () => Promise<void> }

type Options = {
  readonly store: Omit<StoreFacts, 'site' | 'member' | 'scope' | 'rootKey'>
  readonly site: string
  /** Secret seed of the root key that signs the member list. */
  readonly rootSeed: Buffer
  readonly broker: string
  readonly version: string
  readonly clock: Clock
  /** Who belongs to the site and what they may write; their keys are listed as they knock. */
  readonly scopes: ReadonlyMap<string, Scope>
}

/** Starts the centre with a member list of itself; every key of a known member is added as it comes. */
export async function startTrialCentre(options: Options): Promise<TrialCentre> {
  const root = rootKey(options.rootSeed)
  const { site, clock } = options
  const { db, reader, log } = await openStore({
    ...options.store,
    site,
    member: 'PUSAT',
    scope: 'centre',
    rootKey: root.key,
  })
  const own: Member = { member: 'PUSAT', origin: log.memory.key.origin, key: log.memory.key.key, scope: 'centre' }
  const enrol = (): boolean => {
    const known = log.memory.list
    const knocking = heldLogs(log).flatMap((held): Member[] => {
      const scope = options.scopes.get(held.member)
      return scope === undefined ? [] : [{ ...held, scope }]
    })
    const before = [...(known?.members.values() ?? [])]
    const added = [own, ...knocking].filter(({ origin }) => !before.some((member) => member.origin === origin))
    if (added.length === 0) return false
    const members = [...before, ...added]
    adoptMemberList(log, writeMemberList({ site, root, last: known, members, at: clock.now() }))
    return true
  }
  enrol()
  const centre = startCentre({
    log,
    reader,
    brokers: [options.broker],
    app: options.version,
    enrol,
  })
  return {
    stop: async () => {
      await centre.stop()
      reader.close()
      db.close()
    },
  }
}
