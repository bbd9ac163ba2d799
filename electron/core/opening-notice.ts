// What had to be done to open the database is told at every start until somebody has read it. It repairs nothing.
import { z } from 'zod'
import { setSetting, setting } from '#db/local/setting.ts'
import type { Desk } from './desk.ts'
import type { Opening } from './open-store.ts'

const name = 'opening-notice'
const kinds = ['database-set-aside', 'database-lost'] as const
const untold = z.object({ kind: z.enum(kinds), at: z.number(), values: z.record(z.string(), z.string()) })
type Untold = z.infer<typeof untold>

function untoldOf(opening: Opening, at: number): Untold | null {
  if (opening.from === 'database') return null
  if (opening.from === 'nothing') return { kind: 'database-lost', at, values: {} }
  return { kind: 'database-set-aside', at, values: { ops: String(opening.ops) } }
}

/** Shows what this opening had to do, or what an earlier one did that nobody has read yet. */
export function tellOpening({ db, clock, health }: Desk, opening: Opening): void {
  const fresh = untoldOf(opening, clock.now())
  if (fresh !== null) setSetting(db, name, JSON.stringify(fresh))
  const kept = setting(db, name)
  if (kept === null || kept === '') return
  const { kind, at, values } = untold.parse(JSON.parse(kept))
  health.notice(kind, values, at)
}

/** A person has read a notice of this kind. */
export function readNotice({ db }: Desk, kind: string | null): void {
  if (kinds.some((one) => one === kind)) setSetting(db, name, '')
}
