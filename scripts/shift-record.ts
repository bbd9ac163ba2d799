// What a scripted trial shift leaves behind: a picture and a time for each step, and summary.json. It knows no step itself.
import type { Page } from '@playwright/test'
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the shift did, counted by the program itself. */
export type ShiftFacts = {
  readonly calls: number
  readonly incidents: number
  readonly relays: { readonly told: number; readonly received: number; readonly acknowledged: number }
  /** Own ops that the centre has confirmed, and that still wait. */
  readonly confirmed: number
  readonly waiting: number
}

export type StepResult = { readonly name: string; readonly ms: number; readonly ok: boolean }

export type ShiftRecord = {
  /** Runs one step, notes how long it took, takes a picture of the window after it. A failed step ends the shift. */
  readonly step: (name: string, page: Page, work: () => Promise<void>) => Promise<void>
  /** Facts known so far; the last ones are written. */
  readonly note: (facts: ShiftFacts) => void
}

const nothingYet: ShiftFacts = {
  calls: 0,
  incidents: 0,
  relays: { told: 0, received: 0, acknowledged: 0 },
  confirmed: 0,
  waiting: 0,
}

/**
 * Runs a shift and writes its record into `folder`, which is emptied first; also when it fails half-way.
 * Returns the exit code: 0 when every step succeeded.
 */
export async function recordShift(
  { folder, version, say }: { folder: string; version: string; say: (line: string) => void },
  shift: (record: ShiftRecord) => Promise<void>,
): Promise<number> {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const startedAt = new Date().toISOString()
  const steps: StepResult[] = []
  const screenshots: string[] = []
  let facts = nothingYet
  const picture = async (page: Page, name: string): Promise<void> => {
    const file = `${String(steps.length).padStart(2, '0')}-${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.png`
    await page.screenshot({ path: join(folder, file), animations: 'disabled' })
    screenshots.push(file)
  }
  const step: ShiftRecord['step'] = async (name, page, work) => {
    const began = performance.now()
    const ended = (ok: boolean): void => {
      const ms = Math.round(performance.now() - began)
      steps.push({ name, ms, ok })
      say(`  ${ok ? '✓' : '✗'} ${name} (${ms} ms)`)
    }
    try {
      await work()
      ended(true)
    } catch (error) {
      ended(false)
      throw error
    } finally {
      await picture(page, name).catch((error: unknown) => say(`  no picture of "${name}": ${String(error)}`))
    }
  }
  let code = 0
  try {
    await shift({ step, note: (next) => (facts = next) })
  } catch (error) {
    code = 1
    say(error instanceof Error ? (error.stack ?? error.message) : String(error))
  }
  // Written beside and renamed, so that a summary is whole or not there.
  const summary = { version, startedAt, steps, ...facts, screenshots }
  const beside = join(folder, 'summary.json.new')
  writeFileSync(beside, `${JSON.stringify(summary, undefined, 2)}\n`)
  renameSync(beside, join(folder, 'summary.json'))
  return code
}
