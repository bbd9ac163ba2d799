import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lampReports, readBits, readControl, splitReport, writeBits } from './codec.ts'
import { longestDescriptor, readDescriptor } from './descriptor.ts'
import { roleMap, type OutputRole } from './roles.ts'
import { families, fromHex, products } from './test-descriptors.ts'

const problemOf = (hex: string): string => {
  const read = readDescriptor(fromHex(hex))
  return read.ok ? 'none' : read.problem
}

describe('what no kernel takes is told', () => {
  test.each([
    ['empty', ''],
    ['cut-off', '05 0b 09 05 a1 01 26 ff'],
    ['cut-off', '05 0b fe 20 00 01'],
    ['collections', '05 0b 09 05 a1 01 75 01 95 01 09 20 81 02'],
    ['collections', '05 0b 09 05 a1 01 75 01 95 01 09 20 81 02 c0 c0'],
    ['report-id', '05 0b 09 05 a1 01 85 00 c0'],
    ['report-id', '05 0b 09 05 a1 01 86 00 01 c0'],
    ['report-size', '05 0b 09 05 a1 01 75 ff 97 ff ff ff ff 09 20 81 02 c0'],
    ['pop', '05 0b 09 05 a1 01 b4 c0'],
    ['delimiter', '05 0b 09 05 a1 01 a9 01 a9 01 c0'],
    ['no-report', '05 0b 09 05 a1 01 c0'],
  ])('%s', (problem, hex) => {
    expect(problemOf(hex)).toBe(problem)
  })

  test('too long', () => {
    const read = readDescriptor(new Uint8Array(longestDescriptor + 1))
    expect(read).toEqual({ ok: false, problem: 'too-long' })
  })
})

/** Items as makers write them, so that most of a random descriptor means something. */
const item = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(fc.constantFrom(0x05, 0x09, 0x15, 0x25, 0x75, 0x95, 0x85, 0x81, 0x91, 0xb1, 0xa1), byte()),
  },
  { weight: 2, arbitrary: fc.constantFrom([0xc0], [0xa4], [0xb4], [0xa9, 1], [0xa9, 0]) },
  {
    weight: 3,
    arbitrary: fc.tuple(
      fc.constantFrom(0x07, 0x0b, 0x17, 0x1b, 0x27, 0x2b, 0x77, 0x97),
      byte(),
      byte(),
      byte(),
      byte(),
    ),
  },
  { weight: 1, arbitrary: fc.array(byte(), { maxLength: 6 }) },
)
function byte(): fc.Arbitrary<number> {
  return fc.nat({ max: 255 })
}
const likely = fc
  .array(item, { maxLength: 1500 })
  .map((items) => Uint8Array.from(items.flat().slice(0, longestDescriptor)))
/** Those that a kernel would take, with trouble in the middle. */
const spoilt = fc
  .tuple(fc.constantFrom(...Object.values(families), ...Object.values(products)), fc.nat(), byte())
  .map(([bytes, at, value]) => bytes.with(at % bytes.length, value))
const hostile = fc.oneof(fc.uint8Array({ maxLength: longestDescriptor }), likely, spoilt)

