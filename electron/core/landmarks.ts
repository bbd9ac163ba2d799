// Loads the landmarks pack: the centre's own, else its last good one, else the one of the program. Changes no pack itself.
import { join } from 'node:path'
import type { z } from 'zod'
import { landmarksOf, landmarksPack, unknownCodes, type LandmarksPack } from '#domain/landmark-pack.ts'
import { noLandmarks, type Gazetteer, type Landmarks } from '#domain/place.ts'
import { keepPack, readPack } from './pack-file.ts'

export type LoadedLandmarks = {
  readonly landmarks: Landmarks
  /** Packs that were refused, one sentence each: file, line, key, what was read, what is allowed. */
  readonly refused: readonly string[]
}

const file = 'landmarks.yaml'

/** The pack's shape for one regency: codes of other regencies, and codes that do not exist, are refused at their line. */
function packFor(gazetteer: Gazetteer): z.ZodType<LandmarksPack> {
  const known = new Set([...gazetteer.districts, ...gazetteer.villages].map(({ code }) => code))
  const { code: regency, name } = gazetteer.regency
  return landmarksPack.superRefine((pack, context) => {
    if (pack.regency !== regency) {
      context.addIssue({
        code: 'custom',
        path: ['regency'],
        message: `'${regency}' (${name}); paket kabupaten lain tidak dipakai`,
      })
      return
    }
    for (const path of unknownCodes(pack, known)) {
      context.addIssue({ code: 'custom', path, message: `kode desa atau kecamatan di ${name}, atau null` })
    }
  })
}

/**
 * Loads the landmarks of a regency. `own` is the folder where the centre keeps packs that replace those of the program;
 * a wrong one is refused and the last good one stays. Without any good pack there are no landmarks. Never throws.
 */
export async function loadLandmarks(
  shipped: string,
  own: string | null,
  gazetteer: Gazetteer,
): Promise<LoadedLandmarks> {
  const kept = own === null ? [] : [join(own, 'last-good')]
  const read = await readPack(own === null ? [shipped] : [own, ...kept, shipped], file, packFor(gazetteer))
  if (!read.ok) return { landmarks: noLandmarks, refused: read.problems }
  if (own !== null && read.from === own) await keepPack(join(own, file), join(own, 'last-good', file))
  return { landmarks: landmarksOf(read.value), refused: read.refused }
}
