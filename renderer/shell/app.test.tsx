// The screens on a real core, by keyboard: call, form, relay by phone, close; what is typed survives; calls never wait.
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
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

describe('the main job by keyboard', () => {
  it('takes a call, records it, tells agencies by phone with read-back, and closes', async () => {
    const { exchange } = await deskWithExchange()
    await signIn()
    exchange.ring('pingsan')
    await says('Panggilan berdering', /Jawab/)
    expect(document.activeElement).toBe(document.body)

    press('F2')
    await says('Panggilan aktif', 'TERHUBUNG')
    await waitFor(() => expect(document.activeElement).toBe(combo(/Jenis kejadian/)))
    type('semaput')
    press('Enter')
    await screen.findByText(/^\d{6}-B001$/, { selector: '.form .hand-mark' })
    await waitFor(() => expect(screen.getByRole('button', { name: 'P1' }).getAttribute('aria-pressed')).toBe('true'))
    expect(combo(/Jenis kejadian/).value).toContain('MED-DAR')

    press('F6')
    type('sriwulan')
    press('Enter')
    await waitFor(() => expect(combo(/Lokasi/).value).toBe('Sriwulan, Sayung'))
    field('Jalan / patokan').focus()
    type('belakang pasar')
    press('Enter')
    press('F9')
    type('Korban masih bernapas')
    press('Enter')
    await within(region('Catatan')).findByText('Korban masih bernapas')
    expect(field(/Catatan untuk/).value).toBe('')

    const agencies = region('Instansi')
    press('F8')
    await within(agencies).findAllByText('Harus ditelepon')
    await waitFor(() => expect(document.activeElement?.closest('[data-agency]')).toBe(agencies.querySelector('li')))
    // The line is taken by the caller: the exchange refuses, the desk phone is used, the second press records it.
    press('Alt+1')
    await screen.findByText(/Sentral menolak/)
    press('Alt+1')
    await within(agencies).findByText('Ditelepon')
    press('Alt+1')
    await waitFor(() => expect(document.activeElement).toBe(field('Dibaca ulang oleh')))
    type('Pak Slamet')
    press('Enter')
    await within(agencies).findByText('Diterima')
    await within(agencies).findByText(/Pak Slamet/)

    const others = within(agencies).getAllByText('Harus ditelepon').length
    // What was said has been said: its records are struck and the screen says so, then the relay itself is called off.
    await says('Tindakan terakhir', /Jawaban instansi dicatat/)
    await says('Tindakan terakhir', 'hanya catatannya yang dicoret')
    press('Ctrl+Z')
    await screen.findByText(/Catatannya dicoret; yang sudah diucapkan/)
    await says('Tindakan terakhir', /Telepon ke instansi dicatat/)
    expect(within(agencies).queryByText('Diterima')).toBeNull()
    press('Ctrl+Z')
    await says('Tindakan terakhir', /Diteruskan ke/)
    press('Ctrl+Z')
    await waitFor(() => expect(within(agencies).getAllByText('Dibatalkan').length).toBeGreaterThanOrEqual(others))
    await screen.findByText(/^Dibatalkan: Diteruskan ke/)

    press('F10')
    await waitFor(() => expect(within(region('Panggilan aktif')).queryByText('TERHUBUNG')).toBeNull())
    press('Alt+T')
    await waitFor(() => expect((document.activeElement as HTMLInputElement).type).toBe('radio'))
    fireEvent.submit((document.activeElement as HTMLInputElement).form!)
    await within(region('Kejadian terbuka')).findByText('Tidak ada kejadian terbuka.')
    await screen.findByRole('button', { name: /Buka lagi/ })
  })

  it('says beside the field that a callback number cannot be dialled, and keeps it', async () => {
    const made = await core({ dir: folder() })
    open(made)
    await signIn()
    field(/^Nomor balik/).focus()
    type('tetangga Pak RT')
    await says('Kejadian', 'bukan nomor')
    press('Enter')
    const page = openPage(made)
    const { rows } = await page.until('board', { limit: 5 }, ({ total }) => total === 1)
    const { incident } = rows[0]!
    await page.until('incident', { incident }, (value) => value?.reports[0]?.callback.value === 'tetangga Pak RT')
    expect(field(/^Nomor balik/).value).toBe('tetangga Pak RT')
  })

  it('closes a prank call in two keys, without an incident', async () => {
    const { exchange, page } = await deskWithExchange()
    await signIn()
    await page.signIn()
    const call = exchange.ring(null)
    await says('Panggilan berdering', /Jawab/)
    press('F2')
    await says('Panggilan aktif', 'TERHUBUNG')
    exchange.hangUpCaller(call)
    await says('Panggilan aktif', 'BELUM DIKLASIFIKASI')
    press('Ctrl+J')
    await screen.findByText('tekan hurufnya')
    press('p')
    await says('Panggilan aktif', 'SIAP')
    expect((await page.read('board', { limit: 10 })).total).toBe(0)
    expect((await page.read('calls', {})).active).toBeNull()
  })

  it('says "take it on the desk phone" where the exchange cannot be steered, and shows no key that does nothing', async () => {
    const { exchange } = await deskWithExchange(false)
    await signIn()
    const call = exchange.ring(null)
    await says('Panggilan berdering', /Terima di telepon meja/)
    press('F2')
    exchange.lift('B', call)
    const active = await says('Panggilan aktif', 'TERHUBUNG')
    expect(active.textContent).toContain('TERHUBUNG')
    expect(within(region('Panggilan aktif')).queryAllByRole('button')).toEqual([])
  })

  it('keeps missed calls until someone follows them up', async () => {
    const { exchange } = await deskWithExchange()
    await signIn()
    const call = exchange.ring(null)
    await says('Panggilan berdering', /Jawab/)
    exchange.hangUpCaller(call)
    const missed = region('Tak terjawab')
    await within(missed).findByText('1 belum dihubungi')
    press('Alt+M')
    await waitFor(() => expect(document.activeElement?.closest('.missed')).toBe(missed))
    press('s')
    await within(missed).findByText('0 belum dihubungi')
  })
})

