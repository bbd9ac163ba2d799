// What is typed: it survives the page and the program, waits while core is gone, and two values of one field are settled.
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { core, field, folder, open, openPage, plug, press, signIn, type } from './test-window.tsx'

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