/** A view that throws when something outside of it is read. */
function guarded(bytes: Uint8Array): Uint8Array {
  return new Proxy(bytes, {
    get: (target, key) => {
      if (typeof key === 'string' && /^-?\d+$/.test(key) && !(Number(key) in target)) throw new Error(`read at ${key}`)
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

describe('hostile descriptors', () => {
  test('are read or refused, whatever they hold, without reading outside of them', () => {
    fc.assert(
      fc.property(hostile, (bytes) => {
        const read = readDescriptor(guarded(bytes))
        expect(read).toEqual(readDescriptor(bytes))
        if (!read.ok) return
        for (const { bit, size, count, kind, reportId } of read.descriptor.fields) {
          const length = read.descriptor.lengths[kind].get(reportId) ?? 0
          expect(bit + size * count).toBeLessThanOrEqual(length * 8)
          expect(length).toBeLessThanOrEqual(16_384)
        }
      }),
      { numRuns: 2000 },
    )
  })

  test('give roles whose bits lie inside their reports, and every report is read and written', () => {
    fc.assert(
      fc.property(hostile, fc.uint8Array({ maxLength: 64 }), (bytes, report) => {
        const read = readDescriptor(bytes)
        if (!read.ok) return
        const { descriptor } = read
        const roles = roleMap(descriptor)
        for (const control of [...roles.inputs, ...roles.pedals]) {
          const bits = (descriptor.lengths.input.get(control.reportId) ?? 0) * 8
          expect(control.bit + control.size * control.count).toBeLessThanOrEqual(bits)
          expect(Number.isSafeInteger(readControl(control, report))).toBe(true)
        }
        const { output } = descriptor.lengths
        for (const [id = -1, ...data] of lampReports(roles, output, { ring: true, 'off-hook': true })) {
          expect(data.length).toBe(output.get(id))
        }
        splitReport(report, descriptor.hasReportIds)
      }),
      { numRuns: 2000 },
    )
  })

  test('of the longest size take no time to speak of', () => {
    const range = [0x1b, 0, 0, 0x0b, 0, 0x2b, 0xff, 0xff, 0xff, 0xff, 0x81, 0x00]
    const longest = [0x05, 0x0b, 0x09, 0x05, 0xa1, 0x01, 0x75, 0x01, 0x95, 0x80]
    while (longest.length + range.length < longestDescriptor) longest.push(...range)
    const read = readDescriptor(Uint8Array.from([...longest, 0xc0]))
    if (!read.ok) throw new Error(read.problem)
    expect(read.descriptor.fields.length).toBeGreaterThan(200)
    expect(roleMap(read.descriptor).inputs.length).toBeGreaterThan(0)
    // Deep, and with as many usages as fit.
    const deep = [
      ...Array.from({ length: 200 }, () => [0xa1, 0]).flat(),
      ...Array.from({ length: 1500 }, () => [9, 0x20]).flat(),
    ]
    expect(readDescriptor(Uint8Array.from([...deep, 0x75, 1, 0x95, 1, 0x81, 2])).ok).toBe(false)
  })
})

describe('bits', () => {
  test('what is written is what is read, and nothing beside it', () => {
    fc.assert(
      fc.property(
        fc.nat(100),
        fc.integer({ min: 1, max: 32 }),
        fc.nat(0xffff_ffff),
        fc.boolean(),
        (bit, size, value, fill) => {
          const data = new Uint8Array(20).fill(fill ? 255 : 0)
          const wanted = value % 2 ** size
          writeBits(data, { bit, size }, wanted)
          expect(readBits(data, bit, size)).toBe(wanted)
          const others = Array.from({ length: 160 }, (_, at) => at).filter((at) => at < bit || at >= bit + size)
          expect(others.every((at) => readBits(data, at, 1) === (fill ? 1 : 0))).toBe(true)
        },
      ),
    )
  })

  test('a short report reads as zeros, and a long one is not looked at behind its controls', () => {
    const read = readDescriptor(families.A)
    if (!read.ok) throw new Error(read.problem)
    const mute = roleMap(read.descriptor).inputs.find(({ role }) => role === 'mute')
    if (mute === undefined) throw new Error('no mute')
    expect(splitReport(Uint8Array.of(2, 5, 0, 9, 9), true)).toEqual({ id: 2, data: Uint8Array.of(5, 0, 9, 9) })
    expect(readControl(mute, Uint8Array.of(5, 0, 9, 9))).toBe(1)
    expect(readControl(mute, Uint8Array.of())).toBe(0)
    expect(splitReport(Uint8Array.of(), true)).toBeNull()
  })

  test('signed controls and arrays', () => {
    const d = readDescriptor(families.D)
    const c = readDescriptor(families.C)
    const many = readDescriptor(fromHex('05 0b 09 05 a1 01 15 01 25 02 75 08 95 02 09 20 09 2f 81 00 c0'))
    if (!d.ok || !c.ok || !many.ok) throw new Error('refused')
    const values = (of: typeof d, role: string, ...data: number[]): number[] =>
      roleMap(of.descriptor)
        .inputs.filter((one) => one.role === role)
        .map((one) => readControl(one, Uint8Array.from(data)))
    expect([1, 3, 0].map((byte) => values(d, 'hook', byte))).toEqual([[1], [-1], [0]])
    expect([0x80, 0].map((byte) => values(c, 'reject', byte))).toEqual([[1], [0]])
    expect(values(many, 'mute', 1, 2)).toEqual([1])
    expect(values(many, 'hook', 2, 0)).toEqual([0])
  })
})

describe('lamps', () => {
  const reports = (bytes: Uint8Array, lamps: Partial<Record<OutputRole, boolean>>): string[] => {
    const read = readDescriptor(bytes)
    if (!read.ok) throw new Error(read.problem)
    const { descriptor } = read
    return lampReports(roleMap(descriptor), descriptor.lengths.output, lamps).map((one) =>
      Buffer.from(one).toString('hex'),
    )
  }

  test('all of a report are written together, in full length', () => {
    expect(reports(families.A, { 'off-hook': true, hold: true })).toEqual(['020900'])
    expect(reports(families.A, { ring: true, ringer: true })).toEqual(['022400'])
    expect(reports(families.C, { 'off-hook': true, mute: true })).toEqual(['0312'])
  })

  test('a report for each lamp: off-hook first, then mute, hold, ring', () => {
    expect(reports(families.B, { 'off-hook': true, ring: true })).toEqual(['1701', '0900', '2000', '1801'])
  })

  test('a device without report ids is written to under 0', () => {
    expect(reports(families.D, { 'off-hook': true, mute: true })).toEqual(['0005'])
  })

  test('lamps of an array go into its elements', () => {
    const bytes = fromHex('05 0b 09 05 a1 01 05 08 15 01 25 03 75 08 95 02 09 17 09 18 09 09 91 00 c0')
    expect(reports(bytes, { 'off-hook': true, mute: true })).toEqual(['000103'])
  })
})
