// What a developer reads while the set-up runs: one line per step, a bar when a step is slow. It decides nothing.

/** A refusal with a message for the person at the keyboard: `message` says what is wrong, `advice` what to do. */
export class Stop extends Error {
  /**
   * @param {string} message
   * @param {string} advice
   */
  constructor(message, advice) {
    super(message)
    this.advice = advice
  }
}

/**
 * Tells how far a step is. `share` runs from 0 to 1; undefined means "still working, end unknown".
 * @callback Progress
 * @param {number | undefined} share
 * @param {string} [now] what is being done at the moment
 * @returns {void}
 */

const barWidth = 24
const slowMs = 2_000
const plainEveryMs = 5_000

/**
 * One line of the bar, without line ending.
 * @param {string} name
 * @param {number | undefined} share
 * @param {number} seconds
 */
export function barLine(name, share, seconds) {
  if (share === undefined) return `  … ${name}  ${seconds} s`
  const bounded = Math.min(1, Math.max(0, share))
  const full = Math.round(bounded * barWidth)
  const bar = '█'.repeat(full) + '░'.repeat(barWidth - full)
  return `  … ${name}  ${bar} ${Math.floor(bounded * 100)} %  ${seconds} s`
}

/**
 * Runs one step and prints one line for it. `work` returns what the line says; it may report progress meanwhile.
 * @param {string} name
 * @param {(progress: Progress) => Promise<string> | string} work
 * @param {{ write(text: string): unknown, isTTY?: boolean }} [out]
 */
export async function step(name, work, out = process.stdout) {
  const startedAt = Date.now()
  /** @type {number | undefined} */
  let share
  let now = ''
  const draw = () => {
    const seconds = Math.round((Date.now() - startedAt) / 1000)
    const line = barLine(now === '' ? name : `${name}: ${now}`, share, seconds)
    out.write(out.isTTY === true ? `\r\u001b[K${line}` : `${line}\n`)
  }
  const wipe = () => {
    if (out.isTTY === true) out.write('\r\u001b[K')
  }
  /** @type {NodeJS.Timeout | undefined} */
  let every
  const first = setTimeout(() => {
    draw()
    every = setInterval(draw, out.isTTY === true ? 250 : plainEveryMs)
  }, slowMs)
  try {
    const said = await work((newShare, newNow) => {
      share = newShare
      if (newNow !== undefined) now = newNow
    })
    const took = Date.now() - startedAt
    wipe()
    out.write(`  ✓ ${name}: ${said}${took < 1_000 ? '' : ` (${(took / 1000).toFixed(1)} s)`}\n`)
  } catch (error) {
    wipe()
    throw error
  } finally {
    clearTimeout(first)
    clearInterval(every)
  }
}

/**
 * Runs a whole command and ends the process with its exit code. A `Stop` is told plainly; anything else is a defect and
 * keeps its stack.
 * @param {() => Promise<number>} command
 */
export async function runCommand(command) {
  try {
    process.exitCode = await command()
  } catch (error) {
    process.exitCode = 1
    if (!(error instanceof Stop)) throw error
    process.stderr.write(`  ✗ ${error.message}\n${error.advice.replace(/^/gm, '    ')}\n`)
  }
}
