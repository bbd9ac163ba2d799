// A new recovery code made by a signed-in admin with the keyboard: shown once, and the old one is void.
import { screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { core, folder, open, openPage, press, signIn } from './test-window.tsx'

it('is made from the list of operators, shown once, and brings an admin back in the place of the old one', async () => {
  const made = await core({ dir: folder(), isTrial: false })
  const page = openPage(made)
  const { recoveryCode: old } = await page.done('createFirstAdmin', { operator: 'kepala', name: 'Budi', pin: '112112' })
  open(made)
  await signIn('kepala')
  press('Ctrl+O')
  await waitFor(() => expect(document.activeElement?.getAttribute('data-row')).toBe('kepala'))
  press('k')
  const sheet = await screen.findByRole('dialog', { name: 'Kode pemulihan baru' })
  await within(sheet).findByText(/yang lama langsung tidak berlaku/)
  const button = within(sheet).getByRole('button', { name: /Buat kode baru/ })
  expect(document.activeElement).toBe(button)
  button.click()
  const code = await waitFor(() => {
    const shown = sheet.querySelector('.recovery')?.textContent ?? ''
    expect(shown).toMatch(/^([0-9A-F]{5}-){3}[0-9A-F]{5}$/)
    return shown
  })
  await within(sheet).findByText('Kode ini hanya ditampilkan sekali.')
  await waitFor(() => expect(document.activeElement?.textContent).toContain('Sudah ditulis'))
  ;(document.activeElement as HTMLButtonElement).click()
  await waitFor(() => expect(document.activeElement?.getAttribute('data-row')).toBe('kepala'))
  expect(document.body.textContent).not.toContain(code)
  const again = { operator: 'kepala', name: 'Budi', pin: '606060' }
  expect(await page.send('recoverAdmin', { ...again, recoveryCode: old })).toMatchObject({ fault: 'wrong_pin' })
  expect(await page.send('recoverAdmin', { ...again, recoveryCode: code })).toHaveProperty('recoveryCode')
})
