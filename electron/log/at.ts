// The clock text `at` of an op: it orders ops and never goes back in one log. It is not a time to show.

/** How far ahead of the corrected clock a received `at` may be and still push ours, in ms (inclusive). */
export const maxAheadMs = 300_000
const lastCounter = 99_999

function parts(at: string): { readonly ms: number; readonly counter: number } {
  return { ms: Number(at.slice(0, 15)), counter: Number(at.slice(16)) }
}

function text(ms: number, counter: number): string {
  return `${String(ms).padStart(15, '0')}.${String(counter).padStart(5, '0')}`
}

/** True for 15 digits, a dot and 5 digits. */
export function isAt(value: unknown): value is string {
  return typeof value === 'string' && /^\d{15}\.\d{5}$/.test(value)
}

/** True when a received `at` may push our own clock. */
export function isAdmitted(at: string, now: number): boolean {
  return isAt(at) && parts(at).ms <= now + maxAheadMs
}

/** The next `at`: corrected now (UTC ms), or one counter above the greatest one used or admitted so far (null: none). */
export function nextAt(now: number, greatest: string | null): string {
  if (greatest === null) return text(now, 0)
  const last = parts(greatest)
  if (now > last.ms) return text(now, 0)
  return last.counter < lastCounter ? text(last.ms, last.counter + 1) : text(last.ms + 1, 0)
}
