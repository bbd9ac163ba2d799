// keys_ghost: how many keys close a silent call as a ghost after its last prompt, until its record is closed.
import { openDeskWindow, type DeskWindow } from './desk-window.ts'
import type { Bench, Figure, Measured } from './figure.ts'

const incidents = 2_000
/** One caller who says nothing and waits. */
const scenario = 'senyap'
const patienceMs = 60_000

/** Counts keys, without the ones that only change others. */
const counter = `(() => {
  const bench = globalThis.bench
  bench.pressed = 0
  addEventListener('keydown', ({ key }) => {
    if (!['Control', 'Shift', 'Alt', 'Meta'].includes(key)) bench.pressed += 1
  }, true)
})()`

async function promptUntilGhost({ page, exchange }: DeskWindow): Promise<void> {
  const sees = (text: string | RegExp) => page.getByText(text, { exact: true }).first().waitFor({ timeout: patienceMs })
  exchange.ring(scenario)
  await sees('BERDERING')
  await page.keyboard.press('F2')
  await sees('TERHUBUNG')
  await page.keyboard.press('Alt+h')
  await page.getByRole('button', { name: /Minta tekan tombol/ }).waitFor({ timeout: patienceMs })
  await page.keyboard.press('Alt+h')
  await sees(/Masih hening: akhiri/)
  await page.keyboard.press('F10')
  await page
    .getByRole('button', { name: /Telepon balik/ })
    .first()
    .waitFor({ timeout: patienceMs })
  await page.keyboard.press('Alt+h')
  await sees('TERHUBUNG')
  await page.keyboard.press('F10')
  await sees(/Semua peringatan sudah dijalankan/)
}

async function measure({ dir, say }: Bench): Promise<Measured> {
  const window = await openDeskWindow({ dir, incidents, say })
  try {
    await promptUntilGhost(window)
    await window.inPage(counter)
    const startedAt = performance.now()
    await window.page.keyboard.press('Control+j')
    await window.page.keyboard.press('g')
    await window.page.getByText('SIAP', { exact: true }).waitFor({ timeout: patienceMs })
    const tookMs = Math.round(performance.now() - startedAt)
    const value = await window.inPage<number>('bench.pressed')
    return { value, note: `keys from the last prompt to the closed record of a silent call; ${tookMs} ms` }
  } finally {
    await window.stop()
  }
}

export const keysGhost: Figure = { name: 'keys_ghost', unit: 'keys', target: 2, isMost: true, measure }
