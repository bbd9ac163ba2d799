// The main job on one desk without any network: sign in, incident, notes, relay by phone, close.
import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import type { IncidentId, RelayId, ReportId } from '#domain/id.ts'
import { startTestDesk } from './test-desk.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})
async function desk(facts: Parameters<typeof startTestDesk>[0] = {}) {
  const made = await startTestDesk(facts)
  ends.push(made.end)
  return made
}
const newIncident = () => ({ incident: randomUUID() as IncidentId, report: randomUUID() as ReportId })

describe('the desk without any network', () => {
  it('refuses every record without a session, and shows no incident on a locked screen', async () => {
    const { page } = await desk()
    const ids = newIncident()
    const open = { ...ids, call: null, source: 'walk-in', type: 'BKR-RMH', priority: null } as const
    expect(await page.send('openIncident', open)).toEqual({ fault: 'not_signed_in' })
    await page.signIn()
    await page.done('openIncident', open)
    expect((await page.read('board', { limit: 50 })).total).toBe(1)
    await page.done('signOut', {})
    expect((await page.read('board', { limit: 50 })).total).toBe(0)
    expect(await page.read('incident', { incident: ids.incident })).toBeNull()
  })

  it('records an incident, relays it by phone with read-back and closes it with a result', async () => {
    const { page } = await desk()
    await page.signIn()
    const { incident, report } = newIncident()
    const { label } = await page.done('openIncident', {
      incident,
      report,
      call: null,
      source: 'walk-in',
      type: 'BKR-RMH',
      priority: null,
    })
    expect(label).toMatch(/^\d{6}-B001$/)
    await page.done('setIncidentField', { incident, field: 'village', value: '33.21.04.2005', over: [] })
    await page.done('setIncidentField', { incident, field: 'landmark', value: 'depan SPBU', over: [] })
    await page.done('setReportField', { report, field: 'words', value: 'Dapur kobong', over: [] })
    const { note } = await page.done('addNote', { incident, text: 'Api sudah sampai atap' })
    const before = await page.read('incident', { incident })
    expect(before).toMatchObject({ status: 'baru', recordState: 'local', priority: { value: 'P1' } })
    expect(before?.agencies.map(({ agency, part, channel }) => [agency, part, channel])).toEqual([
      ['DAMKAR', 'lead', 'phone'],
      ['POLRES', 'support', 'phone'],
      ['PSC119', 'support', 'phone'],
    ])
    expect(before?.message).toContain('depan SPBU')
    expect(before?.message).toContain('Dapur kobong')

    const relay = randomUUID() as RelayId
    await page.done('makeRelays', { incident, targets: [{ relay, agency: 'DAMKAR', channel: 'phone' }] })
    const again = {
      incident,
      targets: [{ relay: randomUUID() as RelayId, agency: 'DAMKAR', channel: 'phone' as const }],
    }
    expect(await page.send('makeRelays', again)).toEqual({ fault: 'already_exists', field: 'agency', detail: 'DAMKAR' })
    const step = { relay, step: 'acknowledged', person: '', reason: null, readBack: true } as const
    expect(await page.send('stepRelay', step)).toEqual({ fault: 'field_needed', field: 'person' })
    await page.done('stepRelay', { ...step, person: 'Pak Slamet' })
    const told = await page.read('incident', { incident })
    expect(told).toMatchObject({ status: 'diterima' })
    expect(told?.agencies[0]?.relay).toMatchObject({ step: 'acknowledged', isReadBack: true, person: 'Pak Slamet' })

    await page.done('strikeNote', { incident, note, reason: 'salah dengar' })
    await page.done('closeIncident', { incident, disposition: 'TERTANGANI', reason: null })
    const closed = await page.read('incident', { incident })
    expect(closed).toMatchObject({ status: 'ditutup', disposition: 'TERTANGANI' })
    expect(closed?.notes[0]).toMatchObject({
      text: 'Api sudah sampai atap',
      struck: { reason: 'salah dengar', by: 'Siti N.' },
    })
    expect((await page.read('board', { limit: 50 })).rows).toEqual([])
    await page.done('reopenIncident', { incident, reason: 'api menyala lagi' })
    expect((await page.read('board', { limit: 50 })).rows).toHaveLength(1)
  })

  it('answers a retried command with the stored reply and applies it once', async () => {
    const { page } = await desk()
    await page.signIn()
    const ids = newIncident()
    const command = randomUUID()
    const input = { ...ids, call: null, source: 'walk-in', type: 'BCN-BJR', priority: null } as const
    const first = await page.send('openIncident', input, command)
    expect(await page.send('openIncident', input, command)).toEqual(first)
    expect((await page.read('board', { limit: 50 })).total).toBe(1)
  })

  it('keeps typed text as a draft, gives it back, and drops it when it becomes a record', async () => {
    const { page } = await desk()
    await page.signIn()
    const { incident, report } = newIncident()
    await page.done('openIncident', { incident, report, call: null, source: 'walk-in', type: null, priority: null })
    await page.done('saveDraft', { on: `incident:${incident}`, field: 'landmark', text: 'dep', over: [] })
    await page.done('saveDraft', { on: `incident:${incident}`, field: 'landmark', text: 'depan pas', over: [] })
    expect((await page.read('incident', { incident }))?.landmark).toMatchObject({
      value: null,
      draft: { text: 'depan pas' },
    })
    await page.done('setIncidentField', { incident, field: 'landmark', value: 'depan pasar', over: [] })
    expect((await page.read('incident', { incident }))?.landmark).toMatchObject({ value: 'depan pasar', draft: null })
  })

  it('refuses what makes no sense in the words of the field', async () => {
    const { page } = await desk()
    await page.signIn()
    const { incident, report } = newIncident()
    await page.done('openIncident', { incident, report, call: null, source: 'walk-in', type: null, priority: null })
    const targets = [{ relay: randomUUID() as RelayId, agency: 'BPBD', channel: 'phone' as const }]
    expect(await page.send('makeRelays', { incident, targets })).toEqual({ fault: 'field_needed', field: 'type' })
    const set = { incident, over: [] }
    expect(await page.send('setIncidentField', { ...set, field: 'type', value: 'BKR-APA' })).toEqual({
      fault: 'invalid',
      field: 'type',
    })
    expect(await page.send('setIncidentField', { ...set, field: 'priority', value: 'P9' })).toEqual({
      fault: 'invalid',
      field: 'priority',
    })
    expect(await page.send('addNote', { incident: randomUUID() as IncidentId, text: 'x' })).toEqual({
      fault: 'not_found',
      field: 'incident',
    })
    expect(await page.send('addNote', { incident, text: '  ' })).toEqual({ fault: 'field_needed', field: 'text' })
    expect(await page.send('exportDailyLog', { day: '2026-11-24' })).toEqual({ fault: 'forbidden' })
  })
})
