// The screens on a real core, by keyboard: call, form, relay by phone, close; what is typed survives; calls never wait.
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  combo,
  core,
  deskWithExchange,
  field,
  folder,
  open,
  openPage,
  plug,
  press,
  region,
  says,
  signIn,
  type,
  type Page,
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

describe('what is typed', () => {
  it('survives the page and the program, with the caret in its field', async () => {
    const site = { dir: folder() }
    const first = await core(site)
    const window_ = open(first)
    await signIn()
    const raw = openPage(first)
    press('Ctrl+N')
    field('Jalan / patokan').focus()
    fireEvent.focusIn(field('Jalan / patokan'))
    type('gang mus')
    await screen.findByText(/^\d{6}-B001$/, { selector: '.form .hand-mark' })
    const [row] = (await raw.until('board', { limit: 5 }, (board) => board.total === 1)).rows
    await raw.until('incident', { incident: row!.incident }, (one) => one?.landmark.draft?.text === 'gang mus')
    // The page goes without leaving the field; nothing but the draft can bring the text back.
    window_.desk.core.hear('gone')
    window_.unplug()
    await window_.close()
    await first.stop()

    const second = await core(site)
    open(second)
    await signIn()
    await waitFor(() => expect(field('Jalan / patokan').value).toBe('gang mus'))
    await waitFor(() => expect(document.activeElement).toBe(field('Jalan / patokan')))
  })

  it('stays on the screen while core is gone, and is saved when it is back', async () => {
    const site = { dir: folder(), boot: randomUUID() }
    const first = await core(site)
    const { desk, unplug } = open(first)
    await signIn()
    field('Nama pelapor').focus()
    type('Bam')
    await screen.findByText(/^\d{6}-B001$/, { selector: '.form .hand-mark' })
    unplug()
    desk.core.hear('gone')
    await first.stop()
    await screen.findByText(/Inti program dimulai ulang/)
    type('Bambang')
    expect(field('Nama pelapor').value).toBe('Bambang')
    const second = await core(site)
    plug(desk, second)
    await waitFor(() => expect(screen.queryByText(/Inti program dimulai ulang/)).toBeNull())
    expect(field('Nama pelapor').value).toBe('Bambang')
  })

  it('is settled with one key when two people set the same field', async () => {
    const made = await core({ dir: folder() })
    open(made)
    await signIn()
    field('Jalan / patokan').focus()
    type('depan masjid')
    press('Enter')
    await screen.findByText(/^\d{6}-B001$/, { selector: '.form .hand-mark' })
    const raw = openPage(made)
    await raw.signIn('andi')
    const [row] = (await raw.until('board', { limit: 5 }, (board) => board.total === 1)).rows
    const { incident } = row!
    await raw.until('incident', { incident }, (one) => one?.landmark.value === 'depan masjid')
    await raw.done('setIncidentField', { incident, field: 'landmark', value: 'depan SPBU', over: [] })
    await screen.findByText('Diubah bersamaan')
    press('Alt+K')
    const settled = await raw.until('incident', { incident }, (one) => one?.landmark.conflicts.length === 0)
    await waitFor(() => expect(screen.queryByText('Diubah bersamaan')).toBeNull())
    expect(field('Jalan / patokan').value).toBe(settled?.landmark.value)
  })
})

