// A command is found by parts of its name, by its key, and in spite of typing errors.
import { expect, it } from 'vitest'
import { findActions } from './find-action.ts'

const actions = [
  { id: 'answer', title: 'Jawab panggilan berikutnya', keys: 'F2' },
  { id: 'relay', title: 'Teruskan ke semua yang disarankan', keys: 'F8' },
  { id: 'lock', title: 'Kunci meja', keys: 'Ctrl+L' },
]
const ids = (text: string): string[] => findActions(actions, text).map(({ id }) => id)

it.each([
  ['', ['answer', 'relay', 'lock']],
  ['jaw', ['answer']],
  ['semua terus', ['relay']],
  ['F8', ['relay']],
  ['ctrl l', ['lock']],
  ['terskan', ['relay']],
  ['kunci jawab', []],
  ['anggil', ['answer']],
] as const)('"%s" finds %j', (text, found) => {
  expect(ids(text)).toEqual(found)
})
