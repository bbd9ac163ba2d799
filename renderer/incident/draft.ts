// Text that is being typed: kept on the desk at most half a second after the key, recorded on leaving, Enter or a pause.
import { isFault, type Fault } from '#domain/fault.ts'
import type { OpId } from '#domain/id.ts'
import { typedText } from '#domain/typed-text.ts'
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
/** How most fields are recorded: without what nobody can see, and empty means none. */
export function plainValue(text: string): string | null {
  const value = typedText(text)
  return value === '' ? null : value
}

const unknownTarget: DraftTarget = {
  row: null,
  ensure: () => Promise.resolve(false),
  send: () => Promise.resolve(undefined),
  valueOf: () => undefined,
}

type Sent = {
  readonly value: string | null
  readonly text: string | null
  /** What core said of the field before. */
  row: FieldRow | null
  isAnswered: boolean
}

/**
 * The draft of one field; `on` and `field` are owner and field, e.g. "incident:<id>" and "landmark". It decides nothing
 * about the truth: what core pushes is shown as soon as it says the same.
 */
export class Draft {
  readonly #core: CoreLink
  readonly #on: string
  readonly #field: string
  readonly #state = createStore<DraftState>({ typed: null, fault: null })
  #target: DraftTarget = unknownTarget
  /** What was seen at the first key; null while nothing is typed. */
  #over: readonly OpId[] | null = null
  /** What is being recorded and not yet shown by core. */
  #sent: Sent | null = null
  /** Something else was to be recorded meanwhile; it waits, so that nobody contradicts himself. */
  #isWanted = false
  #saving: ReturnType<typeof setTimeout> | undefined
  #pausing: ReturnType<typeof setTimeout> | undefined

  constructor(core: CoreLink, on: string, field: string) {
    this.#core = core
    this.#on = on
    this.#field = field
  }

  get state(): Store<DraftState> {
    return this.#state
  }

  /** Tells the newest row and target; drops the typed text once core shows the same. */
  readonly aim = (target: DraftTarget): void => {
    this.#target = target
    this.#settle()
  }

  readonly type = (typed: string): void => {
    this.#show(typed)
    // The first key makes the incident exist, so that its number can be said at once.
    void this.#target.ensure()
    this.#saving ??= setTimeout(this.#save, saveEveryMs)
    clearTimeout(this.#pausing)
    this.#pausing = setTimeout(this.record, pauseMs)
  }

  /** Records what is typed, if anything. */
  readonly record = (): void => {
    this.#stopTimers()
    const typed = this.#state.get().typed ?? this.#target.row?.draft?.text ?? null
    if (typed === null || this.#sent?.text === typed) return
    const value = this.#target.valueOf(typed)
    if (value !== undefined && this.#sent === null) void this.#send(value)
    else {
      this.#isWanted = value !== undefined
      this.#save()
    }
  }

  /** Records a chosen value and shows its text meanwhile. */
  readonly choose = (value: string | null, text: string): void => {
    this.#stopTimers()
    this.#show(text)
    void this.#send(value)
  }

  /** Sends what is typed and empties the field (a note). */
  readonly submit = async (): Promise<void> => {
    this.#stopTimers()
    const { ensure, row, send } = this.#target
    const typed = this.#state.get().typed ?? row?.draft?.text ?? ''
    const value = plainValue(typed)
    if (value === null) return
    // Core works in the order it is asked: the note need not wait for the answer that its incident is open.
    const [isThere, reply] = await Promise.all([ensure(), send(value, [])])
    if (!isThere) return
    if (isFault(reply)) return this.#refuse(reply)
    if ((this.#state.get().typed ?? typed) === typed) this.#state.set({ typed: '', fault: null })
  }

  #seen(): readonly OpId[] {
    return this.#over ?? this.#target.row?.draft?.over ?? this.#target.row?.over ?? []
  }

  #show(typed: string): void {
    this.#over = this.#seen()
    this.#state.set({ typed, fault: null })
  }

  #refuse(fault: Fault): void {
    this.#state.set({ ...this.#state.get(), fault })
  }

  #stopTimers(): void {
    clearTimeout(this.#saving)
    clearTimeout(this.#pausing)
    this.#saving = undefined
  }

  readonly #save = (): void => {
    this.#saving = undefined
    const { typed } = this.#state.get()
    if (typed === null) return
    void this.#target.ensure().then(async (isThere) => {
      if (!isThere || this.#state.get().typed === null) return
      const draft = { on: this.#on, field: this.#field, text: typed, over: [...this.#seen()] }
      const reply = await this.#core.call('saveDraft', draft)
      // Text that is on the screen only must be called so.
      if (isFault(reply)) this.#refuse(reply)
    })
  }

  async #send(value: string | null): Promise<void> {
    const { row, ensure, send } = this.#target
    const sent: Sent = { value, text: this.#state.get().typed, row, isAnswered: false }
    this.#sent = sent
    if (row !== null && row.value === value && row.conflicts.length === 0) {
      void this.#core.call('dropDraft', { on: this.#on, field: this.#field })
      return this.#settle()
    }
    const isThere = await ensure()
    sent.row = this.#target.row
    const reply = isThere ? await send(value, this.#seen()) : null
    if (reply === null || isFault(reply)) {
      this.#sent = null
      if (reply === null) return
      this.#refuse(reply)
      // What may not be recorded is kept as it was typed: leaving the field stopped the next saving.
      return this.#save()
    }
    sent.isAnswered = true
    this.#settle()
  }

  /**
   * Once core shows what was recorded, or after it was recorded something else (another desk was later): shows core's
   * word again, or goes on with what was typed since.
   */
  #settle(): void {
    const sent = this.#sent
    const { row } = this.#target
    if (sent === null || row === null) return
    if (row.value !== sent.value && !(sent.isAnswered && row !== sent.row)) return
    const { typed } = this.#state.get()
    this.#sent = null
    if (typed === sent.text) {
      this.#over = null
      return this.#state.set({ typed: null, fault: null })
    }
    this.#over = row.over
    if (this.#isWanted) {
      this.#isWanted = false
      this.record()
    }
  }
}
