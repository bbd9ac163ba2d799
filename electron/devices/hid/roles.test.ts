import { describe, expect, test } from 'vitest'
import { readDescriptor, type Descriptor } from './descriptor.ts'
import { roleMap } from './roles.ts'
import { families, fromHex, products } from './test-descriptors.ts'

function descriptorOf(bytes: Uint8Array): Descriptor {
  const read = readDescriptor(bytes)
  if (!read.ok) throw new Error(read.problem)
  return read.descriptor
}

/** `hook 2.0 absolute`: role, report and bit, kind; a size other than 1 after a slash. */
function inputsOf(bytes: Uint8Array): string[] {
  return roleMap(descriptorOf(bytes)).inputs.map(
    ({ role, reportId, bit, size, kind }) => `${role} ${reportId}.${bit}${size === 1 ? '' : `/${size}`} ${kind}`,
  )
}
const outputsOf = (bytes: Uint8Array): string[] =>
  roleMap(descriptorOf(bytes)).outputs.map(({ role, reportId, bit }) => `${role} ${reportId}.${bit}`)
const pedalsOf = (bytes: Uint8Array): string[] =>
  roleMap(descriptorOf(bytes)).pedals.map(({ button, reportId, bit, kind }) => `${button} ${reportId}.${bit} ${kind}`)

const jabraOut = ['off-hook 2.0', 'mute 2.1', 'ring 2.2', 'hold 2.3', 'microphone 2.4', 'ringer 2.5']

