// No two actions share a key where both could work, and keys are printed as people read them.
import { expect, it } from 'vitest'
import { parseKeybinding } from 'tinykeys'
import { actionIds, clashes, keyCapText, keymap, type KeyEntry } from './keymap.ts'

const entry = (keys: string, scope: KeyEntry['scope']): KeyEntry => ({ title: 'keys.answer', keys, scope })

it('has no clash', () => {
  expect(clashes(keymap)).toEqual([])
})

it('finds a clash in one scope, and between a list and the whole desk', () => {
  expect(clashes({ a: entry('F2', 'desk'), b: entry('F2', 'desk') })).toEqual(['a b'])
  expect(clashes({ a: entry('Alt+t', 'desk'), b: entry('Alt+T', 'everywhere') })).toEqual(['a b'])
  expect(clashes({ a: entry('Delete', 'notes'), b: entry('Delete', 'desk') })).toEqual(['a b'])
  expect(clashes({ a: entry('Enter', 'board'), b: entry('Enter', 'missed') })).toEqual([])
})

it('has only keys that the listener understands', () => {
  for (const id of actionIds) expect(parseKeybinding(keymap[id].keys), id).toHaveLength(1)
})

it('prints keys', () => {
  expect(keyCapText('Control+Shift+Digit1')).toBe('Ctrl+Shift+1')
  expect(keyCapText('Control+m')).toBe('Ctrl+M')
  expect(keyCapText('Shift+F11')).toBe('Shift+F11')
  expect(keyCapText('Control+ArrowDown')).toBe('Ctrl+↓')
})
