// Finds out at start, by trying, whether the data folder can be used.
import { closeSync, fsyncSync, mkdirSync, openSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'

export type FolderResult = { readonly ok: true } | { readonly ok: false; readonly reason: string }

/** Makes the folder and writes a few bytes into it; `reason` is the system's code, such as EACCES, EROFS, ENOSPC. */
export function checkFolder(folder: string): FolderResult {
  const probe = join(folder, `probe-${process.pid}`)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const handle = openSync(probe, 'w')
    try {
      writeSync(handle, 'meja-112')
      fsyncSync(handle)
    } finally {
      closeSync(handle)
      unlinkSync(probe)
    }
    return { ok: true }
  } catch (error) {
    return { ok: false, reason: (error as NodeJS.ErrnoException).code ?? 'unknown' }
  }
}
