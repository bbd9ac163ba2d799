// A virtual screen comes up on a free number and goes away again.
import { expect, test } from 'vitest'
import { hasDisplay, startDisplay } from './display.mjs'

test('two screens at once get two numbers, and stop', async () => {
  const [one, two] = await Promise.all([startDisplay({ size: '640x480' }), startDisplay({ size: '640x480' })])
  expect(one.display).toMatch(/^:\d+$/)
  expect(two.display).toMatch(/^:\d+$/)
  expect(one.display).not.toBe(two.display)
  await Promise.all([one.stop(), two.stop()])
})

test('a missing Xvfb is told in words', async () => {
  const path = process.env.PATH
  process.env.PATH = '/nowhere'
  await expect(startDisplay()).rejects.toThrow('virtual screen (Xvfb) did not start')
  process.env.PATH = path
})

test('a session with a screen is recognised', () => {
  expect(hasDisplay({ DISPLAY: ':0' })).toBe(true)
  expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' })).toBe(true)
  expect(hasDisplay({})).toBe(process.platform !== 'linux')
})
