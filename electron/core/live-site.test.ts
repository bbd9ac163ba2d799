// A live site: no trial operators, a site file with a password, a real broker with access list and member list.
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import type { IncidentId, ReportId } from '#domain/id.ts'
import { adoptMemberList, rootKey, writeMemberList } from '../centre/member-list.ts'
import { closeSite, memberOf, movingClock, replica, site, start } from './sync/test-site.ts'
import { startMosquitto } from './sync/test-mosquitto.ts'
import { startTestDesk } from './test-desk.ts'

const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

function siteFile(broker: string, key: string): string {
  return `site: ${site}
name: Call Center 112 Kabupaten Demak
regency: "33.21"
member: B
brokers: { sync: ["${broker}"], exchange: ["${broker}"], passwordFile: broker.secret }
bridge: pbx1
centreKey: "${key}"
agencies: [{ code: BPBD, channels: [mqtt, phone], phone: "0291685877" }]
`
}

it('begins with the first admin, lets nobody else in, and is confirmed by the centre over a broker with passwords', async () => {
  const broker = await startMosquitto()
  ends.push(broker.close)
  const root = rootKey()
  const centre = replica({ member: 'PUSAT', scope: 'centre', rootKey: root.key, clock: movingClock() })
  ends.push(() => closeSite([centre]))
  const dir = mkdtempSync(join(tmpdir(), 'meja-112-live-'))
  ends.push(async () => Promise.resolve(rmSync(dir, { recursive: true, force: true })))
  writeFileSync(join(dir, 'broker.secret'), `${broker.password}\n`)
  const { core, page } = await startTestDesk({ dir, site: siteFile(broker.url, root.key), start: { isTrial: false } })
  ends.push(core.stop)
  const desk = {
    member: 'B',
    origin: core.store.log.memory.key.origin,
    key: core.store.log.memory.key.key,
    scope: 'full' as const,
  }
  adoptMemberList(
    centre.log,
    writeMemberList({ site, root, last: null, members: [memberOf(centre), desk], at: Date.now() }),
  )
  start(centre, [broker.url], { password: broker.password })

  expect(await page.read('session', {})).toEqual({ session: null, operator: null, known: [], needsFirstAdmin: true })
  expect(await page.send('signIn', { operator: 'siti', pin: '112112' })).toEqual({ fault: 'wrong_pin', field: 'pin' })
  const first = { operator: 'kepala', name: 'Budi Santoso', pin: '482913' }
  const { recoveryCode } = await page.done('createFirstAdmin', first)
  expect(recoveryCode).toMatch(/^([0-9A-F]{5}-){3}[0-9A-F]{5}$/)
  expect(await page.send('createFirstAdmin', { ...first, operator: 'lain' })).toEqual({ fault: 'already_exists' })
  await page.signIn('kepala', '482913')
  await page.done('setOperator', {
    operator: 'siti',
    name: 'Siti Nuraini',
    role: 'operator',
    pin: '730164',
    active: true,
  })
  await page.signIn('siti', '730164')
  const incident = { incident: randomUUID() as IncidentId, report: randomUUID() as ReportId }
  await page.done('openIncident', { ...incident, call: null, source: 'radio', type: 'BCN-BJR', priority: null })
  await page.until('incident', { incident: incident.incident }, (value) => value?.recordState === 'confirmed')
  expect(await page.read('sync', {})).toMatchObject({ link: 'up', waiting: 0, parked: 0, alarms: [] })
})

it('says on screen when the password file is missing, and works all the same', async () => {
  const { page, core, end } = await startTestDesk({ site: siteFile('mqtt://127.0.0.1:9', rootKey().key) })
  ends.push(end)
  await page.signIn()
  const { notices } = await page.read('health', {})
  expect(notices.map(({ kind }) => kind)).toEqual(['site-file'])
  expect(notices[0]?.values.problems).toContain('broker.secret')
  expect(core.sync.facts().link).not.toBe('up')
})

it('says which agencies have no number, and which recommended ones this site does not have', async () => {
  const some = `agencies:
  - { code: DAMKAR, channels: [phone], phone: "0291685113" }
  - { code: PMI, channels: [phone] }
`
  const text = siteFile('mqtt://127.0.0.1:9', rootKey().key).replace(/agencies: .*\n/, some)
  const { page, end } = await startTestDesk({ site: text, start: { isTrial: false } })
  ends.push(end)
  await page.done('createFirstAdmin', { operator: 'kepala', name: 'Budi Santoso', pin: '482913' })
  await page.signIn('kepala', '482913')
  const siti = { operator: 'siti', name: 'Siti Nuraini', role: 'operator', pin: '730164', active: true } as const
  await page.done('setOperator', siti)
  await page.signIn('siti', '730164')
  const { notices } = await page.read('health', {})
  expect(notices.find(({ kind }) => kind === 'no-number')?.values).toEqual({ names: 'Palang Merah Indonesia' })
  const incident = randomUUID() as IncidentId
  const opened = { incident, report: randomUUID() as ReportId, call: null, source: 'radio', priority: null } as const
  await page.done('openIncident', { ...opened, type: 'BKR-RMH' })
  const shown = await page.until('incident', { incident }, (value) => value !== null)
  expect(shown?.agencies.map(({ agency }) => agency)).toEqual(['DAMKAR'])
  expect(shown?.missingAgencies).toEqual(['Kepolisian Resor', 'PLN', 'PSC 119 Dinas Kesehatan'])
})
