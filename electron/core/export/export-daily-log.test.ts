// The daily log out of a running core with a simulated exchange: every call, answered or not.
import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { IncidentId, RelayId, ReportId } from '#domain/id.ts'
import { dayOf, systemClock } from '#domain/time.ts'
import { startBroker } from '../../trial/brokers.ts'
import { startTrialExchange } from '../../trial/exchange.ts'
import { siteText, startTestDesk } from '../test-desk.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

async function desk() {
  const broker = await startBroker()
  ends.push(broker.close)
  const options = { site: 'demak-uji', bridge: 'pbx1', broker: broker.url, members: ['B'], clock: systemClock }
  const exchange = await startTrialExchange({ ...options, canSteer: true })
  ends.push(exchange.stop)
  const made = await startTestDesk({ site: siteText({ exchange: broker.url }) })
  ends.push(made.end)
  await made.page.until('calls', {}, (calls) => calls.exchange.isOnline)
  return { ...made, exchange }
}

const today = () => dayOf(Date.now(), 'Asia/Jakarta')

describe('exportDailyLog', () => {
  it('holds answered and missed calls with their incident, and is on record with its hash', async () => {
    const { page, exchange } = await desk()
    await page.signIn()
    exchange.ring('laka-pantura')
    const { ringing } = await page.until('calls', {}, (calls) => calls.ringing.length === 1)
    const call = ringing[0]?.call
    if (call === undefined) throw new Error('nothing rings')
    await page.done('answerCall', { call })
    await page.until('calls', {}, (calls) => calls.active?.state === 'connected')
    await page.done('classifyCall', { call, class: 'DARURAT' })
    const incident = randomUUID() as IncidentId
    const ids = { incident, report: randomUUID() as ReportId }
    const { label } = await page.done('openIncident', { ...ids, call, source: '112', type: 'LAKA-LL', priority: null })
    await page.done('setIncidentField', { incident, field: 'village', value: '33.21.04.2015', over: [] })
    await page.done('setIncidentField', { incident, field: 'landmark', value: '=HYPERLINK("http://x")', over: [] })
    await page.done('addNote', { incident, text: 'dua luka;\nsatu "berat"' })
    const target = { relay: randomUUID() as RelayId, agency: 'POLRES', channel: 'phone' as const }
    await page.done('makeRelays', { incident, targets: [target] })
    await page.done('endCall', { call })
    exchange.hangUpCaller(exchange.ring('nomor-tersembunyi'))
    await page.until('missedCalls', {}, (missed) => missed.total === 1)
    await page.done('dialNumber', { number: '081200001130', call: null })
    await page.until('calls', {}, ({ active }) => active?.direction === 'out' && active.state === 'connected')
    const walkIn = { incident: randomUUID() as IncidentId, report: randomUUID() as ReportId }
    await page.done('openIncident', { ...walkIn, call: null, source: 'walk-in', type: 'BKR-RMH', priority: null })

    expect(await page.send('exportDailyLog', { day: today() })).toMatchObject({ fault: 'forbidden' })
    await page.signIn('rina')
    const { file, rows, sha256 } = await page.done('exportDailyLog', { day: today() })
    const bytes = await readFile(file)
    expect(rows).toBe(4)
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256)

    const [head, ...lines] = bytes.toString('utf8').split('\r\n')
    expect(head?.startsWith('\ufefftanggal;waktu_masuk;meja;operator')).toBe(true)
    expect(lines).toHaveLength(5)
    const crash = lines[0]?.split(';') ?? []
    expect(crash.slice(2, 7)).toEqual(['B', 'siti', '112', '+6281200004486', 'DARURAT'])
    expect(crash.slice(9, 14)).toEqual([label, 'LAKA-LL', 'P1', 'Sayung', 'Gemulak'])
    expect(crash[14]).toBe(`"'=HYPERLINK(""http://x"")"`)
    expect(crash[15]).toBe('POLRES')
    expect(lines[0]).toContain('"dua luka;\nsatu ""berat"""')
    expect(lines[0]?.endsWith(';lokal')).toBe(true)
    expect(lines[1]?.split(';').slice(2, 10)).toEqual(['', '', '112', '', 'PUTUS', '0', '', ''])
    expect(lines[2]?.split(';').slice(2, 7)).toEqual(['B', 'siti', 'keluar', '+6281200001130', ''])
    expect(lines[3]?.split(';').slice(2, 7)).toEqual(['B', 'siti', 'walk-in', '', ''])
  })

  it('refuses a day that does not exist, and leaves no half file where it cannot write', async () => {
    const { page, dir } = await startTestDesk().then((made) => {
      ends.push(made.end)
      return made
    })
    await page.signIn('rina')
    expect(await page.send('exportDailyLog', { day: '2026-02-31' })).toEqual({ fault: 'invalid', field: 'day' })
    await writeFile(join(dir, 'export'), 'a file stands where the folder should be')
    expect(await page.send('exportDailyLog', { day: today() })).toMatchObject({ fault: 'read_only' })
    expect((await readdir(dir)).filter((name) => name.endsWith('.csv') || name.endsWith('.new'))).toEqual([])
  })
})
