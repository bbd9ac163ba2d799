// Report descriptors for tests: those that a real kernel took, and one written for each known product's layout.

/** Bytes out of hex with any white space. */
export function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.replace(/\s/g, ''), 'hex'))
}

/** Families of layouts, word for word as the kernel took them. */
export const families = {
  /** Input 2 of 16 bits, output 2 of 16, volume in report 1. */
  A: fromHex(`05 0b 09 05 a1 01 85 02 15 00 25 01 75 01 95 02 09 20 09 97 81 22 95 04 09 2f 09 21 09 24 09 50 81 06
    95 01 09 07 05 09 81 02 05 0b 09 06 a1 02 19 b0 29 bb 15 00 25 0b 75 04 95 01 81 00 c0 25 01 75 01 95 05 81 01
    05 08 95 05 09 17 09 09 09 18 09 20 09 21 91 22 05 0b 95 01 09 9e 91 22 95 0a 91 01 c0
    05 0c 09 01 a1 01 85 01 15 00 25 01 75 01 95 02 09 e9 09 ea 81 02 95 06 81 03 c0`),
  /** One output report for each lamp. */
  B: fromHex(`05 0b 09 05 a1 01 85 08 15 00 25 01 75 01 95 01 09 2f 81 06 09 20 81 22 09 21 81 02 09 24 81 06
    09 07 05 09 09 01 81 02 95 03 81 01 05 08 85 09 95 01 09 09 91 22 95 07 91 01 85 17 95 01 09 17 91 22 95 07 91 01
    85 18 95 01 09 18 91 22 95 07 91 01 85 20 95 01 09 20 91 22 95 07 91 01 c0`),
  /** Volume first, reject as an array, the output report has another id. */
  C: fromHex(`05 0b 09 05 a1 01 85 02 15 00 25 01 75 01 95 02 05 0c 09 ea 09 e9 81 02 05 0b 95 01 09 20 81 22 95 04
    09 21 09 24 09 2f 09 26 81 06 05 09 95 01 09 07 09 10 81 40 85 03 05 0b 95 01 09 9e 91 22 05 08 95 06 09 17 09 21
    09 18 09 09 09 2a 09 20 91 22 95 01 91 01 c0`),
  /** A phone without report ids, hook as two buttons in 2 bits, mute as a switch. */
  D: fromHex(`05 0b 09 01 a1 01 15 ff 25 01 75 02 95 01 09 20 81 26 15 00 25 01 75 01 09 2f 81 22 95 05 81 03
    05 08 95 03 09 17 09 18 09 09 91 02 95 05 91 03 c0`),
  /** Three pedals in a consumer collection. */
  P3: fromHex(`05 0c 09 03 a1 01 05 09 19 01 29 03 15 00 25 01 75 01 95 03 81 02 95 05 81 03 75 08 95 01 81 03 c0`),
  /** Four pedals that call themselves a joystick. */
  P4: fromHex('05 01 09 04 a1 01 05 09 19 01 29 04 15 00 25 01 75 01 95 04 81 02 95 04 81 03 c0'),
  /** A pedal that is a keyboard. */
  PK: fromHex(`05 01 09 06 a1 01 05 07 19 e0 29 e7 15 00 25 01 75 01 95 08 81 02 75 08 95 01 81 03 95 06 26 ff 00 19 00
    2a ff 00 81 00 c0`),
} as const

const headset = '05 0b 09 05 a1 01'
const oneBit = '15 00 25 01 75 01 95 01'
const absolute = '81 22'
const relative = '81 06'
const momentary = '81 02'
/** Constant input and output bits that fill a report up. */
const pad = (bits: number): string => `75 01 95 ${hex(bits)} 81 01`
const padOut = (bits: number): string => `75 01 95 ${hex(bits)} 91 01`
const hex = (value: number): string => value.toString(16).padStart(2, '0')
const each = (ids: readonly string[], flags: string): string => ids.map((id) => `09 ${id} ${flags}`).join(' ')
/** Button 7 as most headsets write it: the usage, then the page it belongs to. */
const reject = (flags: string): string => `09 07 05 09 ${flags} 05 0b`
const keypad = `09 06 a1 02 19 b0 29 bb 25 0b 75 04 95 01 81 00 c0 25 01`
const jabraLamps = `05 08 75 01 95 05 09 17 09 09 09 18 09 20 09 21 91 22 05 0b 95 01 09 9e 91 22 ${padOut(10)}`
const numberedLamp = (report: string, id: string): string => `85 ${report} 05 08 ${oneBit} 09 ${id} 91 22 ${padOut(7)}`

