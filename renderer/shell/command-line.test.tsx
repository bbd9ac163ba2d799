// The command line on the screen: it says what Enter would do, does exactly that, and does nothing when something is wrong.
import { fireEvent, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { core, field, folder, open, openPage, press, says, signIn, type } from './test-window.tsx'

const line = (): HTMLInputElement => field(/^Perintah/)
const preview = (): string => document.getElementById('command-preview')?.textContent ?? ''
function write(text: string): void {
  fireEvent.input(line(), { target: { value: '' } })
  type(text)
}

it('opens, notes and closes an incident by typed commands, with the words of it before Enter', async () => {
  const made = await core({ dir: folder() })
  open(made)
  await signIn()
  const page = openPage(made)
  press('F12')
  expect(document.activeElement).toBe(line())
  write('N laka-ll sidogemah P1; truk melintang')
  await waitFor(() =>
    expect(preview()).toMatch(/Buka kejadian: P1 Kecelakaan lalu lintas, Sidogemah, Sayung · catatan/),
  )
  expect((await page.read('board', { limit: 5 })).total).toBe(0)
  press('Tab')
  await waitFor(() => expect(line().value).toBe('N LAKA-LL Sidogemah, Sayung P1; truk melintang'))
  press('Enter')
  const { rows } = await page.until('board', { limit: 5 }, (board) => board.rows[0]?.lastNote === 'truk melintang')
  expect(rows[0]).toMatchObject({ type: 'LAKA-LL', priority: 'P1', village: 'Sidogemah, Sayung' })
  const { incident } = rows[0]!
  await waitFor(() => expect(line().value).toBe(''))

  write('S B001 batal')
  await waitFor(() => expect(preview()).toMatch(/Tulis alasan/))
  expect(line().getAttribute('aria-invalid')).toBe('true')
  press('Enter')
  expect(line().value).toBe('S B001 batal')

  await says('Tindakan terakhir', /B001/)
  write('C dua korban')
  await waitFor(() => expect(preview()).toMatch(/Catatan di B001: “dua korban”/))
  press('Enter')
  await page.until('incident', { incident }, (row) => row?.notes.some(({ text }) => text === 'dua korban') === true)
  await waitFor(() => expect(line().value).toBe(''))

  write('S B001 selesai')
  await waitFor(() => expect(preview()).toMatch(/Tutup B001: tertangani/))
  press('Enter')
  await page.until('incident', { incident }, (row) => row?.status === 'ditutup')
  // Ctrl+Z works from here, too: what was typed has been sent.
  await says('Tindakan terakhir', /Kejadian ditutup · B001/)
  await waitFor(() => expect(line().value).toBe(''))
  press('Ctrl+Z')
  await page.until('incident', { incident }, (row) => row?.status === 'baru')
})
