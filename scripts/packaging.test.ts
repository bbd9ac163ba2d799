// The packaging configuration hardens the program: every fuse is named and in its safe position.
import { FuseV1Options } from '@electron/fuses'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { root } from './setup/setup.mjs'

const config = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8')) as {
  asar: boolean
  files: string[]
  asarUnpack: string[]
  electronFuses: Record<string, boolean>
}

test('each fuse is in its safe position', () => {
  expect(config.electronFuses).toEqual({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  })
})

test('a fuse that a newer Electron brings is not forgotten', () => {
  const known = Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name)))
  const named = Object.keys(config.electronFuses).map((name) => name.toLowerCase())
  // WasmTrapHandlers guards speed, not safety; Electron's default stays.
  expect(known.filter((name) => !named.includes(name.toLowerCase()))).toEqual(['WasmTrapHandlers'])
})

test('migrations are inside the verified archive, and nothing but addons is outside', () => {
  expect(config.asar).toBe(true)
  expect(config.files).toContain('db/migrations')
  expect(config.asarUnpack).toEqual(['**/*.node'])
})
