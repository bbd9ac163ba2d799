import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { fits, sabotagePatches, testOf } from './sabotage.ts'

const root = resolve(import.meta.dirname, '..')

test('a patch belongs to the test whose name it begins with', () => {
  expect(testOf('db/apply/converge.heads.sabotage.patch')).toBe('db/apply/converge.test.ts')
  expect(testOf('renderer/shell/sound.alarm.sabotage.patch')).toBe('renderer/shell/sound.test.tsx')
})

test.each(sabotagePatches())('%s fits the files, and its test exists', (patch) => {
  expect(fits(patch)).toBe(true)
  expect(existsSync(join(root, testOf(patch)))).toBe(true)
})
