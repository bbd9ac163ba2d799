// The cache folder is complete or absent, whatever happens to the process that fills it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { alone, cacheFolder, makeOnce } from './cache.mjs'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meja-112-cache-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const cacheModule = join(import.meta.dirname, 'cache.mjs')

/** Starts a process that fills the thing by running `body`, in which `building` and `log` (a file) are known. */
function filler(body: string) {
  const code = `
    import { appendFileSync, writeFileSync } from 'node:fs'
    import { setTimeout as wait } from 'node:timers/promises'
    import { makeOnce } from ${JSON.stringify(cacheModule)}
    const log = ${JSON.stringify(join(folder, 'log'))}
    await makeOnce(${JSON.stringify(join(folder, 'thing'))}, async (building) => { ${body} })
    console.log('end')`
  return spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
}

test('the cache is where the person or the desktop standard says', () => {
  expect(cacheFolder({ MEJA112_CACHE: '/x' })).toBe('/x')
  expect(cacheFolder({ XDG_CACHE_HOME: '/y', HOME: '/h' })).toBe('/y/meja-112')
  expect(cacheFolder({ HOME: '/h' })).toBe('/h/.cache/meja-112')
})

test('a failure leaves nothing, and the next run makes it', async () => {
  const thing = join(folder, 'thing')
  const failing = makeOnce(thing, async (building) => {
    writeFileSync(join(building, 'half'), '')
    throw new Error('broken off')
  })
  await expect(failing).rejects.toThrow('broken off')
  expect(readdirSync(folder)).toEqual([])
  expect(await makeOnce(thing, async (building) => writeFileSync(join(building, 'whole'), ''))).toBe(true)
  expect(await makeOnce(thing, async () => expect.unreachable())).toBe(false)
  expect(readdirSync(thing)).toEqual(['whole'])
})

test('a killed run leaves neither a lock nor a half-filled folder behind the next one', async () => {
  const child = filler(`writeFileSync(building + '/half', ''); console.log('half'); await wait(60_000)`)
  await once(child.stdout, 'data')
  expect(existsSync(join(folder, 'thing'))).toBe(false)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(readdirSync(folder)).toHaveLength(1)
  await makeOnce(join(folder, 'thing'), async (building) => writeFileSync(join(building, 'whole'), ''))
  expect(readdirSync(folder)).toEqual(['thing'])
  expect(readdirSync(join(folder, 'thing'))).toEqual(['whole'])
})

test('of several at once one works and the others wait for it', async () => {
  const body = `appendFileSync(log, 'fill\\n'); await wait(300); writeFileSync(building + '/whole', '')`
  const children = [filler(body), filler(body), filler(body)]
  const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0]))
  expect(codes).toEqual([0, 0, 0])
  expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('fill\n')
})

test('a second one is told that it waits, and gets its turn after the first', async () => {
  const order: string[] = []
  const gate = Promise.withResolvers<void>()
  const first = alone(folder, async () => {
    await gate.promise
    order.push('first')
  })
  const second = alone(
    folder,
    async () => order.push('second'),
    () => {
      order.push('waits')
      gate.resolve()
    },
  )
  await Promise.all([first, second])
  expect(order).toEqual(['waits', 'first', 'second'])
})

test('a folder that cannot be made says so', async () => {
  writeFileSync(join(folder, 'file'), '')
  await expect(makeOnce(join(folder, 'file', 'thing'), async () => mkdirSync(folder))).rejects.toThrow(/ENOTDIR|EEXIST/)
})