describe('known products', () => {
  test('Jabra EVOLVE LINK, and Yealink WH66 as family A', () => {
    const buttons = [
      'hook 2.0 absolute',
      'line-busy 2.1 absolute',
      'mute 2.2 toggle',
      'flash 2.3 toggle',
      'redial 2.4 toggle',
      'speed-dial 2.5 toggle',
      'reject 2.6 absolute',
      'keypad 2.7/4 array',
    ]
    expect(inputsOf(products['Jabra EVOLVE LINK'])).toEqual(buttons)
    expect(outputsOf(products['Jabra EVOLVE LINK'])).toEqual(jabraOut)
    expect(inputsOf(families.A)).toEqual([...buttons, 'volume-up 1.0 absolute', 'volume-down 1.1 absolute'])
    expect(outputsOf(families.A)).toEqual(jabraOut)
    expect(descriptorOf(families.A).lengths.output.get(2)).toBe(2)
  })

  test('Jabra BIZ 2400 II', () => {
    expect(inputsOf(products['Jabra BIZ 2400 II'])).toEqual([
      'hook 2.0 absolute',
      'line-busy 2.1 absolute',
      'mute 2.2 toggle',
      'flash 2.3 toggle',
      'redial 2.4 toggle',
      'voice-mail 2.5 toggle',
      'speed-dial 2.6 toggle',
      'keypad 2.7/4 array',
      'reject 2.11 absolute',
    ])
    expect(outputsOf(products['Jabra BIZ 2400 II'])).toEqual(jabraOut)
  })

  test('Jabra SPEAK 810', () => {
    expect(inputsOf(products['Jabra SPEAK 810'])).toEqual([
      'hook 2.0 absolute',
      'line-busy 2.1 absolute',
      'mute 2.2 toggle',
      'flash 2.3 toggle',
      'reject 2.4 absolute',
    ])
    expect(outputsOf(products['Jabra SPEAK 810'])).toEqual(jabraOut)
  })

  test('Poly Blackwire C5220, and family B: a report for each lamp', () => {
    const buttons = [
      'mute 8.0 toggle',
      'hook 8.1 absolute',
      'flash 8.2 absolute',
      'redial 8.3 toggle',
      'reject 8.4 absolute',
    ]
    expect(inputsOf(products['Poly Blackwire C5220'])).toEqual(buttons)
    expect(outputsOf(products['Poly Blackwire C5220'])).toEqual([
      'mute 9.0',
      'off-hook 23.0',
      'ring 24.0',
      'speaker 26.0',
      'hold 32.0',
      'on-line 42.0',
    ])
    expect(inputsOf(families.B)).toEqual(buttons)
    expect(outputsOf(families.B)).toEqual(['mute 9.0', 'off-hook 23.0', 'ring 24.0', 'hold 32.0'])
  })

  test('Poly BT700', () => {
    expect(inputsOf(products['Poly BT700'])).toEqual([
      'hook 32.0 absolute',
      'mute 32.1 toggle',
      'flash 32.2 absolute',
      'redial 32.3 toggle',
      'reject 32.4 toggle',
    ])
    expect(outputsOf(products['Poly BT700'])).toEqual([
      'ring 33.0',
      'speaker 34.0',
      'mute 35.0',
      'off-hook 36.0',
      'hold 37.0',
    ])
  })

  test('EPOS SC 660: the output report has another id', () => {
    expect(inputsOf(products['EPOS SC 660'])).toEqual([
      'mute 8.0 toggle',
      'hook 8.1 absolute',
      'redial 8.2 toggle',
      'flash 8.3 toggle',
      'drop 8.4 toggle',
      'reject 8.5 absolute',
    ])
    expect(outputsOf(products['EPOS SC 660'])).toEqual([
      'mute 9.0',
      'off-hook 9.1',
      'ring 9.2',
      'microphone 9.3',
      'on-line 9.4',
      'hold 9.5',
    ])
  })

  test('EPOS IMPACT D1: an application collection inside another, reject as an array of one bit', () => {
    expect(inputsOf(products['EPOS IMPACT D1'])).toEqual([
      'volume-up 1.0 absolute',
      'volume-down 1.1 absolute',
      'hook 2.0 absolute',
      'flash 2.1 toggle',
      'redial 2.2 toggle',
      'mute 2.3 toggle',
      'drop 2.4 toggle',
      'reject 2.5 array',
    ])
    expect(outputsOf(products['EPOS IMPACT D1'])).toEqual([
      'off-hook 3.0',
      'microphone 3.1',
      'ring 3.2',
      'mute 3.3',
      'on-line 3.4',
      'hold 3.5',
    ])
    expect(pedalsOf(products['EPOS IMPACT D1'])).toEqual([])
  })

  test('Gigaset ION', () => {
    expect(inputsOf(products['Gigaset ION'])).toEqual([
      'hook 2.0 absolute',
      'line-busy 2.1 absolute',
      'line 2.2 absolute',
      'mute 2.3 toggle',
      'flash 2.4 toggle',
      'redial 2.5 toggle',
      'speed-dial 2.6 toggle',
      'reject 2.7 absolute',
    ])
    expect(outputsOf(products['Gigaset ION'])).toEqual([
      'off-hook 2.0',
      'mute 2.1',
      'ring 2.2',
      'hold 2.3',
      'microphone 2.4',
      'on-line 2.5',
      'ringer 2.6',
    ])
  })

  test('Logitech G535 has volume keys and cannot be steered as a telephone', () => {
    expect(inputsOf(products['Logitech G535'])).toEqual(['volume-up 1.0 absolute', 'volume-down 1.1 absolute'])
    expect(outputsOf(products['Logitech G535'])).toEqual([])
    expect(pedalsOf(products['Logitech G535'])).toEqual([])
  })

  test('family C: volume first, ringer first, reject as an array', () => {
    expect(inputsOf(families.C)).toEqual([
      'volume-down 2.0 absolute',
      'volume-up 2.1 absolute',
      'hook 2.2 absolute',
      'flash 2.3 toggle',
      'redial 2.4 toggle',
      'mute 2.5 toggle',
      'drop 2.6 toggle',
      'reject 2.7 array',
    ])
    expect(outputsOf(families.C)).toEqual([
      'ringer 3.0',
      'off-hook 3.1',
      'microphone 3.2',
      'ring 3.3',
      'mute 3.4',
      'on-line 3.5',
      'hold 3.6',
    ])
  })

  test('family D: no report id, two hook buttons in two bits, mute as a switch', () => {
    expect(inputsOf(families.D)).toEqual(['hook 0.0/2 toggle', 'mute 0.2 absolute'])
    expect(outputsOf(families.D)).toEqual(['off-hook 0.0', 'ring 0.1', 'mute 0.2'])
    expect(descriptorOf(families.D).hasReportIds).toBe(false)
  })

  test('pedals are buttons outside of telephones', () => {
    expect(pedalsOf(families.P3)).toEqual(['1 0.0 absolute', '2 0.1 absolute', '3 0.2 absolute'])
    expect(pedalsOf(families.P4)).toEqual(['1 0.0 absolute', '2 0.1 absolute', '3 0.2 absolute', '4 0.3 absolute'])
    expect(pedalsOf(families.PK)).toEqual([])
    const mouse = fromHex(
      '05 01 09 02 a1 01 09 01 a1 00 05 09 19 01 29 03 15 00 25 01 75 01 95 03 81 02 95 05 81 03 c0 c0',
    )
    expect(pedalsOf(mouse)).toEqual([])
  })
})

const phone = '05 0b 09 05 a1 01 15 00 25 01 75 01'

