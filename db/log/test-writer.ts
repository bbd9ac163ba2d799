// Writes logs of made-up members for tests: any ops, any runs, forks and epochs. Not part of the program.
import { randomBytes } from 'node:crypto'
import type { Batch, BatchOp } from '#log/batch.ts'
import { canonical, toBase64url } from '#log/bytes.ts'
import { firstHash, noHash, opHash, personalHash } from '#log/hash.ts'
import { logKey } from '#log/key.ts'
import type { LogKey } from '#log/key.ts'
import type { Member, Scope } from '#log/member.ts'
import { memberListContent, rootMember } from '#log/member.ts'
import { makeSeal, makeVouch } from '#log/seal.ts'
import { topicsOf } from '#log/topic.ts'
import { makeWord, readWord } from '#log/word.ts'
import { transact } from '../open.ts'
import type { Log } from './log.ts'
import { receiveMembers } from './members.ts'

export const site = 'uji'
const started = 1_795_486_500_000

export type TestOp = {
  readonly kind: string
  readonly on: string
  readonly about?: string[]
  readonly body?: object
  readonly personal?: object
  readonly salt?: Uint8Array
  readonly was?: string
  readonly at?: number
  readonly v?: number
}
export type Written = BatchOp & { readonly seq: number; readonly hash: string; readonly id: string }

/** A log that exists outside any database. */
export type TestLog = {
  readonly key: LogKey
  readonly ops: Written[]
  readonly write: (op: TestOp) => Written
  /** The batch of ops `from` to `to`, sealed at its end. */
  readonly batch: (from: number, to: number) => Batch
  /** A log that is the same up to `seq` and goes its own way from there. */
  readonly fork: (seq: number) => TestLog
  readonly member: (scope?: Scope, until?: readonly [number, string]) => Member
}

/** A new log of a member with its LogOpened; with `after` it continues another one. */
export function testLog(name: string, after?: TestLog, seed?: Uint8Array): TestLog {
  const key = logKey(name, seed)
  const log = logOf(key, [])
  const last = after?.ops.at(-1)
  const more =
    after === undefined
      ? {}
      : {
          after: { origin: after.key.origin, seq: last?.seq ?? 0, hash: last?.hash ?? noHash },
          vouch: makeVouch(site, after.key, key.origin),
        }
  log.write({ kind: 'LogOpened', on: `log:${key.origin}`, body: { format: 1, key: key.key, ...more } })
  return log
}

function logOf(key: LogKey, ops: Written[]): TestLog {
  const hashBefore = (seq: number) => (seq === 1 ? firstHash(site, key.origin) : (ops[seq - 2]?.hash ?? noHash))
  return {
    key,
    ops,
    write: (op) => {
      const seq = ops.length + 1
      const salt = op.personal === undefined ? null : (op.salt ?? randomBytes(16))
      const personal = op.personal === undefined ? null : canonical(op.personal)
      const text = canonical({
        origin: key.origin,
        seq,
        at: `${String(op.at ?? started + seq).padStart(15, '0')}.00000`,
        wall: started + seq,
        offset: null,
        by: op.kind === 'LogOpened' ? 'system' : 'siti',
        session: op.kind === 'LogOpened' ? 'system' : '0193a1f0-0000-7000-8000-0000000000b1',
        kind: op.kind,
        v: op.v ?? 1,
        on: op.on,
        about: op.about,
        body: op.body ?? {},
        personalHash: salt === null || personal === null ? undefined : personalHash(salt, personal),
        was: op.was,
      })
      const hash = opHash(hashBefore(seq), text)
      const written = {
        seq,
        op: text,
        personal,
        salt: salt === null ? null : toBase64url(salt),
        hash,
        id: op.was ?? hash,
      }
      ops.push(written)
      return written
    },
    batch: (from, to) => {
      const run = ops.slice(from - 1, to)
      return {
        origin: key.origin,
        from,
        after: hashBefore(from),
        ops: run.map(({ op, personal, salt }) => ({ op, personal, salt })),
        seal: makeSeal(site, key, to, run.at(-1)?.hash ?? noHash),
      }
    },
    fork: (seq) => logOf(key, ops.slice(0, seq)),
    member: (scope = 'full', until) => {
      const facts = { member: key.member, origin: key.origin, key: key.key, scope }
      return until === undefined ? facts : { ...facts, until }
    },
  }
}

/** The root key of every test site. */
export const testRoot = logKey(rootMember, Buffer.alloc(32, 0x70))

/** The payload of a store's next member list. */
export function makeMembers(log: Log, members: readonly Member[]): string {
  const { list } = log.memory
  const version = (list?.version ?? 0) + 1
  const content = memberListContent({ version, before: list?.hash ?? noHash, members, operators: [] })
  const facts = { topic: topicsOf(site).members, by: testRoot.origin, inc: 1, n: version, at: started, content }
  return makeWord(testRoot, facts)
}

/** Gives a store its next member list. */
export function giveMembers(log: Log, members: readonly Member[]): void {
  const word = readWord(makeMembers(log, members), topicsOf(site).members)
  if (word === undefined || transact(log.db, () => receiveMembers(log, word)) !== 'accepted') throw new Error('refused')
}
