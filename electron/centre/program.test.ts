import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, expect, test } from 'vitest'
import { newId } from '#domain/id.ts'
import { testKey } from '#db/log/test-store.ts'
import { branchByRow } from '#db/log/log.ts'
import { startMosquitto } from '../core/sync/test-mosquitto.ts'
import { closeSite, memberOf, movingClock, record, replica, site, start, until } from '../core/sync/test-site.ts'
import { rootKey, writeMemberList } from './member-list.ts'

const program = new URL('./program.ts', import.meta.url).pathname
const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

type Line = { event: string; key?: string; origin?: string; members?: number }

async function run(args: string[]): Promise<{ first: Line; child: ChildProcess; ended: Promise<number | null> }> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  ends.push(async () => {
    child.kill('SIGKILL')
    await ended
  })
  const lines = createInterface({ input: child.stdout! })
  const first = await new Promise<Line>((resolve) => lines.once('line', (line) => resolve(JSON.parse(line) as Line)))
  return { first, child, ended }
}

test('runs as a program of its own against a real broker: takes in a signed member list, acknowledges, and stops', async () => {
  const broker = await startMosquitto()
  ends.push(broker.close)
  const dir = mkdtempSync(join(tmpdir(), 'm112-centre-'))
  const file = (name: string, text: string) => {
    writeFileSync(join(dir, name), text)
    return join(dir, name)
  }
  const root = rootKey()
  const args = ['--site', site, '--dir', join(dir, 'data'), '--broker', broker.url, '--root-key', root.key]
  args.push('--key-file', file('key', testKey), '--password-file', file('password', `${broker.password}\n`))
  const once = await run(args)
  expect(once.first).toMatchObject({ event: 'started', members: 0 })
  once.child.kill('SIGTERM')
  expect(await once.ended).toBe(0)

  const clock = movingClock()
  const desk = replica({ member: 'A', scope: 'full', rootKey: root.key, clock })
  ends.push(() => closeSite([desk]))
  const { origin = '', key = '' } = once.first
  const members = [memberOf(desk), { member: 'PUSAT', origin, key, scope: 'centre' as const }]
  const list = file('members.json', writeMemberList({ site, root, last: null, members, at: clock.now() }))
  const twice = await run([...args, '--members', list])
  expect(twice.first).toMatchObject({ event: 'started', origin, members: 1 })
  start(desk, [broker.url], { password: broker.password })
  record(desk, [
    {
      kind: 'IncidentOpened',
      on: `incident:${newId()}`,
      body: { label: '241126-B001', type: 'BCN-BJR', priority: 'P1' },
    },
  ])
  const own = () => branchByRow(desk.log.db, desk.log.memory.ownLog)
  await until('confirmed', () => own().headSeq === 2 && own().confirmedSeq === 2)
})

test('says how it is called when something is missing', async () => {
  const child = spawn(process.execPath, [program, '--site', 'uji'], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr?.on('data', (data: Buffer) => (said += data.toString()))
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(1)
  expect(said).toContain('usage: centre')
})