describe('what makers write', () => {
  test('a page that changes between usages counts for those before it only while they have no other', () => {
    expect(inputsOf(fromHex(`${phone} 95 03 05 0c 09 e9 09 ea 05 0b 09 20 81 02 95 05 81 03 c0`))).toEqual([
      'volume-up 0.0 absolute',
      'volume-down 0.1 absolute',
      'hook 0.2 absolute',
    ])
  })

  test('reject is button 7 however its page is written, and button 1 only right after it', () => {
    expect(inputsOf(fromHex(`${phone} 95 01 09 07 81 02 c0`))).toEqual(['reject 0.0 absolute'])
    expect(inputsOf(fromHex(`${phone} 95 01 05 09 09 07 81 02 c0`))).toEqual(['reject 0.0 absolute'])
    expect(inputsOf(fromHex(`${phone} 95 01 09 07 05 09 81 02 c0`))).toEqual(['reject 0.0 absolute'])
    expect(inputsOf(fromHex(`${phone} 95 01 09 07 a1 02 05 09 09 01 81 02 c0 c0`))).toEqual(['reject 0.0 absolute'])
    expect(inputsOf(fromHex(`${phone} 95 01 05 09 09 01 81 02 c0`))).toEqual([])
    // 4 bytes bring their own page, whatever page is in force.
    expect(inputsOf(fromHex(`${phone} 95 01 0b 07 00 09 00 81 02 c0`))).toEqual(['reject 0.0 absolute'])
    expect(inputsOf(fromHex(`${phone} 95 01 0b 20 00 0b 00 05 08 81 22 c0`))).toEqual(['hook 0.0 absolute'])
  })

  test('size, count and range are kept until they change, and come back with Pop', () => {
    expect(inputsOf(fromHex(`${phone} 95 01 09 20 a4 75 04 95 03 05 01 81 01 b4 81 22 09 2f 81 06 c0`))).toEqual([
      'mute 0.13 toggle',
    ])
    expect(inputsOf(fromHex(`${phone} 95 01 a4 75 03 05 01 81 01 b4 09 20 81 22 09 2f 81 06 c0`))).toEqual([
      'hook 0.3 absolute',
      'mute 0.4 toggle',
    ])
  })

  test('a list of usages that is too long is cut, one that is too short goes on with its last', () => {
    expect(inputsOf(fromHex(`${phone} 95 02 09 20 09 21 09 2f 81 02 09 2f 81 06 c0`))).toEqual([
      'hook 0.0 absolute',
      'flash 0.1 absolute',
      'mute 0.2 toggle',
    ])
    expect(inputsOf(fromHex(`${phone} 95 04 09 20 09 2f 81 02 95 01 09 21 81 02 c0`))).toEqual([
      'hook 0.0 absolute',
      'mute 0.1 absolute',
      'flash 0.4 absolute',
    ])
  })

  test('a range of usages names its bits one after the other', () => {
    expect(inputsOf(fromHex(`${phone} 95 10 19 20 29 2f 81 02 c0`))).toEqual([
      'hook 0.0 absolute',
      'flash 0.1 absolute',
      'hold 0.3 absolute',
      'redial 0.4 absolute',
      'drop 0.6 absolute',
      'line 0.10 absolute',
      'speaker 0.11 absolute',
      'mute 0.15 absolute',
    ])
  })

  test('input and output of one report id are counted apart, and a report may be taken up again', () => {
    const bytes = fromHex(`${phone} 95 01 85 02 09 20 81 22 05 08 09 17 91 22 85 05 09 18 91 22 05 0b 09 21 81 06
      85 02 09 2f 81 06 05 08 09 09 91 22 c0`)
    expect(inputsOf(bytes)).toEqual(['hook 2.0 absolute', 'flash 5.0 toggle', 'mute 2.1 toggle'])
    expect(outputsOf(bytes)).toEqual(['off-hook 2.0', 'ring 5.0', 'mute 2.1'])
  })

  test('the buttons of a telephone may be elements of an array', () => {
    const bytes = fromHex('05 0b 09 05 a1 01 15 01 25 04 75 08 95 02 09 20 09 2f 09 21 09 26 81 00 c0')
    expect(inputsOf(bytes)).toEqual(['hook 0.0/8 array', 'mute 0.0/8 array', 'flash 0.0/8 array', 'drop 0.0/8 array'])
  })

  test('of names between delimiters the first that is known counts, and the others are no controls', () => {
    const bytes = fromHex(`${phone} 95 02 a9 01 0b 33 00 00 ff 09 20 a9 00 a9 01 09 2f 09 21 a9 00 81 02 c0`)
    expect(inputsOf(bytes)).toEqual(['hook 0.0 absolute', 'mute 0.1 absolute'])
  })

  test('long items and reserved ones are passed over', () => {
    expect(inputsOf(fromHex(`${phone} fe 03 f0 81 22 c0 0d 09 95 01 09 20 81 22 c0 00 00`))).toEqual([
      'hook 0.0 absolute',
    ])
  })

  test('several telephones in one device are all found, wherever they stand', () => {
    const bytes = fromHex(`05 0c 09 01 a1 01 85 01 75 08 95 01 09 01 81 00 c0 06 00 ff 09 01 a1 01 85 07 09 20 81 02 c0
      05 0b 09 01 a1 01 85 03 15 00 25 01 75 01 09 20 81 22 c0 09 05 a1 01 85 04 09 20 81 22 05 08 09 17 91 22 c0`)
    expect(inputsOf(bytes)).toEqual(['hook 3.0 absolute', 'hook 4.0 absolute'])
    expect(outputsOf(bytes)).toEqual(['off-hook 4.0'])
  })

  test('telephony usages of a device that is no telephone are nothing: keyboards have a mute key too', () => {
    expect(inputsOf(fromHex('05 0c 09 01 a1 01 15 00 25 01 75 01 95 01 05 0b 09 2f 81 06 c0'))).toEqual([])
    expect(outputsOf(fromHex('05 01 09 06 a1 01 15 00 25 01 75 01 95 01 05 08 09 09 91 02 c0'))).toEqual([])
  })
})