/** Products by name, each written so that it has the layout known of it. */
export const products = {
  'Jabra EVOLVE LINK': fromHex(`${headset} 85 02 ${oneBit} ${each(['20', '97'], absolute)}
    ${each(['2f', '21', '24', '50'], relative)} ${reject(absolute)} ${keypad} ${pad(5)} ${jabraLamps} c0`),
  'Jabra BIZ 2400 II': fromHex(`${headset} 85 02 ${oneBit} ${each(['20', '97'], absolute)}
    ${each(['2f', '21', '24', '70', '50'], relative)} ${keypad} 75 01 95 01 ${reject(absolute)} ${pad(4)} ${jabraLamps} c0`),
  'Jabra SPEAK 810': fromHex(`${headset} 85 02 ${oneBit} ${each(['20', '97'], absolute)} ${each(['2f', '21'], relative)}
    ${reject(absolute)} ${pad(11)} ${jabraLamps} c0`),
  'Poly Blackwire C5220': fromHex(`${headset} 85 08 ${oneBit} ${each(['2f'], relative)} ${each(['20'], absolute)}
    ${each(['21'], momentary)} ${each(['24'], relative)} 09 07 05 09 09 01 ${momentary} ${pad(3)}
    ${['09', '17', '18', '1e', '20', '2a'].map((id) => numberedLamp(id === '1e' ? '1a' : id, id)).join(' ')} c0`),
  'Poly BT700': fromHex(`${headset} 85 20 ${oneBit} ${each(['20'], absolute)} ${each(['2f'], relative)}
    ${each(['21'], momentary)} ${each(['24'], relative)} ${reject(relative)} ${pad(3)}
    ${numberedLamp('21', '18')} ${numberedLamp('22', '1e')} ${numberedLamp('23', '09')} ${numberedLamp('24', '17')}
    ${numberedLamp('25', '20')} c0`),
  'EPOS SC 660': fromHex(`${headset} 85 08 ${oneBit} ${each(['2f'], relative)} ${each(['20'], absolute)}
    ${each(['24', '21', '26'], relative)} ${reject(absolute)} ${pad(2)}
    85 09 05 08 ${oneBit} ${each(['09', '17', '18', '21', '2a', '20'], '91 22')} ${padOut(2)} c0`),
  'EPOS IMPACT D1': fromHex(`05 0c 09 01 a1 01 85 01 ${oneBit} ${each(['e9', 'ea'], momentary)} ${pad(6)}
    ${headset} 85 02 ${oneBit} ${each(['20'], momentary)} ${each(['21', '24', '2f', '26'], relative)}
    05 09 09 07 09 10 81 40 05 0b ${pad(2)}
    85 03 05 08 ${oneBit} ${each(['17', '21', '18', '09', '2a', '20'], '91 22')} ${padOut(2)} c0 c0`),
  'Gigaset ION': fromHex(`${headset} 85 02 ${oneBit} ${each(['20', '97', '2a'], absolute)}
    ${each(['2f', '21', '24', '50'], relative)} ${reject(absolute)} 85 02 05 08 ${oneBit}
    ${each(['17', '09', '18', '20', '21', '2a'], '91 22')} 05 0b ${each(['9e'], '91 22')} ${padOut(1)} c0`),
  'Logitech G535': fromHex(`05 0c 09 01 a1 01 85 01 ${oneBit} ${each(['e9', 'ea'], momentary)} ${pad(6)} c0
    06 43 ff 0a 02 02 a1 01 85 11 75 08 95 13 15 00 26 ff 00 09 02 81 00 09 02 91 00 c0`),
} as const
