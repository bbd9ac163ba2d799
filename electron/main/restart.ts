// How long to wait before an ended program is started again. Pure: times come in, a delay comes out.

const firstMs = 0
const secondMs = 500
const longestMs = 10_000
/** A program that ran this long counts as healthy again. */
const healthyMs = 60_000

/** Number of quick ends in a row after a life of `livedMs`. */
export function quickEnds(before: number, livedMs: number): number {
  return livedMs >= healthyMs ? 1 : before + 1
}

/** At once after the first end, then twice as long each time: a crash must not cost a call, a crash loop must not eat the machine. */
export function restartDelayMs(ends: number): number {
  if (ends <= 1) return firstMs
  return Math.min(longestMs, secondMs * 2 ** (ends - 2))
}
