// A virtual headset: presses its own buttons, answers the host as real ones do and keeps its lights. It decides nothing about a call.
import type { Bit, HeadsetHardware, HeadsetLayout, Led } from './hardware.ts'
import { VirtualDevice, type Written } from './virtual-device.ts'

/** `isEchoing`: it acknowledges a change of off-hook by its own hook, as Jabra, Poly and EPOS do. */
export type HeadsetOptions = { readonly isEchoing?: boolean }

export class VirtualHeadset {
  readonly device: VirtualDevice
  readonly #layout: HeadsetLayout
  readonly #isEchoing: boolean
  readonly #reports = new Map<number, Buffer>()
  #state: number = 0
  #isLifted = false

  constructor(hardware: HeadsetHardware, { isEchoing = true }: HeadsetOptions = {}) {
    this.#layout = hardware.layout
    this.#isEchoing = isEchoing
    this.device = new VirtualDevice(hardware)
    this.device.onWritten = (written) => this.#hear(written)
  }

  /** Whether a light is on, as it was last written; undefined when this headset has no such light or nothing was written. */
  light(led: Led): boolean | undefined {
    const place = this.#layout.leds[led]
    const report = place === undefined ? undefined : this.#reports.get(place.report)
    return place === undefined || report === undefined ? undefined : isSet(report, place.bit)
  }

  /** The operator lifts the receiver, or presses the one call button while nothing is lifted. */
  lift(): void {
    this.#hook(true)
  }

  putDown(): void {
    this.#hook(false)
  }

  /** The operator presses mute: a pulse on most headsets, the other position of a switch on some. */
  pressMute(): void {
    const { mute, muteIs } = this.#layout
    if (muteIs === 'toggle') return this.#pulse(mute)
    this.#state ^= 1 << mute
    this.#send()
  }

  pressFlash(): void {
    this.#pulse(this.#layout.flash)
  }

  pressReject(): void {
    this.#pulse(this.#layout.reject)
  }

  unplug(): void {
    this.device.unplug()
  }

  #hook(isLifted: boolean): void {
    this.#isLifted = isLifted
    const { hook, hookIs } = this.#layout
    if (hookIs === 'buttons') {
      // Two bits with a sign: 01 is +1, 11 is -1.
      this.#send((isLifted ? 0b01 : 0b11) << hook)
      return this.#send()
    }
    this.#state = isLifted ? this.#state | (1 << hook) : this.#state & ~(1 << hook)
    this.#send()
  }

  #pulse(bit: Bit | undefined): void {
    if (bit === undefined) throw new Error(`${this.device.hardware.name} has no such button`)
    this.#send(1 << bit)
    this.#send()
  }

  #send(more = 0): void {
    const { input, inputBytes } = this.#layout
    const state = this.#state | more
    const bytes = Array.from({ length: inputBytes }, (_, index) => (state >> (8 * index)) & 0xff)
    this.device.send(...(input === 0 ? [] : [input]), ...bytes)
  }

  #hear({ id, bytes }: Written): void {
    this.#reports.set(id, bytes)
    const isOffHook = this.light('offHook')
    if (!this.#isEchoing || isOffHook === undefined || isOffHook === this.#isLifted) return
    this.#hook(isOffHook)
  }
}

function isSet(bytes: Buffer, bit: Bit): boolean {
  return (((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1) === 1
}
