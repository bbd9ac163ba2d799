// The bar of an alarm about a log, on a real core: who may take it off, and what stays in the status bar.
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { core, ends, folder, open, openPage, signIn } from '../shell/test-window.tsx'

const { openDatabase } = await import('#db/open.ts')
const { raiseAlarm } = await import('#db/log/log.ts')

it('is seen by everybody, taken off by a lead, and kept among the facts with name and time', async () => {
  const dir = folder()
  const made = await core({ dir })
  const db = openDatabase({ file: join(dir, 'meja.db'), key: '11'.repeat(32) })
  ends.push(() => void db.close())
  raiseAlarm({ db, clock: { now: () => Date.now() } } as never, 'fork', 'C.cccccccccccccccc')
  const page = openPage(made)
  open(made)
  const bar = () => screen.queryByText(/dua riwayat berbeda atas nama meja C/)
  await waitFor(() => expect(bar()).not.toBeNull())
  await page.signIn('siti')
  await screen.findByRole('heading', { name: 'Panggilan', level: 1 })
  expect(screen.queryByRole('button', { name: 'Tandai ditangani' })).toBeNull()
  await page.done('signOut', {})
  await signIn('rina')
  fireEvent.click(await screen.findByRole('button', { name: 'Tandai ditangani' }))
  await waitFor(() => expect(bar()).toBeNull())
  expect(screen.getByTitle(/^Rina K\. \d\d\/\d\d \d\d:\d\d$/).textContent).toMatch(
    /1 alarm riwayat ditangani \(Rina K\. /,
  )
})
