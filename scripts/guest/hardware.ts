// The virtual headsets and pedals: report descriptors of the four ways headsets are laid out, and of pedals. Ids are those of real products.
import type { Hardware } from './virtual-device.ts'

/** Where one control of a headset lies: bit 0 is the lowest of the first byte after the report id. */
export type Bit = number

/** Where a headset keeps its controls. `mute` as a toggle is reported as 1 then 0; as a switch its bit is the state. */
export type HeadsetLayout = {
  /** Id of the input report, 0 where reports have none. */
  readonly input: number
  /** Bytes of the input report without its id. */
  readonly inputBytes: number
  readonly hook: Bit
  /** `buttons`: two bits, +1 is lifted and -1 is put down, 0 is no change. */
  readonly hookIs: 'switch' | 'buttons'
  readonly mute: Bit
  readonly muteIs: 'toggle' | 'switch'
  readonly flash?: Bit
  readonly reject?: Bit
  readonly leds: Readonly<Partial<Record<Led, { readonly report: number; readonly bit: Bit }>>>
}
export type Led = 'offHook' | 'mute' | 'ring' | 'hold'
export type HeadsetHardware = Hardware & { readonly layout: HeadsetLayout }

const bytes = (hex: string): Buffer => Buffer.from(hex.replace(/\s+/g, ''), 'hex')
const usb = { bus: 3 } as const

/** Jabra and Yealink: everything in one report each way, volume in another. */
export const familyA: HeadsetHardware = {
  ...usb,
  name: 'Jabra EVOLVE LINK MS',
  serial: 'A1',
  vendor: 2830,
  product: 775,
  descriptor:
    bytes(`05 0b 09 05 a1 01 85 02 15 00 25 01 75 01 95 02 09 20 09 97 81 22 95 04 09 2f 09 21 09 24 09 50 81 06
    95 01 09 07 05 09 81 02 05 0b 09 06 a1 02 19 b0 29 bb 15 00 25 0b 75 04 95 01 81 00 c0 25 01 75 01 95 05 81 01
    05 08 95 05 09 17 09 09 09 18 09 20 09 21 91 22 05 0b 95 01 09 9e 91 22 95 0a 91 01 c0
    05 0c 09 01 a1 01 85 01 15 00 25 01 75 01 95 02 09 e9 09 ea 81 02 95 06 81 03 c0`),
  outputs: { 2: 3 },
  layout: {
    input: 2,
    inputBytes: 2,
    hook: 0,
    hookIs: 'switch',
    mute: 2,
    muteIs: 'toggle',
    flash: 3,
    reject: 6,
    leds: {
      offHook: {
        report: 2,
        bit: 0,
      },
      mute: {
        report: 2,
        bit: 1,
      },
      ring: {
        report: 2,
        bit: 2,
      },
      hold: {
        report: 2,
        bit: 3,
      },
    },
  },
}

/** Poly: one output report for each light, flash as an absolute button. */
export const familyB: HeadsetHardware = {
  ...usb,
  name: 'Plantronics Blackwire 5220',
  serial: 'B1',
  vendor: 1151,
  product: 49235,
  descriptor: bytes(`05 0b 09 05 a1 01 85 08 15 00 25 01 75 01 95 01 09 2f 81 06 09 20 81 22 09 21 81 02 09 24 81 06
    09 07 05 09 09 01 81 02 95 03 81 01 05 08 85 09 95 01 09 09 91 22 95 07 91 01 85 17 95 01 09 17 91 22 95 07 91 01
    85 18 95 01 09 18 91 22 95 07 91 01 85 20 95 01 09 20 91 22 95 07 91 01 c0`),
  outputs: {
    9: 2,
    23: 2,
    24: 2,
    32: 2,
  },
  layout: {
    input: 8,
    inputBytes: 1,
    hook: 1,
    hookIs: 'switch',
    mute: 0,
    muteIs: 'toggle',
    flash: 2,
    reject: 4,
    leds: {
      offHook: {
        report: 23,
        bit: 0,
      },
      mute: {
        report: 9,
        bit: 0,
      },
      ring: {
        report: 24,
        bit: 0,
      },
      hold: {
        report: 32,
        bit: 0,
      },
    },
  },
}

/** EPOS: volume in the same report, reject in a list of one bit, output under another report id than input. */
export const familyC: HeadsetHardware = {
  ...usb,
  name: 'EPOS IMPACT',
  serial: 'C1',
  vendor: 5013,
  product: 169,
  descriptor: bytes(`05 0b 09 05 a1 01 85 02 15 00 25 01 75 01 95 02 05 0c 09 ea 09 e9 81 02 05 0b 95 01 09 20 81 22
    95 04 09 21 09 24 09 2f 09 26 81 06 05 09 95 01 09 07 09 10 81 40 85 03 05 0b 95 01 09 9e 91 22
    05 08 95 06 09 17 09 21 09 18 09 09 09 2a 09 20 91 22 95 01 91 01 c0`),
  outputs: { 3: 2 },
  layout: {
    input: 2,
    inputBytes: 1,
    hook: 2,
    hookIs: 'switch',
    mute: 5,
    muteIs: 'toggle',
    flash: 3,
    reject: 7,
    leds: {
      offHook: {
        report: 3,
        bit: 1,
      },
      ring: {
        report: 3,
        bit: 3,
      },
      mute: {
        report: 3,
        bit: 4,
      },
      hold: {
        report: 3,
        bit: 6,
      },
    },
  },
}

