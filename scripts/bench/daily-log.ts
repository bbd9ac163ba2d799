// daily_log_csv_2000_s and daily_log_pause_ms: the log of 2,000 calls, and how long core cannot answer meanwhile.
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { openDatabase } from '#db/open.ts'
import { startJob } from '../../electron/core/worker.ts'
import { copyOfYears, deskKey } from './desk-folder.ts'
import type { Bench, Figure } from './figure.ts'

const calls = 2000
const incidents = 2000

type Made = { readonly seconds: number; readonly pauseMs: number; readonly rows: number; readonly bytes: number }

/** The instants between which the last 2,000 calls came in. */
function range(database: { readonly file: string; readonly key: string }): { from: number; to: number } {
  const db = openDatabase(database)
  const sql = 'SELECT offered_at FROM call ORDER BY offered_at DESC LIMIT 1 OFFSET ?'
  const from = db
    .prepare(sql)
    .pluck()
    .get(calls - 1) as number
  const to = db.prepare('SELECT max(offered_at) FROM call').pluck().get() as number
  db.close()
  return { from, to: to + 1 }
}

/** Makes the log once, from asking for it to its bytes. */
async function make({ dir, say }: Bench): Promise<Made> {
  const desk = join(dir, 'desk')
  await copyOfYears(incidents, desk, say)
  const database = { file: join(desk, 'meja.db'), key: deskKey }
  const input = { ...range(database), zone: 'Asia/Jakarta', villages: new Map() } as const
  const pauses = monitorEventLoopDelay({ resolution: 1 })
  pauses.enable()
  const startedAt = performance.now()
  const { rows, bytes } = await startJob({ job: 'dailyLog', database, input }).done
  const seconds = (performance.now() - startedAt) / 1000
  pauses.disable()
  return { seconds, pauseMs: pauses.max / 1_000_000, rows, bytes: bytes.byteLength }
}

const what = ({ rows, bytes }: Made): string => `${rows} rows, ${bytes} bytes of CSV`

export const dailyLogTime: Figure = {
  name: 'daily_log_csv_2000_s',
  unit: 's',
  target: 5,
  isMost: true,
  measure: async (bench) => {
    const made = await make(bench)
    return { value: made.seconds, note: `s from asking to the bytes, once: ${what(made)}` }
  },
}

export const dailyLogPause: Figure = {
  name: 'daily_log_pause_ms',
  unit: 'ms',
  target: 50,
  isMost: true,
  measure: async (bench) => {
    const made = await make(bench)
    return { value: made.pauseMs, note: `longest time in which core answers nothing meanwhile: ${what(made)}` }
  },
}
