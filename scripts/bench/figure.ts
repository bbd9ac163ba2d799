// What a figure is and how its samples become one number. It must not measure anything.

/** One sample may be an outlier of the machine, so no percentile stands on fewer than this. */
export const leastSamples = 200

/** What a figure gets: a folder of its own on the real disk, and a way to tell how far it is. */
export type Bench = {
  readonly dir: string
  readonly say: (text: string) => void
}

export type Measured = { readonly value: number; readonly note: string }

/** `isMost`: the value may be at most the target, otherwise it must be at least that; `isLong`: it may take many minutes. */
export type Figure = {
  readonly name: string
  readonly unit: string
  readonly target: number
  readonly isMost: boolean
  readonly isLong?: boolean
  readonly measure: (bench: Bench) => Promise<Measured>
}

/** One entry of the printed object, in this order of keys. `value` is null when it could not be measured; `note` says why. */
export type Result = {
  readonly name: string
  readonly value: number | null
  readonly unit: string
  readonly target: number
  readonly ok: boolean
  readonly note: string
}

/** The printed result of a measured figure; the value is rounded to three significant decimals at most. */
export function resultOf({ name, unit, target, isMost }: Figure, measured: Measured): Result {
  const ok = isMost ? measured.value <= target : measured.value >= target
  return { name, value: rounded(measured.value), unit, target, ok, note: measured.note }
}

/** The printed result of a figure that could not be measured. */
export function failedResult({ name, unit, target }: Figure, error: unknown): Result {
  const [reason] = (error instanceof Error ? error.message : String(error)).split('\n')
  const note = `not measured: ${reason}`
  return { name, value: null, unit, target, ok: false, note }
}

export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}

/** The nearest-rank percentile, `share` between 0 and 1. Throws on no samples. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  const found = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
  if (found === undefined) throw new RangeError('no samples')
  return found
}

/** "p50 1.2, p95 3.4, p99 5.6, most 7.8 over 200": how the samples of a figure lie. */
export function spread(samples: readonly number[]): string {
  const at = (share: number): number => rounded(percentile(samples, share))
  return `p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, most ${at(1)} over ${samples.length}`
}

/** The 95th percentile of enough samples. */
export function p95(samples: readonly number[]): number {
  if (samples.length < leastSamples) throw new RangeError(`${samples.length} samples are too few`)
  return percentile(samples, 0.95)
}
