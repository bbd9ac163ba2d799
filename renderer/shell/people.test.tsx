// Who works here: sign-in and its lock, the first admin, the operators of a live site and the recovery code.
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { core, field, folder, open, openPage, press, signIn, type, type Page } from './test-window.tsx'

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
