// cold_start_s and memory_mb_idle: the whole program from outside, as the operating system sees it.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { siteText } from '../../electron/core/test-desk.ts'
import { descendants } from '../launch-desk.ts'
import { copyOfYears, deskMember } from './desk-folder.ts'
import { launchWindow, openDeskWindow } from './desk-window.ts'
import { rounded, type Bench, type Figure, type Measured } from './figure.ts'

const incidents = 2_000
const starts = 7
const readyMs = 60_000
const idleMs = 10_000

/** Seconds from the start of the process until the sign-in can be typed into. */
async function startOnce(desk: string): Promise<number> {
  const startedAt = performance.now()
  const app = await launchWindow(desk)
  const page = await app.firstWindow()
  await page.getByText('Call Center 112 Demak (uji)').waitFor({ timeout: readyMs })
  const seconds = (performance.now() - startedAt) / 1000
  await app.close()
  return seconds
}

async function measureStart({ dir, say }: Bench): Promise<Measured> {
  const desk = join(dir, 'desk')
  await copyOfYears(incidents, desk, say)
  writeFileSync(join(desk, 'site.yaml'), siteText({ member: deskMember }))
  const seconds: number[] = []
  for (let n = 0; n < starts; n += 1) seconds.push(await startOnce(desk))
  const times = seconds.map(rounded).join(', ')
  return {
    value: Math.max(...seconds),
    note: `the slowest of ${starts} starts with ${incidents} incidents stored: ${times}`,
  }
}

export const coldStart: Figure = { name: 'cold_start_s', unit: 's', target: 5, isMost: true, measure: measureStart }

/** Proportional share of memory of a process, in MB; what it shares with others counts in parts. */
function pssOf(pid: number): number {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
  return Number(/^Pss:\s+(\d+) kB$/m.exec(text)?.[1] ?? 0) / 1024
}

async function measureMemory({ dir, say }: Bench): Promise<Measured> {
  const window = await openDeskWindow({ dir, incidents, say })
  try {
    await new Promise((settle) => setTimeout(settle, idleMs))
    const pid = window.app.process().pid ?? 0
    const sizes = [pid, ...descendants(pid)].map(pssOf)
    const value = sizes.reduce((sum, size) => sum + size, 0)
    const each = sizes.map((size) => Math.round(size)).join(' + ')
    return {
      value,
      note: `MB of PSS, ${sizes.length} processes, signed in and idle, ${incidents} incidents stored: ${each}`,
    }
  } finally {
    await window.stop()
  }
}

export const memory: Figure = { name: 'memory_mb_idle', unit: 'MB', target: 500, isMost: true, measure: measureMemory }
