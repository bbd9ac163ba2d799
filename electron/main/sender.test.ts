// Ports are handed to our own page in its top frame, to nobody else.
import { expect, test } from 'vitest'
import { isOwnPage, isTrusted } from './sender.ts'

const own = { origin: 'app://meja-112', url: 'app://meja-112/index.html', parent: null }

test('our own page in the top frame is trusted', () => {
  expect(isTrusted(own, own)).toBe(true)
})

test('a dead frame, another frame, a child, another origin or another address is not', () => {
  expect(isTrusted(null, own)).toBe(false)
  expect(isTrusted(undefined, undefined)).toBe(false)
  expect(isTrusted(own, { ...own })).toBe(false)
  const child = { ...own, parent: own }
  expect(isTrusted(child, child)).toBe(false)
  const foreign = { ...own, origin: 'app://other' }
  expect(isTrusted(foreign, foreign)).toBe(false)
  const blank = { ...own, url: 'about:blank' }
  expect(isTrusted(blank, blank)).toBe(false)
})

test('an address that only begins like ours is not ours', () => {
  expect(isOwnPage('app://meja-112/x')).toBe(true)
  expect(isOwnPage('app://meja-112.example/x')).toBe(false)
  expect(isOwnPage('https://meja-112/')).toBe(false)
  expect(isOwnPage('file:///etc/passwd')).toBe(false)
})
