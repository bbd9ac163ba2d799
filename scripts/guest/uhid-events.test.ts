// The bytes of virtual devices, against the layout of linux/uhid.h.
import { expect, test } from 'vitest'
import { createEvent, destroyEvent, eventBytes, inputEvent, kernelEvent, refusalEvent } from './uhid-events.ts'

/** An event as the kernel gives it: as long as the largest one. */
function fromKernel(type: number, fill: (bytes: Buffer) => void = () => undefined): Buffer {
  const bytes = Buffer.alloc(eventBytes)
  bytes.writeUInt32LE(type, 0)
  fill(bytes)
  return bytes
}

test('a device is plugged in with its name, its serial number and its report descriptor', () => {
  const descriptor = Buffer.from('050b0905', 'hex')
  const bytes = createEvent({ name: 'Jabra', serial: '7', bus: 3, vendor: 0x0b0e, product: 0x0307, descriptor })
  expect(bytes.byteLength).toBe(284)
  expect(bytes.readUInt32LE(0)).toBe(11)
  expect(bytes.toString('latin1', 4, 10)).toBe('Jabra\0')
  expect(bytes.toString('latin1', 196, 198)).toBe('7\0')
  expect(bytes.subarray(260, 280).toString('hex')).toBe('040003000e0b0000070300000000000000000000')
  expect(bytes.subarray(280)).toEqual(descriptor)
})

test('a name that is too long is cut and stays ended', () => {
  const long = 'x'.repeat(200)
  const bytes = createEvent({ name: long, serial: long, bus: 5, vendor: 1, product: 2, descriptor: Buffer.alloc(0) })
  expect(bytes[4 + 127]).toBe(0)
  expect(bytes[196 + 63]).toBe(0)
})

test('a report descriptor that the kernel does not take is refused', () => {
  const facts = { name: '', serial: '', bus: 3, vendor: 1, product: 2 } as const
  expect(() => createEvent({ ...facts, descriptor: Buffer.alloc(4_097) })).toThrow('4,096')
})

test('reports, unplugging and refusals', () => {
  expect(inputEvent(Buffer.from([2, 1, 0])).toString('hex')).toBe('0c0000000300020100')
  expect(destroyEvent().toString('hex')).toBe('01000000')
  expect(refusalEvent({ kind: 'getReport', id: 7 }).toString('hex')).toBe('0a0000000700000005000000')
  expect(refusalEvent({ kind: 'setReport', id: 7 }).toString('hex')).toBe('0e0000000700000005000000')
})

test('what the kernel says is read', () => {
  expect([2, 3, 4, 5, 99].map((type) => kernelEvent(fromKernel(type)).kind)).toEqual([
    'start',
    'stop',
    'open',
    'close',
    'other',
  ])
  const output = fromKernel(6, (bytes) => {
    bytes.set([2, 5, 0], 4)
    bytes.writeUInt16LE(3, 4100)
  })
  expect(kernelEvent(output)).toEqual({ kind: 'output', bytes: Buffer.from([2, 5, 0]) })
  expect(kernelEvent(fromKernel(9, (bytes) => bytes.writeUInt32LE(8, 4)))).toEqual({ kind: 'getReport', id: 8 })
  expect(kernelEvent(fromKernel(13, (bytes) => bytes.writeUInt32LE(9, 4)))).toEqual({ kind: 'setReport', id: 9 })
})
