// Suggestion, merging and umbrella on a real core, by keyboard: nothing takes the focus, and everything can be taken back.
import { screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { newId, type IncidentId, type ReportId } from '#domain/id.ts'
import {
  combo,
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
import type { Page } from './test-window.tsx'

const suggestion = (): Promise<HTMLElement> => screen.findByRole('group', { name: 'Mungkin kejadian yang sama' })
const inHand = (): string | null => region('Kejadian').querySelector('.head .hand-mark')?.textContent?.trim() ?? null

/** An open incident that somebody else took. */
async function known(page: Page, village = '33.21.04.2014'): Promise<{ incident: IncidentId; label: string }> {
  await page.signIn('andi')
  const [incident, report] = [newId<IncidentId>(), newId<ReportId>()]
  const opened = { incident, report, call: null, source: 'radio', type: 'LAKA-LL', priority: null } as const
  const { label } = await page.done('openIncident', opened)
  await page.done('setIncidentField', { incident, field: 'village', value: village, over: [] })
  await page.done('setReportField', { report, field: 'words', value: 'truk gandeng terguling', over: [] })
  return { incident, label }
}

async function typedAgain(): Promise<void> {
  press('Ctrl+N')
  press('F5')
  type('tabrakan')
  press('Enter')
  press('F6')
  type('sidogemah')
  await waitFor(() => expect(inHand()).not.toBeNull())
  press('Enter')
}

it('shows under the place what it may be and why, leaves the focus, and Ctrl+D merges, Alt+G takes apart', async () => {
  const made = await core({ dir: folder() })
  const { label } = await known(openPage(made))
  open(made)
  await screen.findByRole('heading', { name: 'Panggilan', level: 1 })
  await typedAgain()
  const shown = await suggestion()
  expect(shown.textContent).toContain(label)
  await waitFor(() => expect(shown.textContent).toMatch(/desa sama · jenis sama/))
  expect(shown.textContent).toContain('1 pelapor')
  expect(document.activeElement?.closest('.suggestion')).toBeNull()
  const own = inHand()
  expect(own).not.toBe(label)
  press('Ctrl+D')
  await waitFor(() => expect(inHand()).toBe(label))
  await screen.findByText(new RegExp(`Digabung ke ${label}`))
  const merged = await screen.findByRole('group', { name: '1 digabung ke sini' })
  expect(merged.textContent).toContain(own)
  await waitFor(() => expect(screen.getByRole('row', { name: new RegExp(label) }).textContent).toMatch(/2/))
  expect(screen.queryByRole('row', { name: new RegExp(own ?? '') })).toBeNull()
  press('Alt+G')
  await waitFor(() => expect(screen.queryByRole('group', { name: '1 digabung ke sini' })).toBeNull())
  await screen.findByRole('row', { name: new RegExp(own ?? '') })
})

it('Alt+D looks at the suggested incident without merging', async () => {
  const made = await core({ dir: folder() })
  const { label } = await known(openPage(made))
  open(made)
  await screen.findByRole('heading', { name: 'Panggilan', level: 1 })
  await typedAgain()
  await suggestion()
  const own = inHand()
  press('Alt+D')
  await waitFor(() => expect(inHand()).toBe(label))
  await screen.findByRole('row', { name: new RegExp(own ?? '') })
})

it('while an incident is an umbrella a caller is added with one key, with what was typed for him', async () => {
  const { exchange } = await deskWithExchange()
  await signIn()
  press('Ctrl+N')
  press('F5')
  type('banjir')
  press('Enter')
  await waitFor(() => expect(inHand()).not.toBeNull())
  const label = inHand()
  await screen.findByRole('button', { name: /^Payung/ })
  press('Alt+A')
  await waitFor(() => expect(screen.getByRole('button', { name: /^Payung/ }).getAttribute('aria-pressed')).toBe('true'))
  exchange.ring('laka-pantura')
  await says('Panggilan berdering', /Jawab/)
  press('F2')
  await says('Panggilan aktif', 'TERHUBUNG')
  await screen.findByRole('button', { name: new RegExp(`Tambah pelapor ke ${label}`) })
  await waitFor(() => expect(inHand()).toBeNull())
  press('Alt+R')
  await waitFor(() => expect(inHand()).toBe(label))
  await screen.findByText(`Pelapor ditambahkan ke ${label}`)
  expect(field(/Nomor balik/).value).toContain('0812-0000-4486')
  expect(field(/Tempat menurut pelapor ini/).value).toBe('')
  await waitFor(() => expect(screen.getByRole('row', { name: new RegExp(label ?? '') }).textContent).toMatch(/2/))
  expect(combo(/Jenis kejadian/).value).toMatch(/Banjir/)
  await says('Kejadian', label ?? '')
})
