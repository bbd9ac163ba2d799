// Sound and sight together: what is on the screen is heard, on every screen, and what is gone from it is silent.
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import type { IncidentId, RelayId, ReportId } from '#domain/id.ts'
import type { TestAudio } from '../sound/test-audio.ts'
import { alarmTone, ringTone, type Tone } from '../sound/tone.ts'
import {
  core,
  deskWithExchange,
  field,
  folder,
  open,
  openPage,
  press,
  region,
  says,
  signIn,
  type,
} from './test-window.tsx'

const played = (audio: TestAudio, tone: Tone): number => audio.played.filter((one) => one.tone === tone).length
const last = (audio: TestAudio): TestAudio['played'][number] | undefined => audio.played.at(-1)
const ringerText = (text: string | RegExp): Promise<HTMLElement> =>
  waitFor(() => within(screen.getByRole('contentinfo')).getByText(text))

it('rings while a call rings, before anybody signed in, and is silent at once when it is answered', async () => {
  const { exchange, audio } = await deskWithExchange()
  exchange.ring(null)
  await screen.findByText(/Masuk untuk menjawab/)
  await waitFor(() => expect(played(audio, ringTone)).toBeGreaterThan(0))
  await signIn()
  press('Ctrl+6')
  await says('Panggilan berdering', /Jawab/)
  expect(last(audio)?.stopped).toBe(false)
  press('F2')
  await says('Panggilan aktif', 'TERHUBUNG')
  await waitFor(() => expect(last(audio)?.stopped).toBe(true))
  // Who speaks hears the next one more quietly, but hears it.
  expect(audio.level()).toBeGreaterThan(0)
  expect(audio.level()).toBeLessThan(0.8)
  const before = played(audio, ringTone)
  exchange.ring(null)
  await says('Panggilan berdering', /Jawab/)
  await waitFor(() => expect(played(audio, ringTone)).toBe(before + 1))
})

it('is silent when another desk answered, or the caller gave up', async () => {
  const { exchange, audio } = await deskWithExchange()
  const call = exchange.ring(null)
  await screen.findByText(/Masuk untuk menjawab/)
  await waitFor(() => expect(played(audio, ringTone)).toBe(1))
  exchange.hangUpCaller(call)
  await waitFor(() => expect(last(audio)?.stopped).toBe(true))
  expect(screen.queryByText(/Masuk untuk menjawab/)).toBeNull()
})

it('goes on ringing while core is gone, as the call stays on the screen', async () => {
  const { exchange, audio, core: running, unplug } = await deskWithExchange()
  await signIn()
  exchange.ring(null)
  await says('Panggilan berdering', /Jawab/)
  unplug()
  await running.stop()
  const before = played(audio, ringTone)
  await waitFor(() => expect(played(audio, ringTone)).toBeGreaterThan(before))
  expect(region('Panggilan berdering').textContent).toContain('Jawab')
})

it('sounds the alarm of a P1 relay that is in the alarm bar, until somebody deals with it', async () => {
  const made = await core({ dir: folder(), siteMore: 'targets: { p1AckSeconds: 1 }\n' })
  const { audio } = open(made)
  await signIn()
  const page = openPage(made)
  await page.signIn()
  const incident = randomUUID() as IncidentId
  const report = randomUUID() as ReportId
  await page.done('openIncident', { incident, report, call: null, source: 'walk-in', type: 'BKR-RMH', priority: null })
  const targets = [{ relay: randomUUID() as RelayId, agency: 'DAMKAR', channel: 'phone' as const }]
  await page.done('makeRelays', { incident, targets })
  await screen.findByRole('region', { name: /^Alarm/i })
  await waitFor(() => expect(played(audio, alarmTone)).toBe(1))
  press('F11')
  await waitFor(() => expect(screen.queryByRole('region', { name: /Alarm/ })).toBeNull())
  await waitFor(() => expect(last(audio)?.stopped).toBe(true))
})

it('says in the status bar where it sounds, and when it cannot', async () => {
  const { audio } = open(await core({ dir: folder() }))
  await ringerText('Dering 80% · bawaan')
  audio.become('failed')
  expect((await ringerText('SUARA TIDAK BISA DIPUTAR')).closest('.warn')).not.toBeNull()
  audio.become('running')
  await ringerText('Dering 80% · bawaan')
  press('Alt+S')
  await waitFor(() => expect(played(audio, ringTone)).toBe(1))
})

it('is set on the settings screen: device, volume, and a mute that needs a reason', async () => {
  const { audio } = open(await core({ dir: folder() }))
  await signIn()
  press('Ctrl+6')
  await screen.findByRole('heading', { name: 'Suara' })
  audio.plug([{ id: 'h1', name: 'Headset Jabra' }])
  const button = screen.getByRole('button', { name: /Perangkat dering/ })
  button.focus()
  press('Enter')
  button.click()
  const item = await screen.findByRole('option', { name: 'Headset Jabra' })
  item.click()
  await ringerText('Dering 80% · Headset Jabra')
  expect(audio.device()).toBe('h1')
  fireEvent.change(screen.getByLabelText(/Keras suara/), { target: { value: '50' } })
  await ringerText('Dering 50% · Headset Jabra')
  audio.plug([])
  await ringerText(/Headset Jabra hilang/)
  expect(audio.device()).toBe('')
  field('Alasan membisukan').focus()
  press('Enter')
  await screen.findByText('Isi dulu kolom ini')
  expect(audio.level()).toBe(0.5)
  type('tamu di ruangan')
  press('Enter')
  await ringerText(/^BISU s\.d\. \d\d.\d\d: tamu di ruangan$/)
  expect(audio.level()).toBe(0)
  screen.getByRole('button', { name: 'Bunyikan lagi' }).click()
  await waitFor(() => expect(audio.level()).toBe(0.5))
})
