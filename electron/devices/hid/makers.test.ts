import { describe, expect, test } from 'vitest'
import { fromHex } from './test-descriptors.ts'
import { inputsOf, outputsOf } from './test-roles.ts'

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
