import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { payloadText } from '#log/bytes.ts'
import { readTopic } from '#log/topic.ts'
import type { Scope } from '#log/member.ts'
import { prepared } from '../open.ts'
import { headsOf } from './cards.ts'
import { branchesOf, personalUpTo } from './log.ts'
import type { Log } from './log.ts'
import { receiveBatch } from './receive.ts'
import { newDatabase, newStore, testClock } from './test-store.ts'
import { receiveWord } from './words.ts'

// Every bad case of the golden file, through the real store on a real database.
const golden = JSON.parse(readFileSync(new URL('../../electron/log/wire-vectors.json', import.meta.url), 'utf8'))
const site: string = golden.site
const kinds: string[] = golden.about.kinds.split(':')[1].split('.')[0].trim().split(/\s+/)
const relay = '0193a1f0-7c00-7000-8000-0000000000a1'

type Message = {
  topic: string
  payload?: { ops?: unknown[]; [key: string]: unknown }
  payloadText?: string
  payloadHex?: string
  padTo?: number
  recipe?: {
    fill?: string
    times?: number
    count?: number
    fromSeq?: number
    template?: string
    payloadSha256?: string
  }
}
type Case = Message & { name: string; receiver: string; expect: Record<string, unknown>; before?: Message[] }

function bytesOf(message: Message): Buffer {
  if (message.payloadHex !== undefined) return Buffer.from(message.payloadHex, 'hex')
  let text = message.payloadText ?? JSON.stringify(expand(message))
  if (message.recipe?.fill) text = text.replace('<<FILL>>', message.recipe.fill.repeat(message.recipe.times ?? 1))
  return Buffer.from(message.padTo === undefined ? text : text.padEnd(message.padTo), 'utf8')
}

function expand({ payload, recipe }: Message): unknown {
  const { template } = recipe ?? {}
  if (template === undefined) return payload
  const ops = Array.from({ length: recipe?.count ?? 0 }, (_, n) => [
    template.replace('<<COUNTER>>', String(n).padStart(5, '0')).replace('<<SEQ>>', String(n + (recipe?.fromSeq ?? 0))),
    null,
    null,
  ])
  return { ...payload, ops }
}

function receive(log: Log, message: Message) {
  const text = payloadText(bytesOf(message))
  if (typeof text === 'string') return { result: text }
  const topic = readTopic(site, message.topic)
  if (topic === undefined) return { result: 'refused' as const }
  return topic.kind === 'op' || topic.kind === 'agency'
    ? receiveBatch(log, text.text, topic)
    : receiveWord(log, text.text, message.topic, topic)
}

function receiver(name: string): Log {
  const { member, seed, origin } = golden.keys[name]
  const db = newDatabase()
  db.prepare('INSERT INTO own_key (site, member, origin, seed, opened_at) VALUES (?, ?, ?, ?, 0)').run(
    site,
    member,
    origin,
    Buffer.from(seed, 'hex'),
  )
  const scope: Scope = name === 'BPBD-1' ? 'agency:BPBD' : 'full'
  const log = newStore({ member, site, db, scope, rootKey: golden.keys.root.key, kinds, clock: testClock() })
  const start: Message[] = [golden.words.members]
  if (name !== 'BPBD-1') start.push(golden.bad.start)
  if (name === 'B') start.push({ topic: golden.batch.topic, payload: golden.batch.whole }, golden.words.ack)
  if (name === 'BPBD-1') start.push(golden.words.card)
  for (const message of start) expect(receive(log, message).result).toMatch(/^(stored|accepted)$/)
  return log
}

const originOfTopic = (topic: string) => topic.split('/').slice(-2).join('.')

/** Everything the store keeps, to prove that a refusal changes nothing. Words kept to be judged again do not count. */
function everything(log: Log): string {
  const tables = ['log', 'op', 'member_list', 'word', 'have', 'erased', 'card', 'card_over', 'tally']
  return JSON.stringify(tables.map((table) => log.db.prepare(`SELECT * FROM ${table}`).all()))
}

describe('bad and borderline messages', () => {
  test('there are 98 of them', () => {
    expect(golden.bad.cases).toHaveLength(98)
  })
  test.each<Case>(golden.bad.cases)('$name', (entry) => {
    const log = receiver(entry.receiver)
    for (const message of entry.before ?? []) expect(receive(log, message).result).toMatch(/^(stored|accepted)$/)
    log.db.prepare('DELETE FROM log_alarm').run()
    const before = everything(log)
    const digest = entry.recipe?.payloadSha256
    if (digest) expect(createHash('sha256').update(bytesOf(entry)).digest('hex')).toBe(digest)
    const outcome = receive(log, entry)
    const { expect: wanted } = entry
    expect(outcome.result).toBe(wanted.result)
    if (outcome.result === 'refused' || outcome.result === 'ignored') expect(everything(log)).toBe(before)
    if (wanted.ops) expect('ops' in outcome && outcome.ops.map((op) => op.op)).toEqual(wanted.ops)
    if (wanted.personal) expect('ops' in outcome && outcome.ops.map((op) => op.part)).toEqual(wanted.personal)
    const [branch] = branchesOf(
      log.db,
      originOfTopic(entry.topic.includes('/op/B/') ? golden.bad.start.topic : entry.topic),
    )
    const isHeld = branch?.isHeld === true
    if (wanted.upTo !== undefined) expect(isHeld ? 0 : (branch?.headSeq ?? 0)).toBe(wanted.upTo)
    if (wanted.personalUpTo !== undefined) expect(branch && personalUpTo(log.db, branch)).toBe(wanted.personalUpTo)
    if (wanted.heads !== undefined) expect(headsOf(log.db, relay)).toEqual(wanted.heads)
    if (wanted.confirmed !== undefined) {
      expect(branchesOf(log.db, golden.keys.B.origin)[0]?.confirmedSeq).toBe(wanted.confirmed)
    }
    if (wanted.members !== undefined) expect(log.memory.list?.version).toBe(wanted.members)
    if (wanted.alarm !== undefined) {
      expect('alarm' in outcome && outcome.alarm).toBe(wanted.alarm)
      expect(prepared(log.db, 'SELECT kind FROM log_alarm').pluck().all()).toEqual([wanted.alarm])
    }
  })

  test('what is asked for after a gap and after an unknown branch', () => {
    const wantOf = (name: string) => {
      const entry: Case = golden.bad.cases.find((one: Case) => one.name === name)
      const outcome = receive(receiver(entry.receiver), entry)
      return outcome.result === 'gap' && 'gap' in outcome ? outcome.gap.from : outcome.result
    }
    expect(wantOf('gap')).toBe(3)
    expect(wantOf('fork: op 3 on an unknown op 2')).toBe(2)
  })

  test('a member list whose predecessor is another one raises an alarm', () => {
    const entry: Case = golden.bad.cases.find((one: Case) => one.name === 'member list with another before')
    const log = receiver('B')
    receive(log, entry)
    expect(prepared(log.db, 'SELECT kind FROM log_alarm').pluck().all()).toEqual(['members'])
  })
})
