// The borders in force on this desk, and the one import that may be under way. Knows no role and no window.
import { fault, type Fault } from '#domain/fault.ts'
import type { BorderReport, Borders } from '#domain/borders.ts'
import type { Point } from '#domain/place.ts'
import type { JobInput, JobName, JobOutput, RunningJob } from '../worker.ts'
import { keepBorders } from './borders-file.ts'
import type { CheckedBorders } from './check-borders.ts'

export type BorderCheckState =
  | { readonly state: 'none' }
  | { readonly state: 'running'; readonly file: string; readonly percent: number }
  | { readonly state: 'failed'; readonly file: string }
  | { readonly state: 'done'; readonly file: string; readonly report: BorderReport }

type Facts = {
  readonly folder: string
  readonly regency: string
  readonly villages: readonly string[]
  readonly borders: Borders | null
  readonly now: () => number
  readonly changed: () => void
  readonly startJob: <Name extends JobName>(
    job: Name,
    input: JobInput<Name>,
    onProgress: (done: number) => void,
  ) => RunningJob<JobOutput<Name>>
}

/** Holds borders and checks a file; what was checked counts only once it is accepted. */
export class BorderDesk {
  readonly #facts: Facts
  #borders: Borders | null
  #centres: ReadonlyMap<string, Point>
  #running: RunningJob<CheckedBorders> | null = null
  #state: BorderCheckState = { state: 'none' }
  #checked: CheckedBorders | null = null

  constructor(facts: Facts) {
    this.#facts = facts
    this.#borders = facts.borders
    this.#centres = centresOf(facts.borders)
  }

  /** The borders in force, the same object until others are imported; null before the first import. */
  borders(): Borders | null {
    return this.#borders
  }

  /** The centre of a village, or the mean of the centres of a district's villages; null while no borders are imported. */
  centreOf(code: string): Point | null {
    return this.#centres.get(code) ?? null
  }

  state(): BorderCheckState {
    return this.#state
  }

  /** Starts the check of a text; one that is under way is given up. `property` null = the best one is looked for. */
  check(file: string, text: string, property: string | null): void {
    this.cancel()
    const { regency, villages, startJob } = this.#facts
    const running: RunningJob<CheckedBorders> = startJob(
      'checkBorders',
      { text, property, regency, villages },
      (done) => {
        if (this.#running === running) this.#set({ state: 'running', file, percent: Math.floor(done * 100) })
      },
    )
    this.#running = running
    this.#set({ state: 'running', file, percent: 0 })
    running.done.then(
      (checked) => this.#end(running, { state: 'done', file, report: checked.report }, checked),
      () => this.#end(running, { state: 'failed', file }, null),
    )
  }

  /** Gives up the check, or what it found. The borders in force stay. */
  cancel(): void {
    const running = this.#running
    this.#running = null
    this.#checked = null
    if (running !== null) void running.cancel()
    this.#set({ state: 'none' })
  }

  /** What was checked comes into force. Refuses with `wrong_state`, `disk_full` or `read_only`; the old borders then stay. */
  async accept(source: string, licence: string): Promise<Fault | null> {
    const { folder, regency, now } = this.#facts
    const checked = this.#checked
    if (this.#state.state !== 'done' || checked === null || checked.areas.length === 0) return fault('wrong_state')
    const { file } = this.#state
    const kept = { source, licence, file, importedAt: now(), regency, areas: [...checked.areas] }
    const borders: Borders = { pack: 'borders', version: 1, ...kept }
    try {
      await keepBorders(folder, borders)
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'unknown'
      return fault(code === 'ENOSPC' || code === 'EDQUOT' ? 'disk_full' : 'read_only', { detail: code })
    }
    this.#borders = borders
    this.#centres = centresOf(borders)
    this.cancel()
    return null
  }

  #end(running: RunningJob<CheckedBorders>, state: BorderCheckState, checked: CheckedBorders | null): void {
    if (this.#running !== running) return
    this.#running = null
    this.#checked = checked
    this.#set(state)
  }

  #set(state: BorderCheckState): void {
    this.#state = state
    this.#facts.changed()
  }
}

function centresOf(borders: Borders | null): ReadonlyMap<string, Point> {
  const centres = new Map<string, Point>()
  const districts = new Map<string, Point[]>()
  for (const { code, centre } of borders?.areas ?? []) {
    centres.set(code, centre)
    const district = code.split('.').slice(0, 3).join('.')
    districts.set(district, [...(districts.get(district) ?? []), centre])
  }
  for (const [district, points] of districts) {
    const mean = (key: 'lat' | 'lon'): number =>
      Math.round(points.reduce((sum, point) => sum + point[key], 0) / points.length)
    centres.set(district, { lat: mean('lat'), lon: mean('lon') })
  }
  return centres
}
