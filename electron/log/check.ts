// Checks logs op by op, as an auditor does: chain, seals, keys, gaps, forks, personal parts. It must not know where ops come from.
import { isObject, parseJson } from './bytes.ts'
import { firstHash, opHash, personalHash } from './hash.ts'
import { isOriginOfKey } from './key.ts'
import { verifySeal } from './seal.ts'

/** One op on its way through the check, in the order of its branch. `seal` is base64url; `salt` and `personal` when the part is here. */
export type CheckedOp = {
  readonly origin: string
  readonly branch: number
  readonly seq: number
  readonly op: string
  /** Hash before this op where a fork leaves its parent; needed on the first op of a branch above 0. */
  readonly before?: string
  /** The hash that the store wrote down. */
  readonly hash?: string
  readonly seal: string | null
  readonly part: 'none' | 'kept' | 'missing' | 'erased' | 'elsewhere'
  readonly salt?: Uint8Array
  readonly personal?: string
}

/** What is wrong with a log, and where. */
export type Finding = {
  readonly origin: string
  readonly seq: number
  readonly what: 'gap' | 'chain' | 'seal' | 'key' | 'unsealed' | 'fork' | 'personal' | 'head'
  readonly detail: string
}

export type LogReport = {
  readonly origin: string
  readonly branch: number
  readonly ops: number
  readonly head: { readonly seq: number; readonly hash: string }
  readonly seals: number
  readonly missing: number
  readonly erased: number
}
export type CheckReport = {
  readonly site: string
  readonly logs: readonly LogReport[]
  readonly findings: readonly Finding[]
}

type State = {
  origin: string
  branch: number
  key: string | undefined
  seq: number
  hash: string
  ops: number
  seals: number
  sealedUpTo: number
  missing: number
  erased: number
}

const maxFindings = 1_000

/** Starts a check of one site's logs. Ops of different logs may come mixed; those of one branch come in order. */
export function startCheck(site: string): { readonly take: (op: CheckedOp) => void; readonly end: () => CheckReport } {
  const states = new Map<string, State>()
  const keys = new Map<string, string>()
  const findings: Finding[] = []
  const find = (state: State, seq: number, what: Finding['what'], detail: string) => {
    if (findings.length < maxFindings) findings.push({ origin: state.origin, seq, what, detail })
  }

  const take = (entry: CheckedOp) => {
    const name = `${entry.origin} ${entry.branch}`
    let state = states.get(name)
    if (state === undefined) states.set(name, (state = begin(site, entry, keys)))
    const isGap = entry.seq !== state.seq + 1
    if (isGap) find(state, entry.seq, 'gap', `after ${state.seq} comes ${entry.seq}`)
    state.hash = isGap && entry.hash !== undefined ? entry.hash : opHash(state.hash, entry.op)
    state.seq = entry.seq
    state.ops += 1
    if (entry.hash !== undefined && entry.hash !== state.hash) {
      find(state, entry.seq, 'chain', 'the op is not the one that was chained')
      // Go on from what the store says, so that one altered op is one finding.
      state.hash = entry.hash
    }
    if (entry.seal !== null) checkSeal(site, state, { ...entry, seal: entry.seal }, find)
    checkPart(state, entry, find)
  }

  const end = (): CheckReport => {
    for (const state of states.values()) {
      if (state.key === undefined) find(state, 1, 'key', 'no key gives this origin')
      if (state.sealedUpTo < state.seq) find(state, state.seq, 'unsealed', `sealed up to ${state.sealedUpTo}`)
      if (state.branch > 0) find(state, state.seq - state.ops + 1, 'fork', 'a second branch of this log')
    }
    const logs = [...states.values()].map(({ origin, branch, ops, seq, hash, seals, missing, erased }) => ({
      origin,
      branch,
      ops,
      head: { seq, hash },
      seals,
      missing,
      erased,
    }))
    return { site, logs, findings }
  }
  return { take, end }
}

function begin(site: string, entry: CheckedOp, keys: Map<string, string>): State {
  const key = keys.get(entry.origin) ?? keyIn(entry)
  if (key !== undefined) keys.set(entry.origin, key)
  const { origin, branch } = entry
  const isFork = branch > 0 && entry.before !== undefined
  const seq = isFork ? entry.seq - 1 : 0
  const hash = isFork ? (entry.before ?? '') : firstHash(site, origin)
  return { origin, branch, key, seq, hash, ops: 0, seals: 0, sealedUpTo: 0, missing: 0, erased: 0 }
}

/** Every log opens with its key, and the key gives the origin; so a file proves itself without a member list. */
function keyIn(entry: CheckedOp): string | undefined {
  const op = entry.seq === 1 ? parseJson(entry.op) : undefined
  const body = isObject(op) && op.kind === 'LogOpened' && isObject(op.body) ? op.body : undefined
  const key = body?.key
  return isOriginOfKey(entry.origin, key) ? key : undefined
}

type Find = (state: State, seq: number, what: Finding['what'], detail: string) => void

function checkSeal(site: string, state: State, entry: CheckedOp & { readonly seal: string }, find: Find): void {
  state.seals += 1
  const seal = { seq: entry.seq, hash: state.hash, sig: entry.seal }
  if (state.key !== undefined && verifySeal(site, state.origin, state.key, seal)) state.sealedUpTo = entry.seq
  else find(state, entry.seq, 'seal', 'the signature does not fit')
}

function checkPart(state: State, entry: CheckedOp, find: Find): void {
  if (entry.part === 'missing') state.missing += 1
  if (entry.part === 'erased') state.erased += 1
  if (entry.part !== 'kept') return
  const op = parseJson(entry.op)
  const wanted = isObject(op) ? op.personalHash : undefined
  const { salt, personal } = entry
  const found = salt === undefined || personal === undefined ? '' : personalHash(salt, personal)
  if (found !== wanted) find(state, entry.seq, 'personal', 'the personal part is not the one that was chained')
}
