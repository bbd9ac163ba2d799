// Splits a HID report descriptor into its items. Knows sizes and signs, and nothing of what the items mean.

/** One item. `signed` and `unsigned` are the same bytes read both ways; `size` is 0, 1, 2 or 4 (bytes). */
export type Item = {
  readonly kind: 'main' | 'global' | 'local' | 'reserved'
  readonly tag: number
  readonly size: number
  readonly unsigned: number
  readonly signed: number
}

const kinds = ['main', 'global', 'local', 'reserved'] as const
const longItem = 0xfe

/** All items in order, long ones left out (nobody has defined one); null when the last one is cut off. */
export function readItems(bytes: Uint8Array): readonly Item[] | null {
  const items: Item[] = []
  let at = 0
  while (at < bytes.length) {
    const prefix = bytes[at] ?? 0
    if (prefix === longItem) {
      // Prefix, length of the data, tag, data.
      if (at + 3 > bytes.length) return null
      at += 3 + (bytes[at + 1] ?? 0)
      if (at > bytes.length) return null
      continue
    }
    const size = (prefix & 3) === 3 ? 4 : prefix & 3
    if (at + 1 + size > bytes.length) return null
    const data = bytes.subarray(at + 1, at + 1 + size)
    items.push({ kind: kinds[(prefix >> 2) & 3] ?? 'reserved', tag: prefix >> 4, size, ...numbers(data) })
    at += 1 + size
  }
  return items
}

/** Little endian, read without and with sign. */
function numbers(data: Uint8Array): Pick<Item, 'unsigned' | 'signed'> {
  const unsigned = data.reduce((sum, byte, index) => sum + byte * 2 ** (8 * index), 0)
  const half = 2 ** (8 * data.length - 1)
  return { unsigned, signed: data.length > 0 && unsigned >= half ? unsigned - half * 2 : unsigned }
}
