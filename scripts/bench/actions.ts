// action_p95_ms_200k_offline and growth_200k_vs_2k: key down -> committed and painted, with no broker for sync in reach.
import { openDeskWindow, type DeskWindow } from './desk-window.ts'
import { p95, rounded, spread, type Bench, type Figure, type Measured } from './figure.ts'

const many = 200_000
const few = 2_000
/** Notes in turn on new incidents, as many on each as a busy one has; the first one of each opens it. */
const rounds = 22
const notesPerIncident = 10
/** Not counted: the first incident finds cold code. */
const warmUp = notesPerIncident

/** Types a note, presses Enter and gives the time from that key to the second frame that shows the recorded note. */
async function addNote({ page, inPage }: DeskWindow, text: string): Promise<number> {
  await page.keyboard.press('F9')
  await page.keyboard.insertText(text)
  const find = `() => [...document.querySelectorAll('.notes li .note-text')].some((each) => each.textContent === '${text}')`
  const painted = inPage<number>(`bench.painted(${find})`)
  await inPage('0')
  await page.keyboard.press('Enter')
  const paintedAt = await painted
  return paintedAt - (await inPage<number>('bench.lastKeyAt'))
}

async function actionTimes({ dir, say }: Bench, incidents: number): Promise<number[]> {
  const window = await openDeskWindow({ dir, incidents, say })
  try {
    const samples: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      await window.page.keyboard.press('Control+n')
      for (let n = 0; n < notesPerIncident; n += 1) samples.push(await addNote(window, `Catatan ${round}.${n}`))
    }
    return samples.slice(warmUp)
  } finally {
    await window.stop()
  }
}

let manyTimes: Promise<number[]> | undefined
/** The large desk is opened once, for both figures. */
function timesOfMany(bench: Bench): Promise<number[]> {
  manyTimes ??= actionTimes(bench, many)
  return manyTimes
}

async function measureMany(bench: Bench): Promise<Measured> {
  const samples = await timesOfMany(bench)
  return { value: p95(samples), note: `ms, notes with ${many} incidents stored: ${spread(samples)}` }
}

async function measureGrowth(bench: Bench): Promise<Measured> {
  const large = await timesOfMany(bench)
  const small = await actionTimes(bench, few)
  const note = `p95 of the same action in the window: ${rounded(p95(large))} ms with ${many} incidents, ${rounded(p95(small))} ms with ${few} (${spread(small)})`
  return { value: p95(large) / p95(small), note }
}

export const action: Figure = {
  name: 'action_p95_ms_200k_offline',
  unit: 'ms',
  target: 100,
  isMost: true,
  isLong: true,
  measure: measureMany,
}

export const growth: Figure = {
  name: 'growth_200k_vs_2k',
  unit: 'times',
  target: 1.5,
  isMost: true,
  isLong: true,
  measure: measureGrowth,
}
