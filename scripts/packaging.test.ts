// The packaging configuration hardens the program: every fuse is named and in its safe position, and the stand-in is refused.
import { FuseV1Options } from '@electron/fuses'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { afterPack, beforePack } from './packing.mjs'
import { officialVersion } from './setup/official.mjs'
import { root } from './setup/setup.mjs'

const config = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8')) as {
  asar: boolean
  files: string[]
  asarUnpack: string[]
  electronFuses: Record<string, boolean>
  beforePack: string
  afterPack: string
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

function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'meja-112-packing-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}
const asked = (electronDist?: unknown) => ({ packager: { config: { electronDist } } })

test('the packing program asks before and after, by the names under which it looks for the two questions', () => {
  expect([config.beforePack, config.afterPack]).toEqual(['scripts/packing.mjs', 'scripts/packing.mjs'])
  expect([beforePack.name, afterPack.name]).toEqual(['beforePack', 'afterPack'])
})

test('the stand-in is refused, whoever named it, and so is any other version', () => {
  // As the set-up makes it: a program, its loader, no version.
  const standIn = folderWith({ electron: '', 'resources/app/main.mjs': '' })
  const older = folderWith({ electron: '', version: 'v33.2.1' })
  expect(() => beforePack(asked(standIn), {})).toThrow(`Not packed: ${standIn} holds Electron without a version`)
  expect(() => beforePack(asked(), { ELECTRON_OVERRIDE_DIST_PATH: standIn })).toThrow('without a version')
  expect(() => beforePack(asked(older), {})).toThrow(`holds Electron 33.2.1, not ${officialVersion(root)}`)
  expect(() =>
    beforePack(
      asked(() => standIn),
      {},
    ),
  ).toThrow('is not the path of a folder')
  expect(() => afterPack({ appOutDir: standIn })).toThrow('a program outside the verified archive')
})

test('the pinned Electron is packed, named or not', () => {
  const pinned = folderWith({ electron: '', version: officialVersion(root), 'resources/app.asar': '' })
  expect(() => beforePack(asked(), {})).not.toThrow()
  expect(() => beforePack(asked(pinned), { ELECTRON_OVERRIDE_DIST_PATH: pinned })).not.toThrow()
  expect(() => afterPack({ appOutDir: pinned })).not.toThrow()
})
