import { describe, expect, it } from 'vitest'
import { mayBeGhost, silentState, type SilentFacts, type SilentPrompt } from './silent-call.ts'

const prompts: readonly SilentPrompt[] = [
  { code: 'ucap', kind: 'spoken', say: 'Halo', seconds: 5 },
  { code: 'tombol', kind: 'key', say: 'Tekan tombol apa saja', seconds: 6 },
  { code: 'balik', kind: 'callback', say: 'Telepon balik', seconds: 10 },
]
const answered = 1_000_000
const talking: SilentFacts = { number: '+6281300007701', answeredAt: answered, endedAt: null, endReason: null }
const over = (afterMs: number, more: Partial<SilentFacts> = {}): SilentFacts => ({
  ...talking,
  endedAt: answered + afterMs,
  endReason: 'caller-hangup',
  ...more,
})
const given = (...list: readonly [string, number][]) => list.map(([prompt, ms]) => ({ prompt, at: answered + ms }))

describe('the prompts of a silent call', () => {
  it('come one after the other, each with its time to listen, the callback after the end', () => {
    expect(silentState(prompts, [], talking)).toEqual({
      next: 'ucap',
      missing: ['ucap', 'tombol', 'balik'],
      isLost: false,
      waitUntil: null,
    })
    expect(silentState(prompts, given(['ucap', 100]), talking)).toMatchObject({
      next: 'tombol',
      waitUntil: answered + 5_100,
    })
    const said = given(['ucap', 100], ['tombol', 5_200])
    expect(silentState(prompts, said, talking)).toMatchObject({ next: null, missing: ['balik'] })
    expect(silentState(prompts, said, over(20_000, { endReason: 'operator-hangup' }))).toMatchObject({
      next: 'balik',
      missing: ['balik'],
      isLost: false,
    })
  })

  it('let a call be a ghost only after the last of them was listened for', () => {
    const all = given(['ucap', 100], ['tombol', 5_200], ['balik', 30_000])
    const state = silentState(prompts, all, over(20_000))
    expect(mayBeGhost(state, answered + 39_999)).toBe(false)
    expect(mayBeGhost(state, answered + 40_000)).toBe(true)
  })

  it('ask nothing of a withheld number that cannot be called back', () => {
    const state = silentState(prompts, given(['ucap', 0], ['tombol', 5_000]), { ...talking, number: null })
    expect(state).toMatchObject({ missing: [], next: null })
    expect(mayBeGhost(state, answered + 10_999)).toBe(false)
    expect(mayBeGhost(state, answered + 11_000)).toBe(true)
  })

  it('ask only for what there was time for when the caller hung up', () => {
    expect(silentState(prompts, [], over(4_999)).missing).toEqual(['balik'])
    expect(silentState(prompts, [], over(5_000))).toMatchObject({
      missing: ['ucap', 'balik'],
      isLost: true,
      next: null,
    })
    expect(silentState(prompts, given(['ucap', 100]), over(10_999)).missing).toEqual(['balik'])
    expect(silentState(prompts, given(['ucap', 100]), over(11_000)).missing).toEqual(['tombol', 'balik'])
  })

  it('count against an operator who hung up before saying anything', () => {
    expect(silentState(prompts, [], over(1_000, { endReason: 'operator-hangup' }))).toMatchObject({
      isLost: true,
      next: null,
    })
  })

  it('leave a call that was never answered with its callback', () => {
    expect(silentState(prompts, [], over(8_000, { answeredAt: null })).missing).toEqual(['balik'])
  })
})
