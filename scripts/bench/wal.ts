// Reads what a write-ahead log holds, to count what one command costs the disk. It opens no database.
import { readFileSync } from 'node:fs'

const headerBytes = 32
const frameHeaderBytes = 24

/** Pages written and commits in a log that was emptied before; with synchronous = FULL each commit is one fsync of this file. */
export function walCounts(file: string): { readonly pages: number; readonly commits: number; readonly bytes: number } {
  const log = readFileSync(file)
  if (log.byteLength < headerBytes) return { pages: 0, commits: 0, bytes: 0 }
  const pageBytes = log.readUInt32BE(8)
  const salt = log.subarray(16, 24)
  let pages = 0
  let commits = 0
  for (let at = headerBytes; at + frameHeaderBytes + pageBytes <= log.byteLength; at += frameHeaderBytes + pageBytes) {
    // Frames of an earlier round, which a restarted log leaves behind its end, carry another salt.
    if (!log.subarray(at + 8, at + 16).equals(salt)) break
    pages += 1
    if (log.readUInt32BE(at + 4) !== 0) commits += 1
  }
  return { pages, commits, bytes: pages * (frameHeaderBytes + pageBytes) }
}
