// The four operators of a trial desk. A live site never has them.
import type { Role } from '#domain/operator.ts'
import { allLogins, putLogin } from '#db/local/login.ts'
import { transact, type Db } from '#db/open.ts'
import { hashPin } from './pin.ts'

/** The PIN of every trial operator; it is shown on the sign-in screen. */
const trialPin = '112112'
const callTakers: readonly { operator: string; name: string; role: Role }[] = [
  { operator: 'siti', name: 'Siti Nuraini', role: 'operator' },
  { operator: 'andi', name: 'Andi Prasetyo', role: 'operator' },
  { operator: 'rina', name: 'Rina Kartika', role: 'lead' },
  { operator: 'admin', name: 'Admin', role: 'admin' },
]
const agencyPeople: typeof callTakers = [{ operator: 'petugas', name: 'Petugas', role: 'agency' }]

/** Makes the trial operators of a desk on the first start, at an agency's desk its one officer. */
export async function seedTrialOperators(db: Db, isAgency: boolean): Promise<void> {
  if (allLogins(db).length > 0) return
  const people = isAgency ? agencyPeople : callTakers
  const pins = await Promise.all(people.map(() => hashPin(trialPin)))
  transact(db, () => {
    for (const [place, person] of people.entries()) putLogin(db, { ...person, isActive: true }, pins[place] ?? null)
  })
}
