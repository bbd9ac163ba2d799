// ring_to_form_p95_ms: from the exchange's publishing of a call to the second frame after its card is in the page.
import { openDeskWindow, type DeskWindow } from './desk-window.ts'
import { p95, spread, type Bench, type Figure, type Measured } from './figure.ts'

const rings = 220
/** Not counted: the first rings compile and lay out what later ones find ready. */
const warmUp = 10
const incidents = 2_000
/** One caller, who waits until he is told to hang up. */
const scenario = 'lampu-jalan'

const rung = `() => document.querySelector('section.ringing:not(.quiet) .big') !== null`
const quiet = `() => document.querySelector('section.ringing.quiet') !== null`

async function ringOnce({ exchange, inPage }: DeskWindow): Promise<number> {
  const painted = inPage<number>(`bench.painted(${rung})`)
  // A second word to the page comes back only after the first has begun to watch.
  await inPage('0')
  const publishedAt = performance.timeOrigin + performance.now()
  const call = exchange.ring(scenario)
  const took = (await painted) - publishedAt
  exchange.hangUpCaller(call)
  await inPage(`bench.painted(${quiet})`)
  return took
}

async function measure({ dir, say }: Bench): Promise<Measured> {
  const window = await openDeskWindow({ dir, incidents, say })
  try {
    const samples: number[] = []
    for (let n = 0; n < warmUp + rings; n += 1) {
      const took = await ringOnce(window)
      if (n >= warmUp) samples.push(took)
    }
    return {
      value: p95(samples),
      note: `ms, real window and broker, ${incidents} incidents stored: ${spread(samples)}`,
    }
  } finally {
    await window.stop()
  }
}

export const ringToForm: Figure = { name: 'ring_to_form_p95_ms', unit: 'ms', target: 150, isMost: true, measure }
