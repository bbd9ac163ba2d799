// Connects keys with what is on the screen: a key works exactly while something mounted offers its action.
import { createContext, use, useEffect, useRef, type KeyboardEvent as ReactKeyboardEvent, type ReactNode } from 'react'
import { matchKeybindingPress, parseKeybinding, tinykeys } from 'tinykeys'
import { actionIds, keymap, type ActionId } from './keymap.ts'

type Run = () => void
type Offer = { readonly current: Run }
/** What is offered now; the newest offer of an action wins. */
export type Actions = {
  readonly offer: (id: ActionId, run: Offer) => () => void
  readonly run: (id: ActionId) => boolean
  /** What could be run now, in the order of the table. */
  readonly offered: () => ActionId[]
}

/** An empty set of offers. */
export function createActions(): Actions {
  const offers = new Map<ActionId, Offer[]>()
  return {
    offer: (id, run) => {
      offers.set(id, [...(offers.get(id) ?? []), run])
      return () => {
        const rest = (offers.get(id) ?? []).filter((offer) => offer !== run)
        offers.set(id, rest)
      }
    },
    run: (id) => {
      const newest = offers.get(id)?.at(-1)
      newest?.current()
      return newest !== undefined
    },
    offered: () => actionIds.filter((id) => (offers.get(id)?.length ?? 0) > 0),
  }
}

type TextField = HTMLInputElement | HTMLTextAreaElement

function isTextField(target: EventTarget | null): target is TextField {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
}

/** Watches what is typed and not recorded yet; Enter and leaving a field end the typing. */
function watchTyping(page: Window): { isTyping: (target: EventTarget | null) => boolean; stop: () => void } {
  let typed: { readonly field: TextField; readonly before: string } | null = null
  let before = ''
  const listeners = {
    focusin: ({ target }: Event): void => void (before = isTextField(target) ? target.value : ''),
    focusout: (): void => void (typed = null),
    input: ({ target }: Event): void => {
      if (isTextField(target) && typed?.field !== target) typed = { field: target, before }
    },
    keydown: (event: Event): void => {
      if (!(event instanceof KeyboardEvent) || !isTextField(event.target)) return
      if (event.key === 'Enter') typed = null
      // What stands there as a key goes down is what the typing began with: a field that was sent has been emptied since.
      if (typed === null) before = event.target.value
    },
  }
  for (const [name, listen] of Object.entries(listeners)) page.addEventListener(name, listen, true)
  return {
    isTyping: (target) => isTextField(target) && typed?.field === target && target.value !== typed.before,
    stop: () => {
      for (const [name, listen] of Object.entries(listeners)) page.removeEventListener(name, listen, true)
    },
  }
}

/**
 * Listens for the keys of the table. A key of the table never reaches the browser, offered or not (F5 must not reload
 * the page); Ctrl+Z stays with a text that was typed and not recorded yet.
 */
export function listenForKeys(page: Window, actions: Actions): () => void {
  const bindings: Record<string, (event: KeyboardEvent) => void> = {}
  const typing = watchTyping(page)
  for (const id of actionIds) {
    const { keys, scope } = keymap[id]
    if (scope !== 'everywhere' && scope !== 'desk') continue
    bindings[keys] = (event) => {
      if (id === 'undo' && typing.isTyping(event.target)) return
      event.preventDefault()
      event.stopPropagation()
      if (!event.repeat || id === 'nextAlarm') actions.run(id)
    }
  }
  const stop = tinykeys(page, bindings, { capture: true, ignore: (event) => event.isComposing })
  return () => {
    stop()
    typing.stop()
  }
}

const ActionsContext = createContext<Actions | null>(null)

/** Gives the actions to all components below and listens on the window. */
export function ActionsProvider({ actions, children }: { actions: Actions; children: ReactNode }): ReactNode {
  useEffect(() => listenForKeys(window, actions), [actions])
  return <ActionsContext value={actions}>{children}</ActionsContext>
}

/** Offers an action while the component is mounted; null takes it back. */
export function useAction(id: ActionId, run: Run | null): void {
  const actions = use(ActionsContext)
  const offer = useRef<Run>(() => undefined)
  const isOffered = run !== null
  useEffect(() => {
    if (run !== null) offer.current = run
  })
  useEffect(() => (isOffered ? actions?.offer(id, offer) : undefined), [actions, id, isOffered])
}

/** The actions of this window, to be listed and run by name. */
export function useActions(): Actions {
  const actions = use(ActionsContext)
  if (actions === null) throw new Error('no actions around this component')
  return actions
}

/** True when a key press is the key of an action of a list. */
export function isKeyOf(id: ActionId, event: ReactKeyboardEvent): boolean {
  const [press] = parseKeybinding(keymap[id].keys)
  return press !== undefined && matchKeybindingPress(event.nativeEvent, press)
}
