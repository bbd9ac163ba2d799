// The command line, also with what Chromium and test drivers add to it.
import { expect, test } from 'vitest'
import { readOptions } from './options.ts'

test('nothing said means the trial site in dark', () => {
  expect(readOptions([])).toEqual({ siteFile: null, dataDir: null, theme: 'dark' })
})

test('site, data folder and theme, in both spellings', () => {
  expect(readOptions(['--site', 'demak.yaml', '--data=/data', '--theme', 'hc'])).toEqual({
    siteFile: 'demak.yaml',
    dataDir: '/data',
    theme: 'hc',
  })
})

test('flags of others are left alone, an unknown theme is dark', () => {
  const args = ['--no-sandbox', '--remote-debugging-port=0', '/app', '--theme=pink', '--site']
  expect(readOptions(args)).toEqual({ siteFile: null, dataDir: null, theme: 'dark' })
})
