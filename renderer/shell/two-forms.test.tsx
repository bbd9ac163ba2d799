// Somebody else works on the incident whose form is open, or its call ends: no text is lost, no focus moves, the conflict is shown.
import { screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { callFacts } from '#db/queries/call-facts.ts'
import {
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

it('a call that ends under the form leaves text, focus and its place in the incident as they are', async () => {
  const { exchange, page, core: made } = await deskWithExchange()
  await signIn()
  await page.signIn()
  const linked = exchange.ring('pingsan')
  await says('Panggilan berdering', /Jawab/)
  press('F2')
  await says('Panggilan aktif', 'TERHUBUNG')
  const { active } = await page.until('calls', {}, (calls) => calls.active?.state === 'connected')
  press('F5')
  type('kebakaran rumah')
  press('Enter')
  const [row] = (await page.until('board', { limit: 5 }, ({ total }) => total === 1)).rows
  press('F9')
  type('api besar di lan')
  const focused = document.activeElement
  exchange.hangUpCaller(linked)
  await page.until('calls', {}, (calls) => calls.active?.state !== 'connected')
  await waitFor(() => expect(region('Panggilan aktif').textContent).not.toContain('TERHUBUNG'))
  expect(document.activeElement).toBe(focused)
  expect((focused as HTMLInputElement).value).toBe('api besar di lan')
  type('api besar di lantai dua')
  press('Enter')
  const shown = await page.until('incident', { incident: row!.incident }, (one) => one?.notes.length === 1)
  expect(shown?.notes[0]?.text).toBe('api besar di lantai dua')
  expect(shown?.reports.map(({ call }) => call)).toEqual([active?.call])
  expect(callFacts(made.desk.db, active!.call)?.incident?.incident).toBe(row!.incident)
})

it('a field that another desk sets while it is typed keeps both: the words here, and the conflict in sight', async () => {
  const made = await core({ dir: folder() })
  open(made)
  await signIn()
  const page = openPage(made)
  press('F5')
  type('kebakaran rumah')
  press('Enter')
  const [row] = (await page.until('board', { limit: 5 }, ({ total }) => total === 1)).rows
  const { incident } = row!
  const landmark = field('Jalan / patokan')
  landmark.focus()
  type('depan pas')
  await page.until('incident', { incident }, (one) => one?.landmark.draft !== null)
  made.desk.recorder.transact({ by: 'tono', session: 'other' }, () => [
    {
      kind: 'IncidentFieldSet',
      on: `incident:${incident}`,
      body: { field: 'landmark', over: [] },
      personal: { value: 'km 12' },
    },
  ])
  await page.until('incident', { incident }, (one) => one?.landmark.value === 'km 12')
  expect(document.activeElement).toBe(landmark)
  expect(landmark.value).toBe('depan pas')
  type('depan pasar')
  press('Enter')
  const both = await page.until('incident', { incident }, (one) => (one?.landmark.conflicts.length ?? 0) > 0)
  const values = [both?.landmark.value, ...(both?.landmark.conflicts.map(({ value }) => value) ?? [])]
  expect(new Set(values)).toEqual(new Set(['depan pasar', 'km 12']))
  await screen.findAllByText(/km 12/)
  await screen.findAllByText(/depan pasar/)
})
