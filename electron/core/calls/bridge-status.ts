// Reads the status document of an exchange bridge (wire format 1, section 5). Keeps nothing.
import { z } from 'zod'
import { capabilities, type Capability, type SourceHealth } from '#contract/call-source.ts'

const count = z.number().int().min(0)
const statusSchema = z.object({
  online: z.boolean(),
  capabilities: z.array(z.string().max(256)).max(32).default([]),
  queue: z.object({ waiting: count, longestSince: count.nullish() }).nullish(),
})

export type BridgeStatus = {
  readonly isOnline: boolean
  readonly capabilities: readonly Capability[]
  readonly queue: SourceHealth['queue']
}

/** Nothing is known of the exchange, or it said that it is gone. */
export const offlineStatus: BridgeStatus = {
  isOnline: false,
  capabilities: [],
  queue: { waiting: 0, longestSince: null },
}

/** The status in a parsed document, or null. Capabilities we do not know are left out. */
export function readStatus(plain: unknown): BridgeStatus | null {
  const parsed = statusSchema.safeParse(plain)
  if (!parsed.success) return null
  const { online, capabilities: told, queue } = parsed.data
  if (!online) return offlineStatus
  return {
    isOnline: true,
    capabilities: capabilities.filter((capability) => told.includes(capability)),
    queue: { waiting: queue?.waiting ?? 0, longestSince: queue?.longestSince ?? null },
  }
}