describe('sign-in', () => {
  it('counts the lock down after five wrong PINs', async () => {
    open(await core({ dir: folder() }))
    await screen.findByLabelText('Kode operator')
    for (let tries = 0; tries < 5; tries += 1) {
      field('Kode operator').focus()
      type('andi')
      field('PIN').focus()
      type('000000')
      press('Enter')
      await screen.findByText(tries < 4 ? 'Kode atau PIN salah' : /Terkunci karena PIN salah/)
      await waitFor(() => expect(field('PIN').value).toBe(''))
    }
    expect(screen.getByText(/Coba lagi dalam 0[01]:\d\d/).textContent).toContain('Terkunci')
  })

  it('offers the daily log to the lead only, and locks the desk with one key', async () => {
    open(await core({ dir: folder() }))
    await signIn('siti')
    expect(screen.queryByRole('button', { name: /Log harian/ })).toBeNull()
    press('Ctrl+L')
    await signIn('rina')
    press('Ctrl+P')
    const sheet = await screen.findByRole('dialog', { name: 'Log harian' })
    fireEvent.submit(within(sheet).getByLabelText('Tanggal').closest('form')!)
    await within(sheet).findByText(/\.csv$/)
    expect(within(sheet).getByText(/^[0-9a-f]{64}$/).className).toContain('mono')
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

describe('a site without operators', () => {
  it('makes its first admin and shows the recovery code once', async () => {
    open(await core({ dir: folder(), isTrial: false }))
    await screen.findByRole('heading', { name: 'Admin pertama' })
    expect(screen.queryByText(/UJI COBA/)).toBeNull()
    await waitFor(() => expect(document.activeElement).toBe(field(/^Kode/)))
    for (const [label, text] of [
      [/^Kode/, 'kepala'],
      ['Nama', 'Kepala Pusat'],
      [/^PIN, 6/, '445566'],
      ['PIN sekali lagi', '445567'],
    ] as const) {
      field(label).focus()
      type(text)
    }
    press('Enter')
    await screen.findByText('Kedua PIN tidak sama')
    type('445566')
    press('Enter')
    const code = await screen.findByText(/^[A-Z0-9-]{8,}$/, { selector: '.recovery' })
    const said = code.textContent
    fireEvent.click(screen.getByRole('button', { name: /Sudah ditulis/ }))
    await screen.findByRole('heading', { name: 'Masuk' })
    expect(document.body.textContent).not.toContain(said)
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

describe('the operators of a live site', () => {
  /** Fills in lines of a form by their labels. */
  function fill(lines: readonly (readonly [string | RegExp, string])[]): void {
    for (const [label, text] of lines) {
      field(label).focus()
      type(text)
    }
  }
  async function liveSite(): Promise<{ recoveryCode: string; page: Page }> {
    const made = await core({ dir: folder(), isTrial: false })
    const raw = openPage(made)
    const { recoveryCode } = await raw.done('createFirstAdmin', { operator: 'kepala', name: 'Budi', pin: '112112' })
    open(made)
    return { recoveryCode, page: raw }
  }
  const row = (code: string): Promise<HTMLElement> =>
    waitFor(() => {
      const found = document.querySelector<HTMLElement>(`tr[data-row="${code}"]`)
      expect(document.activeElement).toBe(found)
      return found!
    })
  const faultOf = (input: HTMLInputElement): string | null =>
    input.closest('.field')?.parentElement?.textContent ?? null

  it('are made and changed by the admin with the keyboard, with what is wrong beside its line', async () => {
    await liveSite()
    await signIn('kepala')
    press('Ctrl+O')
    await row('kepala')
    press('t')
    await waitFor(() => expect(document.activeElement).toBe(field(/^Kode/)))
    fill([
      [/^Kode/, 'kepala'],
      ['Nama', 'Siti Nuraini'],
      [/^PIN, 6/, '1121'],
      ['PIN sekali lagi', '1121'],
    ])
    press('Enter')
    await waitFor(() => expect(faultOf(field(/^Kode/))).toContain('sudah dipakai'))
    expect(document.activeElement).toBe(field(/^Kode/))
    type('siti')
    press('Enter')
    await waitFor(() => expect(faultOf(field(/^PIN, 6/))).toContain('PIN harus 6 sampai 12 angka'))
    await waitFor(() => expect(document.activeElement).toBe(field(/^PIN, 6/)))
    type('112112')
    press('Enter')
    await waitFor(() => expect(faultOf(field('PIN sekali lagi'))).toContain('Kedua PIN tidak sama'))
    type('112112')
    press('Enter')
    await screen.findByText('siti tersimpan')
    expect((await row('siti')).textContent).toContain('operator')

    // The same person again: another role, the PIN stays.
    press('Enter')
    await waitFor(() => expect(document.activeElement).toBe(field('Nama')))
    expect(field(/^Kode/).readOnly).toBe(true)
    fireEvent.click(field('kepala regu'))
    press('Enter')
    await waitFor(async () => expect((await row('siti')).textContent).toContain('kepala regu'))

    // The own access cannot be given away; Esc goes back to the list, and once more closes it.
    press('Home')
    await row('kepala')
    press('Enter')
    await screen.findByRole('dialog', { name: 'Ubah kepala' })
    fireEvent.click(field(/boleh masuk/))
    field('Nama').focus()
    press('Enter')
    await screen.findByText(/tidak bisa dicabut/)
    press('Escape')
    await row('kepala')
    press('Escape')
    expect(screen.queryByRole('dialog')).toBeNull()

    press('Ctrl+L')
    await signIn('siti')
    expect(screen.queryByRole('button', { name: /^Operator/ })).toBeNull()
    press('Ctrl+O')
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('get their admin back with the recovery code, and a new code that is shown once', async () => {
    const { recoveryCode, page: raw } = await liveSite()
    await screen.findByRole('button', { name: /Pulihkan admin/ })
    press('Alt+P')
    await waitFor(() => expect(document.activeElement).toBe(field('Kode pemulihan')))
    press('Escape')
    await waitFor(() => expect(document.activeElement).toBe(field('Kode operator')))
    press('Alt+P')
    await screen.findByLabelText('Kode pemulihan')
    fill([
      ['Kode pemulihan', '00000-00000-00000-00000'],
      [/^Kode operator/, 'baru'],
      ['Nama', 'Admin Baru'],
      [/^PIN, 6/, '112112'],
      ['PIN sekali lagi', '112112'],
    ])
    press('Enter')
    await waitFor(() => expect(faultOf(field('Kode pemulihan'))).toContain('Kode pemulihan salah'))
    await waitFor(() => expect(document.activeElement).toBe(field('Kode pemulihan')))
    type(recoveryCode.toLowerCase())
    press('Enter')
    const shown = await screen.findByText(/^[0-9A-F-]{23}$/, { selector: '.recovery' })
    expect(shown.textContent).not.toBe(recoveryCode)
    const next = shown.textContent ?? ''
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: /Sudah ditulis/ })))
    fireEvent.click(screen.getByRole('button', { name: /Sudah ditulis/ }))
    await signIn('baru')
    expect(document.body.textContent).not.toContain(next)
    const again = { operator: 'baru', name: 'Admin Baru', pin: '112112' }
    expect(await raw.send('recoverAdmin', { ...again, recoveryCode })).toMatchObject({ fault: 'wrong_pin' })
    expect(await raw.send('recoverAdmin', { ...again, recoveryCode: next })).toHaveProperty('recoveryCode')
  })

  it('is not offered on a trial site', async () => {
    open(await core({ dir: folder() }))
    await screen.findByLabelText('Kode operator')
    await screen.findByText(/PIN bawaan: 112112/)
    press('Alt+P')
    expect(screen.queryByLabelText('Kode pemulihan')).toBeNull()
    expect(screen.queryByRole('button', { name: /Pulihkan admin/ })).toBeNull()
  })
})
