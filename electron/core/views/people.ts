// Names beside records: an operator's code as a short name, where it is known.
import { shortPersonName } from '#domain/operator.ts'
import { operatorName } from '#db/queries/operator-name.ts'
import type { Desk } from '../desk.ts'

/** "siti" as "Siti N."; the code itself when no name is known. */
export function personText(desk: Desk, operator: string): string {
  const name = operatorName(desk.db, operator)
  return name === null ? operator : shortPersonName(name)
}
