// search_200k_p95_ms: from the command of the list of incidents to its answer in the page, over three years of work.
import { join } from 'node:path'
import type { CommandInput } from '#contract/commands.ts'
import { openDatabase } from '#db/open.ts'
import { startTestDesk, type Page } from '../../electron/core/test-desk.ts'
import { copyOfYears, deskKey } from './desk-folder.ts'
import { p95, spread, type Bench, type Figure, type Measured } from './figure.ts'

const incidents = 200_000
/** Incidents that are looked for, spread over the three years. */
const targets = 60

type Target = { readonly label: string; readonly landmark: string | null; readonly number: string | null }

function someTargets(file: string): Target[] {
  const db = openDatabase({ file, key: deskKey, readonly: true })
  try {
    const every = Math.floor(incidents / targets)
    const sql = `SELECT i.label, i.landmark, (SELECT c.number FROM call c WHERE c.incident = i.incident LIMIT 1) AS number
      FROM incident_text d JOIN incident i ON i.incident = d.incident WHERE d.doc >= ? ORDER BY d.doc LIMIT 1`
    const first = db.prepare('SELECT min(doc) AS low, max(doc) AS high FROM incident_text').get() as {
      low: number
      high: number
    }
    const step = (first.high - first.low) / (incidents / every)
    return Array.from({ length: targets }, (_, n) => db.prepare(sql).get(Math.floor(first.low + n * step)) as Target)
  } finally {
    db.close()
  }
}

/** What people type for one incident: number, place, person, words that fit many, and the same half typed. */
function texts({ label, landmark, number }: Target, n: number): string[] {
  const common = ['kebakaran', 'motor', 'banjir sayung', 'air masuk rumah', 'mranggen', 'tidak sadar'][n % 6] ?? ''
  const whole = [label, `B ${label.slice(-3)}`, number ?? '0812', `${landmark ?? ''} bonang`, common]
  return [...whole, common.slice(0, 4), `${landmark ?? ''}`.slice(0, 5)]
}

async function timesOf(page: Page, files: readonly Target[]): Promise<number[]> {
  const asked = { state: 'all', type: null, priority: null, place: null, from: null, to: null, after: null, limit: 100 }
  const samples: number[] = []
  for (const [n, target] of files.entries()) {
    for (const text of texts(target, n)) {
      const startedAt = performance.now()
      await page.done('findIncidents', { ...asked, text } as CommandInput<'findIncidents'>)
      samples.push(performance.now() - startedAt)
    }
  }
  return samples
}

async function measure({ dir, say }: Bench): Promise<Measured> {
  const desk = join(dir, 'desk')
  await copyOfYears(incidents, desk, say)
  const files = someTargets(join(desk, 'meja.db'))
  const { page, end } = await startTestDesk({ dir: desk })
  try {
    await page.signIn()
    const samples = await timesOf(page, files)
    return {
      value: p95(samples),
      note: `ms, words, numbers, places and labels, whole and half typed: ${spread(samples)}`,
    }
  } finally {
    await end()
  }
}

export const search: Figure = {
  name: 'search_200k_p95_ms',
  unit: 'ms',
  target: 100,
  isMost: true,
  isLong: true,
  measure,
}
