// The prompts of a silent call: what must have been said and listened for before it may be called a ghost. Reads no clock.
import type { EndReason } from './call.ts'

/** spoken: a sentence is said; key: the caller is asked to press any key; callback: the number is called back. */
export const promptKinds = ['spoken', 'key', 'callback'] as const
export type PromptKind = (typeof promptKinds)[number]

/** `seconds`: how long to listen after it. */
export type SilentPrompt = {
  readonly code: string
  readonly kind: PromptKind
  readonly say: string
  readonly seconds: number
}

/** A prompt that was given, at its time (UTC ms). */
export type GivenPrompt = { readonly prompt: string; readonly at: number }

/** What counts of the call; times are UTC ms. */
export type SilentFacts = {
  readonly number: string | null
  readonly answeredAt: number | null
  readonly endedAt: number | null
  readonly endReason: EndReason | null
}

/** How far the prompts are. The call may be a ghost when nothing is missing and `waitUntil` is over. */
export type SilentState = {
  /** Code of the prompt to give next; null when none can be given (any more, or yet). */
  readonly next: string | null
  /** Codes of the prompts without which the call is no ghost. */
  readonly missing: readonly string[]
  /** Something is missing that cannot be made up for: the operator hung up before it was said. */
  readonly isLost: boolean
  /** Until when to listen after the last prompt; null when nothing is to be listened for. */
  readonly waitUntil: number | null
}

/** The state of a call's prompts. A prompt of the pack that could not be given is not asked for. */
export function silentState(
  prompts: readonly SilentPrompt[],
  given: readonly GivenPrompt[],
  call: SilentFacts,
): SilentState {
  const isGiven = ({ code }: SilentPrompt): boolean => given.some(({ prompt }) => prompt === code)
  const missing = prompts.filter((prompt) => !isGiven(prompt) && wasPossible(prompts, prompt, call))
  const isOver = call.endedAt !== null
  const givable = missing.filter(({ kind }) => (kind === 'callback') === isOver)
  const lost = missing.filter(({ kind }) => kind !== 'callback' && isOver)
  return {
    next: lost.length > 0 ? null : (givable[0]?.code ?? null),
    missing: missing.map(({ code }) => code),
    isLost: lost.length > 0,
    waitUntil: listeningEnd(prompts, given, isOver),
  }
}

/** True when a call may be classed as a ghost at `now` (UTC ms). */
export function mayBeGhost(state: SilentState, now: number): boolean {
  return state.missing.length === 0 && (state.waitUntil === null || now >= state.waitUntil)
}

/**
 * A number that is withheld cannot be called back. To a caller who hung up, only what there was time for could be said;
 * an operator who hangs up gives the time away.
 */
function wasPossible(prompts: readonly SilentPrompt[], prompt: SilentPrompt, call: SilentFacts): boolean {
  if (prompt.kind === 'callback') return call.number !== null
  if (call.answeredAt === null) return false
  if (call.endedAt === null || call.endReason === 'operator-hangup') return true
  const neededMs = prompts
    .slice(0, prompts.indexOf(prompt) + 1)
    .reduce((sum, { kind, seconds }) => (kind === 'callback' ? sum : sum + seconds * 1000), 0)
  return call.endedAt - call.answeredAt >= neededMs
}

/** A caller who is gone is not listened to any more; a callback is, whatever became of the first call. */
function listeningEnd(prompts: readonly SilentPrompt[], given: readonly GivenPrompt[], isOver: boolean): number | null {
  const ends = given.flatMap(({ prompt, at }) => {
    const known = prompts.find(({ code }) => code === prompt)
    const counts = known !== undefined && (known.kind === 'callback' || !isOver)
    return counts ? [at + known.seconds * 1000] : []
  })
  return ends.length === 0 ? null : Math.max(...ends)
}
