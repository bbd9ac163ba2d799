// Taking in by hand: the source with one key, contacts that need no incident, and what they count.
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { dayBounds, dayOf } from '#domain/time.ts'
import { core, field, folder, open, openPage, press, region, says, signIn, type } from './test-window.tsx'

const who = 'Kontak tanpa kejadian'
async function desk() {
  const made = await core({ dir: folder() })
  open(made)
  await signIn()
  const page = openPage(made)
  await page.signIn()
  return page
}

it('picks the source with the key after Ctrl+N, prints every key and counts what came', async () => {
  const page = await desk()
  press('Ctrl+N')
  await says('Sumber laporan', /WhatsApp/)
  for (const key of ['D', 'R', 'W', '0', '3', '5', '8', '9', '2', 'L', 'K']) {
    expect(region('Sumber laporan').textContent).toContain(key)
  }
  press('W')
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Sumber laporan' })).toBeNull())
  const place = () => document.activeElement?.closest('[data-field]')?.getAttribute('data-field')
  await waitFor(() => expect(place()).toBe('type'))
  type('kebakaran rumah')
  press('Enter')
  const { rows } = await page.until('board', { limit: 5 }, ({ total }) => total === 1)
  const row = await page.read('incident', { incident: rows[0]!.incident })
  expect(row?.source).toBe('whatsapp')
  await says('Jam, operator, dan antrean', /WhatsApp 1/)
})

it('lets whoever types on type on: only the very next key is a source', async () => {
  await desk()
  press('Ctrl+N')
  await says('Sumber laporan', /Radio/)
  press('F5')
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Sumber laporan' })).toBeNull())
  type('rob')
  expect((document.activeElement as HTMLInputElement).value).toBe('rob')
})

it('records a prank over WhatsApp without an incident, by keys alone', async () => {
  const page = await desk()
  press('Ctrl+N')
  await says('Sumber laporan', /kontak tanpa kejadian/)
  press('K')
  await says('Kontak tanpa kejadian dari', /WhatsApp/)
  press('W')
  await waitFor(() => expect(document.activeElement).toBe(field('Nomor (boleh kosong)')))
  for (const bad of ['=1+1', '<b>0</b>', '😀', '12', '0812\u202E', '1'.repeat(10_000)]) {
    type(bad.slice(0, 300))
    press('Enter')
    await says(who, 'Ini bukan nomor telepon')
  }
  type('0812-0000-4486')
  press('Enter')
  await says('Klasifikasi kontak', /Iseng/i)
  press('2')
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Klasifikasi kontak' })).toBeNull())
  const { today } = await page.until('calls', {}, (calls) => calls.today.sources.length > 0)
  expect(today).toMatchObject({ calls: 0, missed: 0, sources: [{ source: 'whatsapp', count: 1 }] })
  expect((await page.read('board', { limit: 5 })).total).toBe(0)
})

it('refuses a clock that is none, keeps what was typed, and says the time from paper before the class', async () => {
  await desk()
  press('Ctrl+N')
  press('K')
  await says('Kontak tanpa kejadian dari', /Datang langsung/)
  press('D')
  await waitFor(() => expect(document.activeElement).toBe(field('Nomor (boleh kosong)')))
  field('Nama (boleh kosong)').focus()
  type('n'.repeat(300))
  press('Enter')
  await says(who, 'Terlalu panjang')
  type('Pak Joko')
  field('Jam, bila dari kertas').focus()
  type('25.00')
  press('Enter')
  await says(who, 'Tulis jam seperti 14.05')
  expect(field('Nama (boleh kosong)').value).toBe('Pak Joko')
  type('00.00')
  press('Enter')
  await screen.findByRole('region', { name: /^Klasifikasi kontak \d\d\/\d\d\/\d\d 00:00, dari kertas$/ })
})

const label = (name: string): HTMLInputElement => screen.getAllByLabelText<HTMLInputElement>(name)[0]!
const put = (name: string, text: string): void => {
  label(name).focus()
  fireEvent.change(label(name), { target: { value: text } })
}

it('types in what stood on paper: its own times everywhere, kept through a closed form and a refusal', async () => {
  const page = await desk()
  press('Ctrl+N')
  await says('Sumber laporan', /Dari kertas/)
  press('P')
  await screen.findByRole('dialog', { name: 'Dari kertas' })
  await screen.findByLabelText('Jam di kertas')
  put('Tanggal di kertas', '2020-01-01')
  put('Jam di kertas', '=1+1 😀')
  put('Nomor pelapor', '0812-0000-4486')
  put('Kata pelapor', '<b>banjir</b>')
  press('Ctrl+Enter')
  await within(screen.getByRole('dialog')).findByText('Tulis jam seperti 14.05')
  // The form survives being put away, and so the page or the program.
  await page.until('paperDraft', {}, (texts) => texts['words'] === '<b>banjir</b>')
  press('Escape')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  press('Ctrl+N')
  await says('Sumber laporan', /Dari kertas/)
  press('P')
  await waitFor(() => expect(label('Kata pelapor').value).toBe('<b>banjir</b>'))
  put('Jam di kertas', '00.00')
  const dialog = screen.getByRole('dialog')
  within(dialog)
    .getByRole('combobox', { name: /^Jenis kejadian/ })
    .focus()
  type('rob')
  press('Enter')
  press('Ctrl+Enter')
  await within(dialog).findByText(/hanya kepala regu/)
  put('Tanggal di kertas', dayOf(Date.now(), 'Asia/Jakarta'))
  fireEvent.change(within(dialog).getAllByLabelText('Instansi')[0]!, { target: { value: 'BPBD' } })
  fireEvent.change(within(dialog).getAllByLabelText('Jam')[0]!, { target: { value: '00.00' } })
  put('Diterima oleh', 'Pak Budi')
  fireEvent.click(within(dialog).getAllByLabelText('Dibaca ulang')[0]!)
  put('Catatan', 'air naik')
  label('Jam di kertas').focus()
  press('Ctrl+Enter')
  await within(dialog).findByText('Tulis jam seperti 14.05')
  fireEvent.change(within(dialog).getAllByLabelText('Jam').at(-2)!, { target: { value: '00.00' } })
  press('Ctrl+Enter')
  await screen.findByText(/^Tercatat dari kertas: \d{6}-B001$/)
  const from = dayBounds(dayOf(Date.now(), 'Asia/Jakarta'), 'Asia/Jakarta').from
  const [row] = (await page.read('board', { limit: 5 })).rows
  expect(row).toMatchObject({ openedAt: from, relays: [{ agency: 'BPBD', step: 'acknowledged', isOverdue: false }] })
  await screen.findByText(/susulan dari kertas, diketik Siti N\. \d\d\/\d\d\/\d\d/)
  expect(await page.read('paperDraft', {})).toEqual({})
})
