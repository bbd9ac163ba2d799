// The file of borders in the data folder: reads it at the start, replaces it after an import. The old one stays until the new one is whole.
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { bordersPack, type Borders } from '#domain/borders.ts'
import { keepPack } from '../pack-file.ts'

const name = 'borders.json'
/** Larger than any file that an import makes (bytes). */
const largest = 32_000_000

export type LoadedBorders = {
  /** Null before the first import. */
  readonly borders: Borders | null
  /** One sentence for each file that was refused: what was read, what is allowed. */
  readonly refused: readonly string[]
}

/** Reads the borders of a regency from the folder of the centre's packs, else the last good ones. Never throws. */
export async function loadBorders(folder: string, regency: string): Promise<LoadedBorders> {
  const refused: string[] = []
  for (const file of [join(folder, name), join(folder, 'last-good', name)]) {
    const read = await readBorders(file, regency)
    if (read === null) continue
    if (typeof read === 'string') {
      refused.push(`${name}: ${read}`)
      continue
    }
    if (file === join(folder, name)) await keepPack(file, join(folder, 'last-good', name))
    return { borders: read, refused }
  }
  return { borders: null, refused }
}

async function readBorders(file: string, regency: string): Promise<Borders | string | null> {
  let text: string
  try {
    const { size } = await stat(file)
    if (size > largest) return `terbaca ${size} byte; yang boleh: paling banyak ${largest} byte`
    text = await readFile(file, 'utf8')
  } catch {
    return null
  }
  try {
    const parsed = bordersPack.safeParse(JSON.parse(text))
    const issue = parsed.error?.issues[0]
    if (!parsed.success) return `kunci "${issue?.path.join('.') ?? ''}" salah; impor ulang batas desa`
    if (parsed.data.regency !== regency) return `terbaca kabupaten ${parsed.data.regency}; yang boleh: ${regency}`
    return parsed.data
  } catch {
    return 'terbaca berkas yang rusak; impor ulang batas desa'
  }
}

/** Writes new borders, whole or not at all. Rejects with the system's error; the old ones then stay. */
export async function keepBorders(folder: string, borders: Borders): Promise<void> {
  const file = join(folder, name)
  const fresh = `${file}.new`
  await mkdir(dirname(file), { recursive: true })
  try {
    const handle = await open(fresh, 'w', 0o600)
    try {
      await handle.writeFile(JSON.stringify(borders))
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(fresh, file)
  } catch (error) {
    await rm(fresh, { force: true }).catch(() => undefined)
    throw error
  }
  await keepPack(file, join(folder, 'last-good', name))
}
