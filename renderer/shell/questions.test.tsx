// The zone "Questions" on a real core, by keyboard: digits, branches, critical answers, reasons, what is read aloud.
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { Core } from '../../electron/core/start.ts'
import { core, field, folder, open, openPage, press, region, says, signIn, type } from './test-window.tsx'

const zone = (): HTMLElement => region(/^Pertanyaan/)
const rows = (): HTMLElement[] => within(within(zone()).getByRole('list')).getAllByRole('listitem')
const asked = (): string[] => rows().map((row) => row.querySelector('.q')?.textContent ?? '')
const focused = (): string | null | undefined => document.activeElement?.closest('li')?.querySelector('.q')?.textContent
const answerOf = (question: string): string | null | undefined =>
  rows()
    .find((row) => row.querySelector('.q')?.textContent === question)
    ?.querySelector('[aria-pressed="true"]')

    ?.textContent?.replace(/ \d$/, '')
    .trim()
const isPressed = (name: string): boolean =>
  screen.getByRole('button', { name }).getAttribute('aria-pressed') === 'true'

/** A new incident of a type, without a call. */
async function incidentOf(words: string, protocol: string): Promise<Core> {
  const made = await core({ dir: folder() })
  open(made)
  await signIn()
  press('Ctrl+N')
  press('F5')
  type(words)
  press('Enter')
  await screen.findByRole('region', { name: `Pertanyaan: ${protocol}` })
  return made
}

describe('the questions by keyboard', () => {
  it('are those of the type; digits answer the focused row, Enter and Down go on, nothing blocks', async () => {
    await incidentOf('tabrakan', 'LAKA-LL')
    press('F7')
    expect(focused()).toBe('Pelapor di tempat aman?')
    press('1')
    await waitFor(() => expect(answerOf('Pelapor di tempat aman?')).toBe('Ya'))
    expect(focused()).toBe('Pelapor di tempat aman?')
    press('Enter')
    expect(focused()).toBe('Jumlah korban')
    press('ArrowDown')
    expect(asked()).not.toContain('Korban bernapas normal?')
    press('F9')
    expect(document.activeElement).toBe(field(/Catatan untuk/))
    type('12')
    press('1')
    expect(answerOf('Jumlah korban')).toBeUndefined()
    press('F7')
    expect(focused()).toBe('Jumlah korban')
  })

  it('branch, mark a critical answer by bar, icon and word, and read the right sentence aloud', async () => {
    await incidentOf('tabrakan', 'LAKA-LL')
    press('F7')
    press('ArrowDown')
    press('3')
    await waitFor(() => expect(answerOf('Jumlah korban')).toBe('2'))
    await waitFor(() => expect(asked()).toContain('Korban sadar, menjawab?'))
    press('Enter')
    expect(focused()).toBe('Korban sadar, menjawab?')
    press('2')
    await waitFor(() => expect(document.activeElement?.className).toContain('crit'))
    const chip = document.activeElement?.querySelector('.crit-on')
    expect(chip?.textContent).toContain('Tidak')
    expect(chip?.querySelector('svg')).not.toBeNull()
    await waitFor(() => expect(asked()).toContain('Korban bernapas normal?'))
    press('Enter')
    press('2')
    await within(zone()).findByText(/Tekan kuat dan cepat/)
    await within(zone())
      .findByText('4 dari 9 terjawab')
      .catch(() => undefined)
    press('Delete')
    await waitFor(() => expect(answerOf('Korban bernapas normal?')).toBeUndefined())
    await waitFor(() => expect(within(zone()).queryByText(/Tekan kuat dan cepat/)).toBeNull())
    await says('Kejadian', /2 korban, tidak sadar/)
  })

  it('raise the priority with the reason; an overruled one stays and the suggestion is told', async () => {
    await incidentOf('ular', 'EVK-HWN')
    await waitFor(() => expect(isPressed('P3')).toBe(true))
    await within(zone()).findByText('P3 dari jenis kejadian')
    press('F7')
    press('1')
    await waitFor(() => expect(answerOf('Semua orang sudah menjauh?')).toBe('Ya'))
    press('Enter')
    press('Enter')
    expect(focused()).toBe('Ada yang digigit atau disengat?')
    press('1')
    await waitFor(() => expect(isPressed('P1')).toBe(true))
    await within(zone()).findByText(/P1 karena: Ada yang digigit atau disengat\? Ya/)
    fireEvent.click(screen.getByRole('button', { name: 'P2' }))
    await within(zone()).findByText(/Saran P1, sekarang P2 pilihan operator: Ada yang digigit/)
    expect(isPressed('P2')).toBe(true)
    fireEvent.click(screen.getByRole('button', { name: 'P1' }))
    await within(zone()).findByText('P1 dipilih operator')
  })

  it('let a person confirm the priority that was given: it stays whatever is answered', async () => {
    await incidentOf('ular', 'EVK-HWN')
    await within(zone()).findByText('P3 dari jenis kejadian')
    fireEvent.click(screen.getByRole('button', { name: 'P3' }))
    await within(zone()).findByText('P3 dipilih operator')
    press('F7')
    press('ArrowDown')
    press('ArrowDown')
    expect(focused()).toBe('Ada yang digigit atau disengat?')
    press('1')
    await within(zone()).findByText(/Saran P1, sekarang P3 pilihan operator/)
    expect(isPressed('P3')).toBe(true)
  })

  it('open the incident by the first answer, and show what was missed when it is closed', async () => {
    open(await core({ dir: folder() }))
    await signIn()
    press('Ctrl+N')
    await screen.findByRole('region', { name: 'Pertanyaan: UMUM' })
    press('F7')
    press('1')
    await screen.findByText(/^\d{6}-B001$/, { selector: '.form .hand-mark' })
    await waitFor(() => expect(answerOf('Tempat dan patokan sudah jelas?')).toBe('Ya'))
    press('Alt+T')
    await screen.findByText(/^Pertanyaan terjawab 1 dari \d$/)
    await screen.findByText(/Belum ditanyakan: .*Pelapor di tempat aman\?/)
  })

  it('show when two desks answered differently, until somebody answers again', async () => {
    const made = await incidentOf('tabrakan', 'LAKA-LL')
    const page = openPage(made)
    await page.signIn()
    const { rows: found } = await page.read('board', { limit: 5 })
    const incident = found[0]!.incident
    await page.done('answerQuestion', { incident, question: 'terjepit', answer: 'ya', over: [] })
    await page.done('answerQuestion', { incident, question: 'terjepit', answer: 'tidak', over: [] })
    await within(zone()).findByText('jawaban berbeda')
    press('F7')
    press('End')
    press('ArrowUp')
    press('ArrowUp')
    press('ArrowUp')
    expect(focused()).toBe('Ada korban terjepit?')
    press('1')
    await waitFor(() => expect(within(zone()).queryByText('jawaban berbeda')).toBeNull())
    expect(answerOf('Ada korban terjepit?')).toBe('Ya')
  })
})
