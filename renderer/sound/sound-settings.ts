// What is set for the sounds of this computer. Kept beside the page, not in core: a ring must be heard as it was set while core restarts.
import { z } from 'zod'

/** Emergency sounds cannot be set lower than this share of full volume. */
export const leastVolume = 0.3
/** A mute ends by itself after this (ms). */
export const muteMs = 10 * 60_000

const kept = z.object({
  /** Empty = the computer's default. */
  device: z.string().max(200),
  /** Its name, to be told when it is gone, and to find it again under another id. */
  deviceName: z.string().max(200),
  volume: z.number().min(leastVolume).max(1),
  mute: z.object({ until: z.number(), reason: z.string().min(1).max(120) }).nullable(),
})
export type SoundSettings = z.output<typeof kept>

const key = 'meja.sound'
const usual: SoundSettings = { device: '', deviceName: '', volume: 0.8, mute: null }

/** The settings of this computer; what cannot be read, or would be too quiet, is as on the first day. */
export function readSettings(storage: Pick<Storage, 'getItem'>): SoundSettings {
  try {
    return kept.parse(JSON.parse(storage.getItem(key) ?? ''))
  } catch {
    return usual
  }
}

export function keepSettings(storage: Pick<Storage, 'setItem'>, settings: SoundSettings): void {
  storage.setItem(key, JSON.stringify(settings))
}

/** A volume that may be set. */
export function withinVolume(volume: number): number {
  return Number.isFinite(volume) ? Math.min(1, Math.max(leastVolume, volume)) : usual.volume
}

/** Share of full volume while somebody speaks into the microphone: quieter, never silent. */
const whileTalking = 0.4

/** How loud everything is now, 0 to 1; 0 only while it is muted. */
export function levelOf(settings: SoundSettings, isTalking: boolean): number {
  if (settings.mute !== null) return 0
  return isTalking ? settings.volume * whileTalking : settings.volume
}

/** The mute that still holds at `now` (UTC ms): a clock that was set back must not make it longer. */
export function muteAt({ mute }: SoundSettings, now: number): SoundSettings['mute'] {
  return mute === null || now >= mute.until || mute.until - now > muteMs ? null : mute
}
