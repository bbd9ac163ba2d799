// Importing borders on a whole core: only the admin may, what is refused changes nothing, what is accepted is there at once and after a restart.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { newId, type IncidentId, type ReportId } from '#domain/id.ts'
import { coreStartIn, newFolder, openPage, type Page } from '../test-desk.ts'
import { startCore, type Core } from '../start.ts'
import { geoJsonText, inventedBorders } from './test-borders.ts'

const fatal = (error: unknown): void => {
  throw error
}
let dir: string
let core: Core
let page: Page
const begin = async (): Promise<void> => {
  core = await startCore(coreStartIn(dir), { onFatal: fatal, checkOutput: true })
  page = openPage(core)
}
beforeEach(async () => {
  dir = newFolder()
  await begin()
})
afterEach(async () => {
  await core.stop()
  rmSync(dir, { recursive: true, force: true })
})

async function demak(): Promise<string[]> {
  const { gazetteer } = await page.read('gazetteer', {})
  return gazetteer.villages.map(({ code }) => code)
}
const check = async (text: string) => {
  await page.done('checkBorders', { file: 'batas.geojson', text, property: null })
  return page.until('borderCheck', {}, ({ state }) => state === 'done' || state === 'failed')
}
const note = { source: 'Bappeda Demak (karangan)', licence: 'uji' }

test('accepted borders are known at once and after a restart; centres come with them', async () => {
  await page.signIn('admin')
  const codes = await demak()
  expect(codes).toHaveLength(249)
  const text = geoJsonText(inventedBorders({ codes: codes.slice(0, 237) }))
  const checked = await check(text)
  expect(checked).toMatchObject({ state: 'done', report: { villages: 249, matched: 237, problems: [] } })
  expect(await page.read('borders', {})).toBeNull()
  await page.done('acceptBorders', note)
  const borders = await page.until('borders', {}, (value) => value !== null)
  expect(borders).toMatchObject({ ...note, file: 'batas.geojson', villages: 249 })
  expect(borders?.areas).toHaveLength(237)
  expect(await page.read('borderCheck', {})).toEqual({ state: 'none' })
  await core.stop()
  await begin()
  await page.signIn('siti')
  expect(await page.until('borders', {}, (value) => value !== null)).toEqual(borders)
  const [incident, village] = [newId<IncidentId>(), codes[7] ?? '']
  const report = newId<ReportId>()
  await page.done('openIncident', { incident, report, call: null, source: 'walk-in', type: null, priority: 'P1' })
  await page.done('setIncidentField', { incident, field: 'village', value: village, over: [] })
  const map = await page.until('map', { incident }, ({ inHand }) => inHand?.code === village)
  expect(map.inHand).toMatchObject({ precision: 'village', point: borders?.areas[7]?.centre, priority: 'P1' })
  expect(map.bounds).not.toBeNull()
})

test('a refused file changes nothing and cannot be accepted', async () => {
  await page.signIn('admin')
  const codes = await demak()
  await check(geoJsonText(inventedBorders({ codes })))
  await page.done('acceptBorders', note)
  const before = readFileSync(join(dir, 'reference', 'borders.json'), 'utf8')
  const refused = await check(geoJsonText(inventedBorders({ codes: ['33.20.01.2001'] })))
  expect(refused).toMatchObject({ report: { problems: [{ kind: 'otherRegency' }] } })
  expect(await page.send('acceptBorders', note)).toEqual({ fault: 'wrong_state' })
  expect(readFileSync(join(dir, 'reference', 'borders.json'), 'utf8')).toBe(before)
  await page.done('cancelBorders', {})
  expect(await page.read('borderCheck', {})).toEqual({ state: 'none' })
})

test('a check that is given up leaves nothing to accept', async () => {
  await page.signIn('admin')
  const text = geoJsonText(inventedBorders({ codes: await demak(), detail: 300 }))
  await page.done('checkBorders', { file: 'batas.geojson', text, property: null })
  await page.done('cancelBorders', {})
  expect(await page.read('borderCheck', {})).toEqual({ state: 'none' })
  expect(await page.send('acceptBorders', note)).toEqual({ fault: 'wrong_state' })
})

test('only the admin imports', async () => {
  for (const who of ['siti', 'rina']) {
    await page.signIn(who)
    expect(await page.send('checkBorders', { file: 'a', text: '{}', property: null })).toEqual({ fault: 'forbidden' })
    expect(await page.send('acceptBorders', note)).toEqual({ fault: 'forbidden' })
    await page.done('signOut', {})
  }
  expect(existsSync(join(dir, 'reference', 'borders.json'))).toBe(false)
})

test('a file that was damaged on the disk is told, and the last good one is used', async () => {
  await page.signIn('admin')
  await check(geoJsonText(inventedBorders({ codes: await demak() })))
  await page.done('acceptBorders', note)
  await core.stop()
  writeFileSync(join(dir, 'reference', 'borders.json'), '{"pack":"borders"')
  await begin()
  await page.signIn('admin')
  expect((await page.until('borders', {}, (value) => value !== null))?.areas).toHaveLength(249)
  const { notices } = await page.read('health', {})
  expect(JSON.stringify(notices)).toContain('borders.json')
})
