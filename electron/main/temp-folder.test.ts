import { expect, test } from 'vitest'
import { engineTempFolder } from './temp-folder.ts'

const ofLength = (length: number): string => `/${'a'.repeat(length - 1)}`

test('a folder that leaves room for the socket is used as it is', () => {
  expect(engineTempFolder('/tmp', 'linux')).toBe('/tmp')
  expect(engineTempFolder(ofLength(61), 'linux')).toBe(ofLength(61))
})

test('a longer one gives way to /tmp; bytes count, not letters', () => {
  expect(engineTempFolder(ofLength(62), 'linux')).toBe('/tmp')
  expect(engineTempFolder(`/${'é'.repeat(31)}`, 'linux')).toBe('/tmp')
})

test('only Linux has the limit', () => {
  expect(engineTempFolder(ofLength(200), 'darwin')).toBe(ofLength(200))
})
