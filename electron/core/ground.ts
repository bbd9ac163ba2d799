// Reads what core stands on before it has a database: site file, broker password, reference packs, gazetteer.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { CoreStart } from '#contract/shell.ts'
import type { Borders } from '#domain/borders.ts'
import type { Gazetteer, Landmarks } from '#domain/place.ts'
import type { Site } from '#domain/site.ts'
import { loadBorders } from './borders/borders-file.ts'
import { readBrokerPassword } from './broker-password.ts'
import { loadGazetteer } from './gazetteer.ts'
import { loadLandmarks } from './landmarks.ts'
import { loadReference, type Reference } from './reference.ts'
import { loadSite } from './site.ts'
import { StartRefused } from './start-refused.ts'

export type Ground = {
  readonly site: Site
  readonly siteProblems: readonly string[]
  readonly password: string | undefined
  readonly reference: Reference
  /** What is wrong with reference packs of the centre; the old ones stay in force. */
  readonly referenceProblems: readonly string[]
  readonly gazetteer: Gazetteer
  readonly landmarks: Landmarks
  /** Null before the centre imported any. */
  readonly borders: Borders | null
}

/** Reads everything; throws StartRefused when core cannot run without it. */
export async function readGround(start: CoreStart): Promise<Ground> {
  const loaded = await loadSite(start.siteFile, join(start.dataDir, 'site.last-good.yaml'))
  if (loaded.site === null) throw new StartRefused('site', loaded.problems.join('\n'))
  const folders = [join(start.resourcesDir, 'reference'), join(start.dataDir, 'reference')] as const
  const reference = await loadReference(...folders)
  if (!reference.ok) throw new StartRefused('start', reference.problems.join('\n'))
  const areas = dirname(createRequire(import.meta.url).resolve('idn-area-data/data/villages.csv'))
  const gazetteer = await loadGazetteer(areas, loaded.site.regency).catch((error: unknown) => {
    throw new StartRefused('site', error instanceof Error ? error.message : String(error))
  })
  const { password, problems } = await readBrokerPassword(start.siteFile, loaded.site.brokers.passwordFile)
  const siteProblems = [...loaded.problems, ...problems]
  const own = await loadLandmarks(...folders, gazetteer)
  const imported = await loadBorders(folders[1], loaded.site.regency)
  return {
    site: loaded.site,
    password,
    siteProblems,
    reference: reference.reference,
    referenceProblems: [...reference.refused, ...own.refused, ...imported.refused],
    gazetteer,
    landmarks: own.landmarks,
    borders: imported.borders,
  }
}
