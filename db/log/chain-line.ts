// The lines of the two files on the second disk: the chain (never erased, nothing personal) and the personal parts (encrypted).
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { isHash, isInteger, isObject, parseJson } from '#log/bytes.ts'
import { isOrigin } from '#log/hash.ts'

/** First line of a chain file: { format, site }. */
export const chainFormat = 'm112 chain 1'

/** One op of the chain. `row` is its row number in the database that wrote the file; `seal` a signature where a run ends. */
export type ChainLine = {
  readonly row: number
  readonly origin: string
  readonly branch: number
  readonly seq: number
  readonly op: string
  readonly before?: string
  readonly seal: string | null
}

/** A line of the chain file, without its line end. */
export function writeChainLine(line: ChainLine): string {
  return JSON.stringify(line)
}

/** A chain line, or undefined when it is unfinished or damaged. */
export function readChainLine(text: string): ChainLine | undefined {
  const line = parseJson(text)
  if (!isObject(line)) return undefined
  const { row, origin, branch, seq, op, before, seal } = line
  if (!isInteger(row, 1) || !isOrigin(origin) || !isInteger(branch, 0) || !isInteger(seq, 1)) return undefined
  if (typeof op !== 'string' || (seal !== null && typeof seal !== 'string')) return undefined
  return { row, origin, branch, seq, op, seal, ...(isHash(before) ? { before } : {}) }
}

/** A personal part on the second disk. `hash` is that of its op. */
export type PersonalLine = { readonly hash: string; readonly salt: string; readonly personal: string }

/** The key of the personal file, from the database key (64 hex digits): a copy is no easier to read than the database. */
export function personalFileKey(databaseKey: string): Buffer {
  return Buffer.from(hkdfSync('sha256', Buffer.from(databaseKey, 'hex'), '', 'm112 personal copy', 32))
}

/** A line of the personal file: nonce, AES-256-GCM text and tag as base64. */
export function writePersonalLine(key: Buffer, line: PersonalLine): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const text = Buffer.concat([cipher.update(JSON.stringify(line), 'utf8'), cipher.final()])
  return Buffer.concat([nonce, text, cipher.getAuthTag()]).toString('base64')
}

/** A personal part out of a line, or undefined when it is unfinished, damaged or of another key. */
export function readPersonalLine(key: Buffer, line: string): PersonalLine | undefined {
  const bytes = Buffer.from(line, 'base64')
  if (bytes.byteLength < 28) return undefined
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
    decipher.setAuthTag(bytes.subarray(-16))
    const text = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8')
    const value = parseJson(text)
    if (!isObject(value) || !isHash(value.hash)) return undefined
    const { hash, salt, personal } = value
    return typeof salt === 'string' && typeof personal === 'string' ? { hash, salt, personal } : undefined
  } catch {
    return undefined
  }
}
