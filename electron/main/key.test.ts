// The database key: made once, kept, guarded in live mode, never replaced when it cannot be opened.
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readKey, type KeyStore } from './key.ts'

let folder = ''
let file = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meja-112-key-'))
  file = join(folder, 'desk.key')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Stands for the operating system: hides the text under the name of one user. */
function store(backend: string, user = 'a'): KeyStore {
  let isAllowed = backend !== 'basic_text'
  return {
    isEncryptionAvailable: () => isAllowed,
    getSelectedStorageBackend: () => backend,
    setUsePlainTextEncryption: (use) => (isAllowed = use),
    encryptString: (text) => Buffer.from(`${user}${Buffer.from(text).toString('base64')}`),
    decryptString: (sealed) => {
      if (!sealed.toString().startsWith(user)) throw new Error('not yours')
      return Buffer.from(sealed.toString().slice(user.length), 'base64').toString()
    },
  }
}

const read = (from: KeyStore, more: { file: string; isTrial: boolean; hasData?: boolean }) =>
  readKey({ hasData: false, ...more }, from)

test('a key is made once, sealed, readable by its owner only', () => {
  const first = read(store('gnome_libsecret'), { file: file, isTrial: false })
  expect(first).toMatchObject({ ok: true, isGuarded: true, key: expect.stringMatching(/^[0-9a-f]{64}$/) })
  expect(read(store('gnome_libsecret'), { file: file, isTrial: false })).toEqual(first)
  if (first.ok) expect(readFileSync(file, 'utf8')).not.toContain(first.key)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual(['desk.key'])
})

test('two desks have two keys', () => {
  const one = read(store('gnome_libsecret'), { file: file, isTrial: false })
  const two = read(store('gnome_libsecret'), { file: join(folder, 'other.key'), isTrial: false })
  expect(one).not.toEqual(two)
})

test('without a real key store a live desk is refused and nothing is written, a trial goes on and says so', () => {
  expect(read(store('basic_text'), { file: file, isTrial: false })).toEqual({ ok: false, reason: 'no-key-store' })
  expect(readdirSync(folder)).toEqual([])
  expect(read(store('basic_text'), { file: file, isTrial: true })).toMatchObject({ ok: true, isGuarded: false })
})

test('a key of another user, a damaged file or no key inside is never replaced', () => {
  read(store('gnome_libsecret'), { file: file, isTrial: false })
  const before = readFileSync(file, 'utf8')
  expect(read(store('gnome_libsecret', 'b'), { file: file, isTrial: false })).toEqual({ ok: false, reason: 'key-lost' })
  expect(readFileSync(file, 'utf8')).toBe(before)
  const sealedNonsense = store('gnome_libsecret').encryptString('nonsense').toString('base64')
  for (const damaged of ['', '{', '{"version":2}', JSON.stringify({ version: 1, sealed: sealedNonsense })]) {
    writeFileSync(file, damaged)
    expect(read(store('gnome_libsecret'), { file: file, isTrial: false })).toEqual({ ok: false, reason: 'key-lost' })
    expect(readFileSync(file, 'utf8')).toBe(damaged)
  }
})

test('a missing key is not made anew where there is data', () => {
  expect(read(store('gnome_libsecret'), { file, isTrial: false, hasData: true })).toEqual({
    ok: false,
    reason: 'key-lost',
  })
  expect(readdirSync(folder)).toEqual([])
})
