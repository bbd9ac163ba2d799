// Reads the text of a site file. What it means is checked in core, which names the key and line at fault.
import { readFile, stat } from 'node:fs/promises'

const maxBytes = 1_000_000

export type SiteResult =
  | { readonly ok: true; readonly text: string | null }
  | { readonly ok: false; readonly reason: string }

/** The text of the file, null for the embedded trial site; `reason` is the system's code or `EFBIG`. */
export async function readSite(file: string | null): Promise<SiteResult> {
  if (file === null) return { ok: true, text: null }
  try {
    if ((await stat(file)).size > maxBytes) return { ok: false, reason: 'EFBIG' }
    return { ok: true, text: await readFile(file, 'utf8') }
  } catch (error) {
    return { ok: false, reason: (error as NodeJS.ErrnoException).code ?? 'unknown' }
  }
}
