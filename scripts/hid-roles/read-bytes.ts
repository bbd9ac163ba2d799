// Bytes of a report descriptor out of a file: raw as the kernel gives them, or hex as people write it.

const bytes = String.raw`(?:0x|\\x)?[0-9a-f]{2}`
/** `R: 12 05 0b ...` of hid-recorder: the number of bytes, then the bytes. */
const recorded = /^R:\s*\d+\s/i
const comments = /(?:#|\/\/|;).*$/gm

/** The bytes of a file. Text that consists of hex alone is hex; everything else is taken as it is. */
export function readBytes(content: Uint8Array): Uint8Array {
  const text = Buffer.from(content)
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
  const hex = text
    .replace(comments, '')
    .split('\n')
    .map((line) => line.trim().replace(recorded, ''))
    .join(' ')
  const isHex = new RegExp(String.raw`^[\s,{}\[\]]*(?:${bytes}[\s,:{}\[\]-]*)+$`, 'i').test(hex)
  if (!isHex) return content
  return Uint8Array.from(Buffer.from(hex.replace(/0x|\\x|[^0-9a-f]/gi, ''), 'hex'))
}
