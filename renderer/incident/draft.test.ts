// Typed text is saved while typing goes on, recorded once with what was seen at its first key, and never lost to a refusal.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fault, type Fault } from '#domain/fault.ts'
import type { OpId } from '#domain/id.ts'
import type { CoreLink } from '../link/desk.ts'
import { Draft, plainValue, type DraftTarget, type FieldRow } from './draft.ts'

const op = (n: number): OpId => String(n).padStart(64, '0') as OpId
const row = (value: string | null, over: OpId[] = []): FieldRow => ({ value, over, conflicts: [], draft: null })

type Sent = { readonly name: string; readonly value: unknown; readonly over: readonly OpId[]; readonly at: number }
let sent: Sent[]
let answer: Fault | Record<string, never>
beforeEach(() => {
  vi.useFakeTimers()
  sent = []
  answer = {}
})
afterEach(() => {
  vi.useRealTimers()
})

/** A field whose commands are only noted down: this is about when and what, not about core. */
function field(first: FieldRow | null, valueOf: DraftTarget['valueOf'] = plainValue) {
  const note = (name: string, value: unknown, over: readonly OpId[]): Promise<unknown> => {
    sent.push({ name, value, over, at: Date.now() })
    return Promise.resolve(answer)
  }
  const call = (name: string, input: { text?: string; over?: OpId[] }) => note(name, input.text, input.over ?? [])
  const draft = new Draft({ call } as unknown as CoreLink, 'incident:1', 'landmark')
  const aim = (next: FieldRow | null): void =>
    draft.aim({
      row: next,
      ensure: () => Promise.resolve(true),
      valueOf,
      send: (value, over) => note('record', value, over),
    })
  aim(first)
  return { draft, aim }
}
const names = (): string[] => sent.map(({ name }) => name)
const idle = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)

describe('while someone types', () => {
  it('saves at least twice a second, however steadily the keys come', async () => {
    const { draft } = field(row(null))
    const text = 'belakang pasar sayung'
    for (let length = 1; length <= text.length; length += 1) {
      draft.type(text.slice(0, length))
      await idle(200)
    }
    const times = sent.filter(({ name }) => name === 'saveDraft').map(({ at }) => at)
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0))
    expect(times.length).toBeGreaterThan(5)
    expect(Math.max(...gaps)).toBeLessThanOrEqual(500)
    expect(names()).not.toContain('record')
  })

  it('records after a pause, over what was seen at the first key', async () => {
    const { draft, aim } = field(row('lama', [op(1)]))
    draft.type('baru')
    aim(row('dari meja lain', [op(2)]))
    await idle(3000)
    expect(sent.at(-1)).toMatchObject({ name: 'record', value: 'baru', over: [op(1)] })
    expect(draft.state.get().typed).toBe('baru')
    aim(row('baru', [op(3)]))
    expect(draft.state.get()).toEqual({ typed: null, fault: null })
  })

  it('records at once when the field is left, and only once', async () => {
    const { draft } = field(row(null))
    draft.type('depan SPBU ')
    draft.record()
    draft.record()
    await idle(5000)
    expect(sent.filter(({ name }) => name === 'record')).toHaveLength(1)
    expect(sent.at(-1)).toMatchObject({ value: 'depan SPBU' })
  })

  it('keeps showing what is typed while an older text is being recorded', async () => {
    const { draft, aim } = field(row(null))
    draft.type('satu')
    draft.record()
    draft.type('satu dua')
    aim(row('satu', [op(1)]))
    await idle(0)
    expect(draft.state.get().typed).toBe('satu dua')
  })
})

describe('typing on while an older text is recorded', () => {
  it('does not contradict itself: the second change cites the first', async () => {
    const { draft, aim } = field(row('lama', [op(1)]))
    draft.type('satu')
    draft.record()
    draft.type('satu dua')
    draft.record()
    await idle(0)
    expect(sent.filter(({ name }) => name === 'record')).toHaveLength(1)
    aim(row('satu', [op(2)]))
    await idle(0)
    expect(sent.at(-1)).toMatchObject({ name: 'record', value: 'satu dua', over: [op(2)] })
    aim(row('satu dua', [op(3)]))
    expect(draft.state.get().typed).toBeNull()
  })
})

describe('recording', () => {
  it("shows core's word when another desk was later", async () => {
    const { draft, aim } = field(row('lama', [op(1)]))
    draft.type('saya')
    draft.record()
    await idle(0)
    expect(draft.state.get().typed).toBe('saya')
    aim({ ...row('dia', [op(2), op(3)]), conflicts: [{ value: 'saya', by: 'siti', at: 1 }] })
    expect(draft.state.get().typed).toBeNull()
    draft.type('kami')
    draft.record()
    await idle(0)
    expect(sent.at(-1)).toMatchObject({ name: 'record', value: 'kami', over: [op(2), op(3)] })
  })

  it('makes no change out of a text that says the same again', async () => {
    const { draft } = field(row('tetap', [op(1)]))
    draft.type('tetap')
    draft.record()
    await idle(0)
    expect(names()).toEqual(['dropDraft'])
    expect(draft.state.get().typed).toBeNull()
  })

  it('keeps a refused text, says why, and tries again when the field is left', async () => {
    const { draft } = field(row(null))
    answer = fault('disk_full')
    draft.type('penting')
    draft.record()
    await idle(0)
    expect(draft.state.get()).toEqual({ typed: 'penting', fault: { fault: 'disk_full' } })
    answer = {}
    draft.record()
    await idle(0)
    expect(names()).toEqual(['record', 'saveDraft', 'record'])
  })

  it('tells when even the draft could not be saved', async () => {
    const { draft } = field(row(null))
    answer = fault('read_only')
    draft.type('x')
    await idle(400)
    expect(draft.state.get()).toEqual({ typed: 'x', fault: { fault: 'read_only' } })
  })

  it('keeps a text as a draft when it stands for no value yet', async () => {
    const { draft } = field(row(null), () => undefined)
    draft.type('entah')
    draft.record()
    await idle(0)
    expect(names()).toEqual(['saveDraft'])
    expect(draft.state.get().typed).toBe('entah')
  })

  it('shows a chosen suggestion by its name until core says its code', async () => {
    const { draft, aim } = field(row(null))
    draft.choose('33.21.04.2005', 'Sriwulan, Sayung')
    expect(draft.state.get().typed).toBe('Sriwulan, Sayung')
    aim(row('33.21.04.2005', [op(1)]))
    expect(draft.state.get().typed).toBeNull()
  })
})

describe('a note', () => {
  it('empties its line when it was added, and keeps it when it was refused', async () => {
    const { draft } = field(row(null), () => undefined)
    answer = fault('not_signed_in')
    draft.type('satu korban')
    void draft.submit()
    await idle(0)
    expect(draft.state.get()).toEqual({ typed: 'satu korban', fault: { fault: 'not_signed_in' } })
    answer = {}
    void draft.submit()
    await idle(0)
    expect(draft.state.get()).toEqual({ typed: '', fault: null })
    void draft.submit()
    await idle(0)
    expect(names()).toEqual(['record', 'record'])
  })
})
