// The licences on the help screen are those of what is installed, and all of them fit ours.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { licences, licencesFile, licencesText } from './licences.mjs'

/** Permissive ones, and the font licence. Anything else needs a decision first. */
const allowed = ['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'OFL-1.1', '(MIT OR X11)']

it('are written down as they are installed', () => {
  expect(readFileSync(licencesFile, 'utf8')).toBe(licencesText())
})

it('are all permissive', () => {
  expect(licences().filter(({ licence }) => !allowed.includes(licence))).toEqual([])
})

it('name what the program stands on', () => {
  const names = licences().map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['electron', 'react', 'mqtt', 'zod', 'better-sqlite3-multiple-ciphers']))
})
