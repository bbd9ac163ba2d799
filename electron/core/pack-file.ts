// Finds the file of a reference pack: the centre's own, else its last good one, else the one of the program. Knows no pack.
import { copyFile, mkdir, readFile, rename, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { z } from 'zod'
import { checkYaml, problemText } from './checked-yaml.ts'

/** Where packs may lie, the preferred place first. Only the last one must hold every pack. */
export type PackFolders = readonly string[]

export type ReadPack<T> =
  | { readonly ok: true; readonly value: T; readonly from: string; readonly refused: readonly string[] }
  | { readonly ok: false; readonly problems: readonly string[] }

/** Larger than any honest pack (bytes); a larger file is not even read. */
const largest = 2_000_000

/**
 * The first good file of this name. A file that is missing in one folder is looked for in the next; one that is wrong is
 * refused, with a sentence for each thing that is wrong in it, and the next folder is used.
 */
export async function readPack<T extends z.ZodType>(
  folders: PackFolders,
  name: string,
  schema: T,
): Promise<ReadPack<z.output<T>>> {
  const refused: string[] = []
  for (const folder of folders) {
    const text = await textOf(join(folder, name))
    if (text === null) continue
    if (typeof text !== 'string') {
      refused.push(`${name}: terbaca ${text.bytes} byte; yang boleh: paling banyak ${largest} byte`)
      continue
    }
    const checked = checkYaml(text, schema)
    if (checked.ok) return { ok: true, value: checked.value, from: folder, refused }
    refused.push(...checked.problems.map((problem) => problemText(name, problem)))
  }
  const missing = `${name}: tidak dapat dibaca; yang boleh: berkas YAML yang ikut dipasang bersama program`
  return { ok: false, problems: refused.length > 0 ? refused : [missing] }
}

/** The text of a file, its size when it is too large, null when it cannot be read. */
async function textOf(file: string): Promise<string | { readonly bytes: number } | null> {
  try {
    const { size } = await stat(file)
    return size > largest ? { bytes: size } : await readFile(file, 'utf8')
  } catch {
    return null
  }
}

/** Keeps a copy of a good file, whole or not at all. A folder that cannot be written keeps none, which is no reason to stop. */
export async function keepPack(from: string, to: string): Promise<void> {
  try {
    await mkdir(dirname(to), { recursive: true })
    await copyFile(from, `${to}.new`)
    await rename(`${to}.new`, to)
  } catch {
    // The next start tries again; the pack itself is in force.
  }
}
