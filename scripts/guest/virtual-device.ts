// A virtual HID device: what a test plugs into the kernel of the guest, with everything behind it real. It knows no meaning of a bit.
import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs'
import {
  createEvent,
  destroyEvent,
  eventBytes,
  inputEvent,
  kernelEvent,
  refusalEvent,
  type Identity,
  type KernelEvent,
} from './uhid-events.ts'

/** How often it looks for news: a blocking read would keep the process from ending. */
const pollMs = 1

/** `outputs`: bytes of each output report, its id included where it has one, by id; id 0 where reports have none. */
export type Hardware = Identity & { readonly outputs: Readonly<Record<number, number>> }

/** What a program wrote: the report id (0 where reports have none) and the bytes after it, as they would go over USB. */
export type Written = { readonly id: number; readonly bytes: Buffer }

export class VirtualDevice {
  readonly hardware: Hardware
  /** Everything written to it, oldest first. */
  readonly written: Written[] = []
  /** What real hardware would have lost or refused. */
  readonly mistakes: string[] = []
  /** Called with each report that is written to it. */
  onWritten: (written: Written) => void = () => undefined
  readonly #fd: number
  readonly #buffer = Buffer.alloc(eventBytes)
  readonly #timer: NodeJS.Timeout
  #isClosed = false

  /** Plugs it in. Throws where there is no /dev/uhid, or no permission for it. */
  constructor(hardware: Hardware) {
    this.hardware = hardware
    this.#fd = openSync('/dev/uhid', constants.O_RDWR | constants.O_NONBLOCK)
    writeSync(this.#fd, createEvent(hardware))
    this.#timer = setInterval(() => this.#poll(), pollMs)
  }

  /** Sends one input report, which begins with its id where the device numbers its reports. */
  send(...report: readonly number[]): void {
    writeSync(this.#fd, inputEvent(Buffer.from(report)))
  }

  /** Pulls it out. */
  unplug(): void {
    if (this.#isClosed) return
    this.#poll()
    if (!this.#isClosed) writeSync(this.#fd, destroyEvent())
    this.#close()
  }

  #close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    clearInterval(this.#timer)
    closeSync(this.#fd)
  }

  #poll(): void {
    while (!this.#isClosed) {
      try {
        readSync(this.#fd, this.#buffer, 0, eventBytes, null)
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error
        return
      }
      this.#hear(kernelEvent(this.#buffer))
    }
  }

  #hear(event: KernelEvent): void {
    // The kernel waits five seconds for an answer, and whoever asked with it.
    if (event.kind === 'getReport' || event.kind === 'setReport') writeSync(this.#fd, refusalEvent(event))
    if (event.kind === 'output') this.#take(event.bytes)
  }

  /** The kernel checks neither id nor length of an output report; real hardware loses a wrong one. */
  #take(bytes: Buffer): void {
    const id = bytes[0] ?? 0
    const length = this.hardware.outputs[id]
    if (length === undefined) this.mistakes.push(`${this.hardware.name} has no output report ${id}`)
    // A report without an id is written with 00 before it, which does not travel.
    else if (bytes.byteLength !== length + (id === 0 ? 1 : 0))
      this.mistakes.push(`${this.hardware.name}: report ${bytes.toString('hex')} is not ${length} bytes long`)
    const written = { id, bytes: Buffer.from(bytes.subarray(1)) }
    this.written.push(written)
    this.onWritten(written)
  }
}