/** The corner case: reports without ids, the hook as two buttons, mute as a switch, no light for hold. */
export const familyD: HeadsetHardware = {
  ...usb,
  name: 'Yealink phone',
  serial: 'D1',
  vendor: 27027,
  product: 45099,
  descriptor: bytes(`05 0b 09 01 a1 01 15 ff 25 01 75 02 95 01 09 20 81 26 15 00 25 01 75 01 09 2f 81 22 95 05 81 03
    05 08 95 03 09 17 09 18 09 09 91 02 95 05 91 03 c0`),
  outputs: { 0: 1 },
  layout: {
    input: 0,
    inputBytes: 1,
    hook: 0,
    hookIs: 'buttons',
    mute: 2,
    muteIs: 'switch',
    leds: {
      offHook: {
        report: 0,
        bit: 0,
      },
      ring: {
        report: 0,
        bit: 1,
      },
      mute: {
        report: 0,
        bit: 2,
      },
    },
  },
}

export const headsets: readonly HeadsetHardware[] = [familyA, familyB, familyC, familyD]

/** `down`: the report while that pedal is pressed, its id included; `up`: the report when none is. */
export type PedalHardware = Hardware & { readonly down: readonly (readonly number[])[]; readonly up: readonly number[] }

/** Three pedals as programmable buttons, a report of two bytes without an id. */
export const threePedals: PedalHardware = {
  ...usb,
  name: 'VEC Infinity',
  serial: 'P3',
  vendor: 1523,
  product: 255,
  outputs: {},
  descriptor: bytes(
    `05 0c 09 03 a1 01 05 09 19 01 29 03 15 00 25 01 75 01 95 03 81 02 95 05 81 03 75 08 95 01 81 03 c0`,
  ),
  down: [
    [1, 0],
    [2, 0],
    [4, 0],
  ],
  up: [0, 0],
}

/** Four pedals as a joystick. */
export const fourPedals: PedalHardware = {
  ...usb,
  name: 'Philips ACC2330',
  serial: 'P4',
  vendor: 2321,
  product: 2330,
  outputs: {},
  descriptor: bytes('05 01 09 04 a1 01 05 09 19 01 29 04 15 00 25 01 75 01 95 04 81 02 95 04 81 03 c0'),
  down: [[1], [2], [4], [8]],
  up: [0],
}

/** One pedal that types a letter as a keyboard does. */
export const keyPedal: PedalHardware = {
  ...usb,
  name: 'PCsensor FootSwitch',
  serial: 'PK',
  vendor: 6790,
  product: 57382,
  outputs: {},
  descriptor: bytes(`05 01 09 06 a1 01 05 07 19 e0 29 e7 15 00 25 01 75 01 95 08 81 02 75 08 95 01 81 03
    95 06 26 ff 00 19 00 2a ff 00 81 00 c0`),
  down: [[0, 0, 4, 0, 0, 0, 0, 0]],
  up: [0, 0, 0, 0, 0, 0, 0, 0],
}

/** X-keys: three pedals in one byte of a report that its descriptor says nothing of. The reports are as documented, the descriptor is ours. */
export const xKeysPedal: PedalHardware = {
  ...usb,
  name: 'X-keys XK-3 Foot Pedal',
  serial: 'XK',
  vendor: 1523,
  product: 1080,
  outputs: { 0: 35 },
  descriptor: bytes('05 0c 09 01 a1 01 06 00 ff 09 01 15 00 26 ff 00 75 08 95 21 81 02 09 02 95 23 91 02 c0'),
  down: [2, 4, 8].map((bits) => [0, 0, bits, ...Array<number>(30).fill(0)]),
  up: Array<number>(33).fill(0),
}

/** Stream Deck Pedal: one byte for each pedal behind a head of three. The reports are as documented, the descriptor is ours. */
export const streamDeckPedal: PedalHardware = {
  ...usb,
  name: 'Stream Deck Pedal',
  serial: 'SD',
  vendor: 4057,
  product: 134,
  outputs: {},
  descriptor: bytes('06 00 ff 09 01 a1 01 85 01 09 02 15 00 26 ff 00 75 08 95 07 81 02 c0'),
  down: [0, 1, 2].map((pedal) => [1, 0, 3, 0, ...[0, 1, 2, 3].map((one) => Number(one === pedal))]),
  up: [1, 0, 3, 0, 0, 0, 0, 0],
}

export const pedals: readonly PedalHardware[] = [threePedals, fourPedals, keyPedal, xKeysPedal, streamDeckPedal]
