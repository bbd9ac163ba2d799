// Sends an operator's wishes to the exchange and pairs them with its replies. Decides nothing about calls.
import type { MqttClient } from 'mqtt'
import { z } from 'zod'
import type { CallCommand, CallReply, Capability } from '#contract/call-source.ts'
import { newId } from '#domain/id.ts'

const text = z.string().max(256)
const replySchema = z.object({ id: text, ok: z.boolean(), reason: text.nullish() })

/** What the bridge must be able to do for a command. */
export const neededCapability: Readonly<Record<CallCommand['op'], Capability>> = {
  answer: 'answer',
  hangup: 'hangup',
  hold: 'hold',
  resume: 'hold',
  mute: 'mute',
  unmute: 'mute',
  dial: 'dial',
  transfer: 'transfer',
}

/** The keys of a command as the bridge reads them (wire format 1, section 5). */
function documentOf(command: CallCommand): Readonly<Record<string, string>> {
  if (command.op === 'dial') return { op: 'dial', number: command.number }
  const steered = { op: command.op, call: command.bridgeCall }
  return command.op === 'transfer' ? { ...steered, to: command.to } : steered
}

export class BridgeCommands {
  readonly #topic: string
  readonly #replyMs: number
  readonly #waiting = new Map<string, (reply: CallReply) => void>()

  /** `topic` is this desk's command topic, `replyMs` how long a command waits for its reply. */
  constructor(topic: string, replyMs: number) {
    this.#topic = topic
    this.#replyMs = replyMs
  }

  /** Sends a command over a connected client. Resolves with the reply; never rejects. */
  send(client: MqttClient, command: CallCommand): Promise<CallReply> {
    const id = newId<string>()
    const document = { id, ...documentOf(command) }
    return new Promise((resolve) => {
      client.publish(this.#topic, JSON.stringify(document), { qos: 1 })
      const messageId = client.getLastMessageId()
      const timer = setTimeout(() => this.#answer(id, { ok: false, reason: 'no-reply' }), this.#replyMs)
      this.#waiting.set(id, (reply) => {
        clearTimeout(timer)
        // An unanswered command must not reach the exchange minutes later, after a reconnection.
        client.removeOutgoingMessage(messageId)
        resolve(reply)
      })
    })
  }

  /** Takes in a parsed reply; false when it is none. A reply nobody waits for is fine: it came too late. */
  takeReply(plain: unknown): boolean {
    const parsed = replySchema.safeParse(plain)
    if (!parsed.success) return false
    const { id, ok, reason } = parsed.data
    const detail = reason === null || reason === undefined ? {} : { detail: reason }
    this.#answer(id, ok ? { ok: true } : { ok: false, reason: 'refused', ...detail })
    return true
  }

  /** The connection is gone: whatever waits will not be answered. */
  dropAll(): void {
    for (const id of this.#waiting.keys()) this.#answer(id, { ok: false, reason: 'offline' })
  }

  #answer(id: string, reply: CallReply): void {
    const answer = this.#waiting.get(id)
    this.#waiting.delete(id)
    answer?.(reply)
  }
}
