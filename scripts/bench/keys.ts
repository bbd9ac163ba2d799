// key_to_paint_p95_ms and key_script_p95_ms: typing into the form of a new incident, free text and the village search.
import { openDeskWindow, type DeskWindow } from './desk-window.ts'
import { p95, spread, type Bench, type Figure, type Measured } from './figure.ts'

const incidents = 2_000
/** Between two keys, as a fast typist types (ms). */
const keyEveryMs = 90
const landmark =
  'jalan raya semarang demak km 12 depan spbu sebelah utara masuk gang kedua rumah cat hijau dekat musala al ikhlas pagar bambu'
const villages = [
  'sriwulan',
  'karanganyar',
  'ketanjung',
  'sidogemah',
  'bintoro demak',
  'tambakbulusan',
  'purworejo bonang',
]

type PerKey = (press: () => Promise<void>) => Promise<void>

/** Types all texts; `perKey` presses each key and measures what it likes around it. */
async function typeAll({ page }: DeskWindow, perKey: PerKey): Promise<void> {
  const type = async (text: string): Promise<void> => {
    for (const letter of text) {
      await perKey(() => page.keyboard.press(letter === ' ' ? 'Space' : letter))
      await new Promise((settle) => setTimeout(settle, keyEveryMs))
    }
  }
  await page.keyboard.press('Control+n')
  await page.getByLabel('Jalan / patokan').focus()
  await type(landmark)
  for (const village of villages) {
    await page.keyboard.press('F6')
    await page.keyboard.press('Control+a')
    await type(village)
  }
}

async function inWindow({ dir, say }: Bench, work: (window: DeskWindow) => Promise<number[]>): Promise<Measured> {
  const window = await openDeskWindow({ dir, incidents, say })
  try {
    const samples = await work(window)
    return {
      value: p95(samples),
      note: `ms, landmark and village search, ${incidents} incidents stored: ${spread(samples)}`,
    }
  } finally {
    await window.stop()
  }
}

async function paintTimes(window: DeskWindow): Promise<number[]> {
  await typeAll(window, (press) => press())
  const times = await window.inPage<number[]>('bench.keys')
  return times
}

/** Script time of the page from before a key until after its second frame, whatever ran in it. */
async function scriptTimes(window: DeskWindow): Promise<number[]> {
  const session = await window.page.context().newCDPSession(window.page)
  await session.send('Performance.enable')
  const scriptMs = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics')
    return (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0) * 1000
  }
  const times: number[] = []
  await typeAll(window, async (press) => {
    const before = await scriptMs()
    const count = await window.inPage<number>('bench.keys.length')
    await press()
    await window.inPage(`new Promise((done) => {
      const look = () => (bench.keys.length > ${count} ? done(0) : requestAnimationFrame(look))
      look()
    })`)
    times.push((await scriptMs()) - before)
  })
  return times
}

export const keyToPaint: Figure = {
  name: 'key_to_paint_p95_ms',
  unit: 'ms',
  target: 33,
  isMost: true,
  measure: (bench) => inWindow(bench, paintTimes),
}

export const keyScript: Figure = {
  name: 'key_script_p95_ms',
  unit: 'ms',
  target: 8,
  isMost: true,
  measure: (bench) => inWindow(bench, scriptTimes),
}
