// What main hands to the programs it starts, and what they say back on their parent port. Pages never see these.
import { z } from 'zod'
import type { EmitterPort } from './port.ts'

/** Name of the database in the data folder. */
export const databaseName = 'meja.db'

/** Everything core needs to begin; nothing in it comes from the page. */
export const coreStart = z.object({
  /** Folder of the database, its copies and exports. */
  dataDir: z.string(),
  /** Folder on a second disk for the running copy; null where the site has none. */
  secondDir: z.string().nullable(),
  /** Database key, 32 bytes as lower-case hex. */
  key: z.string().regex(/^[0-9a-f]{64}$/),
  /** Path of the SQLite addon where the one in the package does not fit the runtime. */
  nativeBinding: z.string().nullable(),
  migrationsDir: z.string(),
  resourcesDir: z.string(),
  version: z.string(),
  /** New at each start of the program, the same when core alone is restarted. */
  boot: z.uuid(),
  isTrial: z.boolean(),
  /** Path of the site file; core reads it and keeps the last good one. */
  siteFile: z.string(),
})
export type CoreStart = z.infer<typeof coreStart>

/** What the trial program needs; `dir` holds the databases of its centre and agency desks. */
export const trialStart = coreStart
  .pick({ nativeBinding: true, migrationsDir: true, resourcesDir: true, version: true })
  .extend({ dir: z.string() })
export type TrialStart = z.infer<typeof trialStart>

/** Parent to child. `page` comes with one port: a page that main has checked. */
export type ToChild = { kind: 'start'; start: unknown } | { kind: 'page' }

/** Child to parent. `fatal` is followed by the child's end; main shows it and does not restart. */
export const fromChild = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  /** The trial site is up: path of the site file that core shall use. */
  z.object({ kind: z.literal('site'), file: z.string() }),
  z.object({
    kind: z.literal('fatal'),
    reason: z.enum(['site', 'database', 'newer', 'folder', 'start']),
    detail: z.string(),
  }),
])
export type FromChild = z.infer<typeof fromChild>

/** The parent port of a utility process: Electron adds it to `process`, plain Node has none. */
export type ParentPort = {
  readonly postMessage: (message: FromChild) => void
  readonly on: (type: 'message', listener: (event: { data: ToChild; ports: readonly EmitterPort[] }) => void) => unknown
}

/** The port to main, or undefined under plain Node. */
export function parentPort(): ParentPort | undefined {
  return (globalThis as { process?: { parentPort?: ParentPort } }).process?.parentPort
}
