// Short messages about what just happened or was refused. Alarms are not messages: they stay until dealt with.
import { createContext, use, useCallback, useEffect, useSyncExternalStore, type ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import { IconAlertTriangle, IconCheck, IconX } from './icons.ts'
import { isFault, type Fault } from '#domain/fault.ts'
import { createStore, type WritableStore } from '../link/store.ts'
import { useText, type TextKey, type TextValues } from '../text/text.ts'
import { useAction } from './actions.tsx'
import { KeyCap } from './key-cap.tsx'

export type Message = { readonly tone: 'done' | 'refused'; readonly key: TextKey; readonly values?: TextValues }
/** What went well needs no answer; what was refused stays until it is put away. */
const doneMs = 8000

type Messages = WritableStore<Message | null>
const MessagesContext = createContext<Messages>(createStore<Message | null>(null))
export const MessagesProvider = MessagesContext

/** A place for the last message of a window. */
export function createMessages(): Messages {
  return createStore<Message | null>(null)
}

/** Tells the operator something; a newer message replaces it. */
export function useSay(): (message: Message) => void {
  const messages = use(MessagesContext)
  return useCallback((message) => messages.set(message), [messages])
}

/** Waits for a reply and says a refusal in words. Resolves true when it was no refusal. */
export function useTell(): (reply: Promise<unknown>) => Promise<boolean> {
  const say = useSay()
  return useCallback(
    async (reply) => {
      const value = await reply
      if (isFault(value)) say({ tone: 'refused', key: `fault.${value.fault}` })
      return !isFault(value)
    },
    [say],
  )
}

/** The words of a refusal. */
export function useFaultText(): (fault: Fault) => string {
  const t = useText()
  return useCallback((fault) => t(fault.detail === 'too_big' ? 'fault.tooLong' : `fault.${fault.fault}`), [t])
}

/** The last message; stays until the next one or until it is put away. */
export function MessageLine(): ReactNode {
  const t = useText()
  const messages = use(MessagesContext)
  const message = useSyncExternalStore(messages.subscribe, messages.get)
  const close = (): void => messages.set(null)
  useAction('closeMessage', message === null ? null : close)
  useEffect(() => {
    if (message?.tone !== 'done') return
    const timer = setTimeout(() => messages.set(null), doneMs)
    return () => clearTimeout(timer)
  }, [message, messages])
  const Icon = message?.tone === 'refused' ? IconAlertTriangle : IconCheck
  return (
    <div className="message-line" role="status">
      {message !== null && (
        <div className={`message ${message.tone}`}>
          <Icon className="i" aria-hidden />
          <span className="cut">{t(message.key, message.values)}</span>
          <Button className="btn small" onPress={close}>
            <IconX className="i" aria-hidden /> <span className="sr">{t('message.close')}</span>{' '}
            <KeyCap action="closeMessage" />
          </Button>
        </div>
      )}
    </div>
  )
}
