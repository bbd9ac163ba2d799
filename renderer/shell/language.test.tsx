// Indonesian and English switch live, the words of the reference packs with them; what is said to a caller stays Indonesian.
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { deskWithExchange, press, region, says, signIn, type } from './test-window.tsx'

const textOf = (name: string | RegExp): string => region(name).textContent ?? ''

/** A crash, told over the counter by a witness who must first be told to stay safe. */
async function crash(): Promise<void> {
  press('Ctrl+N')
  press('D')
  press('F5')
  type('tabrakan')
  press('Enter')
  await screen.findByRole('region', { name: 'Pertanyaan: LAKA-LL' })
  fireEvent.click(within(region('Kejadian')).getByRole('button', { name: /Hubungan/ }))
  fireEvent.click(await screen.findByRole('option', { name: 'Saksi' }))
  press('F7')
  press('2')
  await within(region(/^Pertanyaan/)).findByText(/Menjauhlah dulu ke tempat yang aman/)
}

it('switches types, relations, questions and sources in front of the operator, and back', async () => {
  await deskWithExchange()
  await signIn()
  await crash()
  await waitFor(() => expect(textOf('Kejadian')).toContain('Saksi'))
  press('Alt+Y')
  const questions = await screen.findByRole('region', { name: 'Questions: LAKA-LL' })
  await within(questions).findByText('Is the caller in a safe place?')
  await waitFor(() => expect(textOf('Incident')).toContain('Witness'))
  // What is read aloud is Indonesian in both; English stands below it.
  within(questions).getByText(/Menjauhlah dulu ke tempat yang aman/)
  within(questions).getByText(/Move to a safe place first/)
  await says('Open incidents', /Road crash/)
  await waitFor(() => expect(textOf('Clock, operator and queue')).toContain('Walk-in 1'))
  press('Alt+Y')
  await screen.findByRole('region', { name: 'Pertanyaan: LAKA-LL' })
  await waitFor(() => expect(textOf('Kejadian')).toContain('Saksi'))
  expect(within(region(/^Pertanyaan/)).queryByText(/Move to a safe place first/)).toBeNull()
  await says('Kejadian terbuka', /Kecelakaan lalu lintas/)
})
