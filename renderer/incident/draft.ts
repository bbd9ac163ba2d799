// Text that is being typed: kept on the desk at most half a second after the key, recorded on leaving, Enter or a pause.
import { isFault, type Fault } from '#domain/fault.ts'
import type { OpId } from '#domain/id.ts'
import type { CoreLink } from '../link/desk.ts'
import { createStore, type Store } from '../link/store.ts'

/** How often typed text is saved while typing goes on; throttled, not debounced: steady typing must be saved too. */
const saveEveryMs = 400
/** A pause this long records the field. */
const pauseMs = 3000

export type FieldRow = {
  readonly value: string | null
  readonly over: readonly OpId[]
  readonly conflicts: readonly { readonly value: string | null; readonly by: string; readonly at: number }[]
  readonly draft: { readonly text: string; readonly over: readonly OpId[]; readonly savedAt: number } | null
}
/** What is known of a field and how it is recorded. */
export type DraftTarget = {
  /** What core says of the field; null while nothing is known yet. */
  readonly row: FieldRow | null
  /** Makes sure that there is something to write to. */
  readonly ensure: () => Promise<boolean>
  readonly send: (value: string | null, over: readonly OpId[]) => Promise<unknown>
  /** How typed text is recorded; undefined = not yet (no suggestion was taken for it). */
  readonly valueOf: (text: string) => string | null | undefined
}
/** `typed` = what is typed here and not yet shown by core; null = show what core says. */
export type DraftState = { readonly typed: string | null; readonly fault: Fault | null }
export type Draft = {
  readonly state: Store<DraftState>
  /** Tells the newest row and target; drops the typed text once core shows the same. */
  readonly aim: (target: DraftTarget) => void
  readonly type: (text: string) => void
  /** Records what is typed, if anything. */
  readonly record: () => void
  /** Sends what is typed and empties the field (a note). */
  readonly submit: () => void
  /** Records a chosen value and shows its text meanwhile. */
  readonly choose: (value: string | null, text: string) => void
}

/** How most fields are recorded: trimmed, and empty means none. */
export function plainValue(text: string): string | null {
  return text.trim() === '' ? null : text.trim()
}

const unknownTarget: DraftTarget = {
  row: null,
  ensure: () => Promise.resolve(false),
  send: () => Promise.resolve(undefined),
  valueOf: () => undefined,
}

/**
 * The draft of one field; `on` and `field` are owner and field, e.g. "incident:<id>" and "landmark". It decides nothing about the
 * truth: what core pushes is shown as soon as it says the same.
 */
export function createDraft(core: CoreLink, on: string, field: string): Draft {
  const state = createStore<DraftState>({ typed: null, fault: null })
  let target: DraftTarget = unknownTarget
  let over: readonly OpId[] | null = null
  let sent: { readonly value: string | null; readonly text: string | null } | null = null
  let saving: ReturnType<typeof setTimeout> | undefined
  let pausing: ReturnType<typeof setTimeout> | undefined

  const seen = (): readonly OpId[] => over ?? target.row?.draft?.over ?? target.row?.over ?? []
  const save = (): void => {
    saving = undefined
    const { typed } = state.get()
    const { ensure } = target
    if (typed === null) return
    void ensure().then(async (isThere) => {
      if (!isThere || state.get().typed === null) return
      const reply = await core.call('saveDraft', { on, field, text: typed, over: [...seen()] })
      // Text that is on the screen only must be called so.
      if (isFault(reply)) state.set({ ...state.get(), fault: reply })
    })
  }
  const stopTimers = (): void => {
    clearTimeout(saving)
    clearTimeout(pausing)
    saving = undefined
  }
  /** Shows what core says again, unless something else was typed since. */
  const settle = (): void => {
    if (sent === null || target.row?.value !== sent.value || state.get().typed !== sent.text) return
    sent = null
    over = null
    state.set({ typed: null, fault: null })
  }
  const send = async (value: string | null): Promise<void> => {
    const { row, ensure } = target
    const { typed } = state.get()
    sent = { value, text: typed }
    if (row !== null && row.value === value && row.conflicts.length === 0) {
      void core.call('dropDraft', { on, field })
      return settle()
    }
    if (!(await ensure())) return
    const reply = await target.send(value, seen())
    if (isFault(reply)) {
      sent = null
      return state.set({ ...state.get(), fault: reply })
    }
    settle()
  }
  return {
    state,
    aim: (next) => {
      target = next
      settle()
    },
    type: (typed) => {
      over = seen()
      state.set({ typed, fault: null })
      // The first key makes the incident exist, so that its number can be said at once.
      void target.ensure()
      saving ??= setTimeout(save, saveEveryMs)
      clearTimeout(pausing)
      pausing = setTimeout(() => record(), pauseMs)
    },
    record: () => record(),
    submit: () => void submit(),
    choose: (value, text) => {
      stopTimers()
      over = seen()
      state.set({ typed: text, fault: null })
      void send(value)
    },
  }
  async function submit(): Promise<void> {
    stopTimers()
    const typed = state.get().typed ?? target.row?.draft?.text ?? ''
    const value = plainValue(typed)
    if (value === null || !(await target.ensure())) return
    const reply = await target.send(value, [])
    if (isFault(reply)) return state.set({ ...state.get(), fault: reply })
    if ((state.get().typed ?? typed) === typed) state.set({ typed: '', fault: null })
  }
  function record(): void {
    stopTimers()
    const typed = state.get().typed ?? target.row?.draft?.text ?? null
    if (typed === null || (sent !== null && sent.text === typed)) return
    const value = target.valueOf(typed)
    if (value === undefined) save()
    else void send(value)
  }
}
