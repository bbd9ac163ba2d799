// A real site around a live workstation, as a process of its own: mosquitto with passwords and access list, a centre, a
// telephone exchange. Its parent says what happens there; it ends with its parent.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { allBranches } from '#db/log/log.ts'
import type { Member } from '#log/member.ts'
import { startCentre } from '../centre/centre.ts'
import { heldLogs } from '../centre/held-logs.ts'
import { adoptMemberList, rootKey, writeMemberList } from '../centre/member-list.ts'
import { startMosquitto } from '../core/sync/test-mosquitto.ts'
import { closeSite, memberOf, movingClock, replica, site as siteName, type Replica } from '../core/sync/test-site.ts'
import { startTrialExchange } from '../trial/exchange.ts'

const desk = 'B'
const bridge = 'pbx1'

/** The site file of a desk, with the address of its broker and the key of its centre. */
function siteFileText(broker: string, centreKey: string): string {
  return `site: ${siteName}
name: Call Center 112 Kabupaten Demak
regency: "33.21"
member: ${desk}
brokers: { sync: ["${broker}"], exchange: ["${broker}"], passwordFile: broker.secret }
bridge: ${bridge}
centreKey: "${centreKey}"
agencies:
  - { code: DAMKAR, channels: [phone], phone: "0291685113" }
  - { code: PMI, channels: [phone] }
`
}

/** Starts everything but the desk; its files go to `folder`. */
async function startSite(folder: string) {
  const broker = await startMosquitto()
  const { url, password } = broker
  const root = rootKey()
  const clock = movingClock()
  const centre = replica({ member: 'PUSAT', scope: 'centre', rootKey: root.key, clock })
  const { log, reader } = centre
  adoptMemberList(
    log,
    writeMemberList({ site: siteName, root, last: null, members: [memberOf(centre)], at: clock.now() }),
  )
  const enrol = (): boolean => enrolDesk(centre, root, clock.now())
  centre.sync = startCentre({ log, reader, brokers: [url], password, app: 'test', enrol })
  const exchange = await startTrialExchange({
    site: siteName,
    bridge,
    broker: url,
    password,
    members: [desk],
    clock,
    canSteer: true,
  })
  const file = join(folder, 'site.yaml')
  writeFileSync(join(folder, 'broker.secret'), `${password}\n`)
  writeFileSync(file, siteFileText(url, root.key))
  return {
    file,
    ring: () => void exchange.ring('kebakaran-pasar'),
    held: () => allBranches(log.db).find(({ origin }) => origin.startsWith(`${desk}.`))?.headSeq ?? 0,
    stop: async () => {
      await exchange.stop()
      await closeSite([centre])
      await broker.close()
    },
  }
}

/** Lets the desk in when it knocks, as the person at the centre would. */
function enrolDesk({ log }: Replica, root: ReturnType<typeof rootKey>, at: number): boolean {
  const list = log.memory.list
  const knocking = heldLogs(log).filter(({ member }) => member === desk)
  if (list === null || knocking.length === 0) return false
  const members: Member[] = [...list.members.values(), ...knocking.map((held) => ({ ...held, scope: 'full' as const }))]
  adoptMemberList(log, writeMemberList({ site: siteName, root, last: list, members, at }))
  return true
}

const site = await startSite(process.argv[2] ?? '')
process.on('message', (word) => {
  if (word === 'ring') site.ring()
  process.send?.({ held: site.held() })
})
process.once('disconnect', () => void site.stop().then(() => process.exit()))
process.send?.({ file: site.file })
