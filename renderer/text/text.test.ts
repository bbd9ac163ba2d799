// Every text exists in both languages, is used somewhere, and takes the same values; React Aria has all its words.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import en from './en.json' with { type: 'json' }
import id from './id.json' with { type: 'json' }
import { indonesianWords } from './react-aria-id.ts'
import { createTexts } from './text.ts'

type Tree = { readonly [key: string]: string | Tree }
function leaves(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value] as [string, string]] : leaves(value, `${path}${key}.`),
  )
}
const source = readdirSync('renderer', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !name.includes('.test.'))
  .map((name) => readFileSync(`renderer/${name}`, 'utf8'))
  .join('\n')

it('has the same keys in both languages, with the same values to fill in', () => {
  const values = (text: string): string[] =>
    [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name).toSorted()
  const shape = (tree: Tree): [string, string[]][] => leaves(tree).map(([key, text]) => [key, values(text)])
  expect(shape(en)).toEqual(shape(id))
})

it('uses every text', () => {
  // A key is used as it stands, or as one of a family: t(`incidentStatus.${status}`).
  const families = [...source.matchAll(/`([\w.]+\.)\$\{/g)].map(([, family = '']) => family)
  const unused = leaves(id)
    .map(([key]) => key)
    .filter((key) => !source.includes(`'${key}'`) && !families.some((family) => key.startsWith(family)))
  expect(unused).toEqual([])
})

it('leaves no text empty and shouts at nobody', () => {
  for (const [key, text] of [...leaves(id), ...leaves(en)]) {
    expect(text.trim(), key).not.toBe('')
    expect(text, key).not.toContain('!')
  }
})

it('falls back to Indonesian and fills in values', () => {
  expect(createTexts('id').t('missed.total', { n: 3 })).toBe('3 belum dihubungi')
  expect(createTexts('en').t('missed.total', { n: 3 })).toBe('3 to call back')
})

it('gives React Aria every word of the components we use', async () => {
  const name = 'react-aria-components/i18n/en-US'
  const { default: english } = (await import(name)) as { default: Record<string, object> }
  for (const [part, words] of Object.entries(indonesianWords)) {
    const theirs = english[part] ?? expect.fail(`no package ${part}`)
    expect(Object.keys(words).toSorted(), part).toEqual(Object.keys(theirs).toSorted())
  }
})
