// Keeps the database key: made once, sealed by the operating system's key store, never written in the open in live mode.
import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { z } from 'zod'

/** The part of Electron's safeStorage that is used. */
export type KeyStore = {
  readonly isEncryptionAvailable: () => boolean
  readonly encryptString: (text: string) => Buffer
  readonly decryptString: (sealed: Buffer) => string
  readonly getSelectedStorageBackend?: () => string
  readonly setUsePlainTextEncryption?: (use: boolean) => void
}

/** The key, and whether the operating system really guards it; or why there is none. */
export type KeyResult =
  | { readonly ok: true; readonly key: string; readonly isGuarded: boolean }
  | { readonly ok: false; readonly reason: 'no-key-store' | 'key-lost' }

const keyFile = z.object({ version: z.literal(1), sealed: z.base64() })
const hexKey = /^[0-9a-f]{64}$/

/** `file` holds the sealed key; `hasData` when a database is there already. */
type KeyPlace = { readonly file: string; readonly hasData: boolean; readonly isTrial: boolean }

/**
 * Reads the key of this desk, or makes it at the first start. A trial may use the store that guards nothing; a live desk
 * is refused then. A key that is missing or cannot be opened while there is data is never replaced: that would lose the data.
 */
export function readKey({ file, hasData, isTrial }: KeyPlace, store: KeyStore): KeyResult {
  const isGuarded = store.isEncryptionAvailable() && store.getSelectedStorageBackend?.() !== 'basic_text'
  if (!isGuarded) {
    if (!isTrial) return { ok: false, reason: 'no-key-store' }
    store.setUsePlainTextEncryption?.(true)
  }
  if (existsSync(file)) {
    const key = openKey(file, store)
    return key === undefined ? { ok: false, reason: 'key-lost' } : { ok: true, key, isGuarded }
  }
  if (hasData) return { ok: false, reason: 'key-lost' }
  const key = randomBytes(32).toString('hex')
  writeDurably(file, JSON.stringify({ version: 1, sealed: store.encryptString(key).toString('base64') }))
  return { ok: true, key, isGuarded }
}

function openKey(file: string, store: KeyStore): string | undefined {
  try {
    const { sealed } = keyFile.parse(JSON.parse(readFileSync(file, 'utf8')))
    const key = store.decryptString(Buffer.from(sealed, 'base64'))
    return hexKey.test(key) ? key : undefined
  } catch {
    return undefined
  }
}

/** All of it on disk before the name exists: without the key the database is lost. */
function writeDurably(file: string, text: string): void {
  const beside = `${file}.new`
  const handle = openSync(beside, 'w', 0o600)
  try {
    writeSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(beside, file)
}
