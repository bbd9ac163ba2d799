// The command line, also with what Chromium and test drivers add to it.
import { expect, test } from 'vitest'
import { readOptions } from './options.ts'

test('nothing said means the trial site in dark', () => {
  expect(readOptions([])).toEqual({ siteFile: null, dataDir: null, copyDir: null, theme: 'dark', size: null })
})

test('site, data folder, theme and size, in both spellings', () => {
  expect(
    readOptions([
      '--site',
      'demak.yaml',
      '--data=/data',
      '--copy',
      '/media/second',
      '--theme',
      'hc',
      '--size=1366x768',
    ]),
  ).toEqual({
    siteFile: 'demak.yaml',
    dataDir: '/data',
    copyDir: '/media/second',
    theme: 'hc',
    size: { width: 1366, height: 768 },
  })
})

test('flags of others are left alone, an unknown theme is dark, an odd size is none', () => {
  const args = ['--no-sandbox', '--remote-debugging-port=0', '/app', '--theme=pink', '--size=9x', '--site']
  expect(readOptions(args)).toEqual({ siteFile: null, dataDir: null, copyDir: null, theme: 'dark', size: null })
})
