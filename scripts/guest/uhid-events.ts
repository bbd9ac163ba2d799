// The events of /dev/uhid as bytes (linux/uhid.h, little endian): what a virtual device tells the kernel, and what it hears. It opens nothing.

/** Size of `struct uhid_event`: each read gives one event of this many bytes. */
export const eventBytes = 4380

const kinds = { destroy: 1, start: 2, stop: 3, open: 4, close: 5, output: 6, getReport: 9, getReply: 10 } as const
const moreKinds = { create: 11, input: 12, setReport: 13, setReply: 14 } as const
const reportsBytes = 4096
const nameBytes = 128
const serialBytes = 64

/** What a virtual device is. `bus` 3 is USB and 5 Bluetooth: others are not listed to programs. */
export type Identity = {
  readonly name: string
  readonly serial: string
  readonly bus: 3 | 5
  readonly vendor: number
  readonly product: number
  readonly descriptor: Uint8Array
}

/** What the kernel says to the device. `bytes` begin with the report id, or 00 where reports have none. */
export type KernelEvent =
  | { readonly kind: 'start' | 'stop' | 'open' | 'close' | 'other' }
  | { readonly kind: 'output'; readonly bytes: Buffer }
  | { readonly kind: 'getReport'; readonly id: number }
  | { readonly kind: 'setReport'; readonly id: number }

/** Plugs the device in. */
export function createEvent({ name, serial, bus, vendor, product, descriptor }: Identity): Buffer {
  if (descriptor.byteLength > reportsBytes) throw new RangeError('a report descriptor has 4,096 bytes at most')
  const bytes = Buffer.alloc(280 + descriptor.byteLength)
  bytes.writeUInt32LE(moreKinds.create, 0)
  bytes.write(name, 4, nameBytes - 1)
  bytes.write(serial, 196, serialBytes - 1)
  bytes.writeUInt16LE(descriptor.byteLength, 260)
  bytes.writeUInt16LE(bus, 262)
  bytes.writeUInt32LE(vendor, 264)
  bytes.writeUInt32LE(product, 268)
  bytes.set(descriptor, 280)
  return bytes
}

/** One input report; `report` begins with its id where the device numbers its reports. */
export function inputEvent(report: Uint8Array): Buffer {
  const bytes = Buffer.alloc(6 + report.byteLength)
  bytes.writeUInt32LE(moreKinds.input, 0)
  bytes.writeUInt16LE(report.byteLength, 4)
  bytes.set(report, 6)
  return bytes
}

/** Pulls the device out. */
export function destroyEvent(): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(kinds.destroy, 0)
  return bytes
}

/** Refuses to answer a request for a report: error 5 (EIO), as a device without feature reports does. */
export function refusalEvent(request: Extract<KernelEvent, { id: number }>): Buffer {
  const bytes = Buffer.alloc(12)
  bytes.writeUInt32LE(request.kind === 'getReport' ? kinds.getReply : moreKinds.setReply, 0)
  bytes.writeUInt32LE(request.id, 4)
  bytes.writeUInt16LE(5, 8)
  return bytes
}

/** What one read of `eventBytes` bytes says. */
export function kernelEvent(bytes: Buffer): KernelEvent {
  switch (bytes.readUInt32LE(0)) {
    case kinds.start:
      return { kind: 'start' }
    case kinds.stop:
      return { kind: 'stop' }
    case kinds.open:
      return { kind: 'open' }
    case kinds.close:
      return { kind: 'close' }
    case kinds.output:
      return { kind: 'output', bytes: Buffer.from(bytes.subarray(4, 4 + bytes.readUInt16LE(4 + reportsBytes))) }
    case kinds.getReport:
      return { kind: 'getReport', id: bytes.readUInt32LE(4) }
    case moreKinds.setReport:
      return { kind: 'setReport', id: bytes.readUInt32LE(4) }
    default:
      return { kind: 'other' }
  }
}
