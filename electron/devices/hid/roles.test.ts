import { describe, expect, test } from 'vitest'
import { families, fromHex, products } from './test-descriptors.ts'
import { descriptorOf, inputsOf, outputsOf, pedalsOf } from './test-roles.ts'

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
