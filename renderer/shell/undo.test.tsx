// Ctrl+Z on the screen: the row says what was done last, goes further back, and leaves typed text alone.
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { core, field, folder, open, openPage, press, says, signIn, type } from './test-window.tsx'

it('shows what was done last and takes it back, one after the other, with the field still in focus', async () => {
  const made = await core({ dir: folder() })
  open(made)
  await signIn()
  const page = openPage(made)
  press('F9')
  type('api besar')
  press('Enter')
  await says('Tindakan terakhir', /^Catatan ditambahkan · B001$/)
  type('api kecil')
  press('Enter')
  const { rows } = await page.until('board', { limit: 5 }, ({ total }) => total === 1)
  const { incident } = rows[0]!
  const struck = (): Promise<(string | undefined)[]> =>
    page.read('incident', { incident }).then((row) => row?.notes.map((note) => note.struck?.reason ?? undefined) ?? [])
  await page.until('incident', { incident }, (row) => row?.notes.length === 2)

  // Text that is being typed keeps Ctrl+Z to itself.
  press('b')
  type('belum')
  expect(fireEvent.keyDown(document.activeElement!, { key: 'z', code: 'KeyZ', ctrlKey: true })).toBe(true)
  expect(await struck()).toEqual([undefined, undefined])
  fireEvent.input(field(/Catatan untuk/), { target: { value: '' } })

  press('Ctrl+Z')
  await screen.findByText(/^Dibatalkan: Catatan ditambahkan · B001$/)
  await page.until('incident', { incident }, (row) => row?.notes.filter((note) => note.struck !== null).length === 1)
  await screen.findByRole('button', { name: /Batalkan Ctrl\+Z/ })
  press('Ctrl+Z')
  await page.until('incident', { incident }, (row) => row?.notes.every((note) => note.struck !== null) === true)
  expect(await struck()).toEqual(['dibatalkan operator', 'dibatalkan operator'])
  await says('Tindakan terakhir', /^Kejadian dibuka · B001$/)
  press('Ctrl+Z')
  await page.until('incident', { incident }, (row) => row?.status === 'dibatalkan')
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Tindakan terakhir' })).toBeNull())
})
