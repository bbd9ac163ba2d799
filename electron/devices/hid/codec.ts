// Reads the roles' values out of a report and writes lamps into one. Looks at bits by their place, never at the length.
import type { Input, Output, OutputRole, Pedal, RoleMap } from './roles.ts'

/** The bits `bit .. bit + size - 1` as an unsigned number; bits behind the end of the data are 0. `size` is at most 32. */
export function readBits(data: Uint8Array, bit: number, size: number): number {
  let value = 0
  for (let done = 0; done < size;) {
    const at = bit + done
    const inByte = at % 8
    const taken = Math.min(8 - inByte, size - done)
    const part = ((data[Math.floor(at / 8)] ?? 0) >> inByte) & ((1 << taken) - 1)
    value += part * 2 ** done
    done += taken
  }
  return value
}

/** Sets the bits `bit .. bit + size - 1` to `value`; bits behind the end of the data are left out. */
export function writeBits(data: Uint8Array, { bit, size }: { bit: number; size: number }, value: number): void {
  for (let done = 0; done < size; done += 1) {
    const at = bit + done
    const byte = Math.floor(at / 8)
    const mask = 1 << (at % 8)
    const isSet = Math.floor(value / 2 ** done) % 2 === 1
    if (byte < data.length) data[byte] = isSet ? (data[byte] ?? 0) | mask : (data[byte] ?? 0) & ~mask
  }
}

type Control = Input | Pedal

/** What a control says in a report: a number, signed where its range is; of an array 1 while any element names it. */
export function readControl(control: Control, data: Uint8Array): number {
  const { bit, size, count, values } = control
  if (values !== null) {
    const arrived = Math.min(count, Math.floor((data.length * 8 - bit) / size))
    for (let index = 0; index < arrived; index += 1) {
      if (values.includes(readBits(data, bit + index * size, size))) return 1
    }
    return 0
  }
  const value = readBits(data, bit, size)
  return control.logicalMin < 0 && value >= 2 ** (size - 1) ? value - 2 ** size : value
}

/** A report as it came: the id (0 where the device has none) and the data after it. Null for one without data. */
export function splitReport(bytes: Uint8Array, hasReportIds: boolean): { id: number; data: Uint8Array } | null {
  if (bytes.length === 0) return null
  return hasReportIds ? { id: bytes[0] ?? 0, data: bytes.subarray(1) } : { id: 0, data: bytes }
}

export type Lamps = Readonly<Partial<Record<OutputRole, boolean>>>

/** Reports in the order in which they are to be written; the first byte is the id, 0 where the device has none. */
export function lampReports({ outputs }: RoleMap, lengths: ReadonlyMap<number, number>, lamps: Lamps): Uint8Array[] {
  const reports = new Map<number, { rank: number; data: Uint8Array }>()
  for (const output of outputs) {
    const { reportId, role } = output
    const rank = writeOrder.indexOf(role)
    const report = reports.get(reportId) ?? {
      rank: writeOrder.length,
      data: new Uint8Array(lengths.get(reportId) ?? 0),
    }
    if (lamps[role] === true) light(output, report.data)
    reports.set(reportId, { ...report, rank: rank < 0 ? report.rank : Math.min(report.rank, rank) })
  }
  return [...reports].sort(([, a], [, b]) => a.rank - b.rank).map(([id, { data }]) => Uint8Array.from([id, ...data]))
}

/** Off-hook opens the way of the sound, so it goes first; the ring last. */
const writeOrder: readonly OutputRole[] = [
  'off-hook',
  'mute',
  'microphone',
  'hold',
  'on-line',
  'speaker',
  'ring',
  'ringer',
]

/** A lamp of its own is set; in an array its number goes into the first free element. */
function light({ bit, size, count, values, logicalMax, logicalMin }: Output, data: Uint8Array): void {
  const [value] = values ?? []
  if (value === undefined) return writeBits(data, { bit, size }, logicalMax > logicalMin ? logicalMax : 1)
  for (let index = 0; index < count && bit + index * size < data.length * 8; index += 1) {
    const place = { bit: bit + index * size, size }
    if (readBits(data, place.bit, size) !== 0) continue
    return writeBits(data, place, value)
  }
}