describe('an alarm', () => {
  it('stands on the screen when a P1 relay is not acknowledged, until someone takes it', async () => {
    const made = await core({ dir: folder(), siteMore: 'targets: { p1AckSeconds: 1 }\n' })
    open(made)
    await signIn()
    press('F5')
    type('kebakaran rumah')
    press('Enter')
    await screen.findByText(/^\d{6}-B001$/, { selector: '.form .hand-mark' })
    await screen.findByRole('button', { name: /Teruskan ke/ })
    press('F8')
    const bar = await waitFor(() => region('Alarm'))
    within(bar).getByText(/batas 00:01/)
    const count = Number(/dari (\d) alarm/.exec(bar.textContent ?? '')?.[1])
    expect(count).toBe(3)
    const first = within(bar).getByText(/belum menerima/).textContent
    press('Ctrl+ArrowDown')
    await waitFor(() => expect(within(region('Alarm')).getByText(/belum menerima/).textContent).not.toBe(first))
    for (let left = count; left > 0; left -= 1) {
      const counted = left > 1 ? `dari ${left} alarm` : 'batas'
      await waitFor(() => expect(region('Alarm').textContent).toContain(counted))
      if (left === 1) await waitFor(() => expect(region('Alarm').textContent).not.toContain('dari'))
      press('F11')
    }
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Alarm' })).toBeNull())
  })
})

describe('the board, notes and status by keyboard', () => {
  it('takes another incident in hand, strikes a note with a reason, postpones and verifies', async () => {
    open(await core({ dir: folder() }))
    await signIn()
    const mark = (label: RegExp): Promise<HTMLElement> => screen.findByText(label, { selector: '.form .hand-mark' })
    press('F5')
    type('lampu jalan mati')
    press('Enter')
    await mark(/B001$/)
    press('Ctrl+N')
    press('F5')
    type('kebakaran rumah')
    press('Enter')
    await mark(/B002$/)
    const board = region('Kejadian terbuka')
    // Fire first: P1 stands above P4.
    await waitFor(() => expect(within(board).getAllByRole('row')[1]?.textContent).toContain('B002'))
    press('Alt+E')
    await waitFor(() => expect(document.activeElement?.textContent).toContain('B002'))
    press('ArrowDown')
    await waitFor(() => expect(document.activeElement?.textContent).toContain('B001'))
    press('Enter')
    await mark(/B001$/)

    press('F9')
    type('Salah alamat')
    press('Enter')
    const notes = region('Catatan')
    const note = await within(notes).findByText('Salah alamat')
    note.closest('li')?.focus()
    press('Delete')
    await waitFor(() => expect(document.activeElement).toBe(field('Alasan mencoret')))
    press('Enter')
    await screen.findByText('Isi dulu kolom ini')
    type('keliru')
    press('Enter')
    await within(notes).findByText('Salah alamat', { selector: 's' })
    await within(notes).findByText(/dicoret Siti N\.: keliru/)

    press('Alt+U')
    await waitFor(() => expect(document.activeElement).toBe(field('Alasan menunda')))
    type('menunggu Dishub')
    press('Enter')
    const status = region('Status')
    await within(status).findByText('Ditunda')
    press('Alt+V')
    await waitFor(() => expect(within(status).getAllByText('Diverifikasi')).toHaveLength(2))
    press('Ctrl+Shift+2')
    await waitFor(() => expect(screen.getByRole('button', { name: 'P2' }).getAttribute('aria-pressed')).toBe('true'))
  })

  it('changes colours and language with one key each, and keeps them', async () => {
    open(await core({ dir: folder() }))
    await signIn()
    expect(document.documentElement.dataset.theme).toBe('dark')
    press('Alt+W')
    press('Alt+W')
    await waitFor(() => expect(document.documentElement.dataset.theme).toBe('hc'))
    press('Alt+Y')
    await screen.findByRole('region', { name: 'Open incidents' })
    expect(document.documentElement.lang).toBe('en')
    press('F1')
    const sheet = await screen.findByRole('dialog', { name: 'Keys' })
    expect(within(sheet).getByText('Answer the next call').nextSibling?.textContent).toBe('F2')
    press('Escape')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect([localStorage.getItem('meja.theme'), localStorage.getItem('meja.language')]).toEqual(['hc', 'en'])
  })
})
