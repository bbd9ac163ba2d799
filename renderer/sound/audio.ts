// The seam between what should sound and the computer's loudspeakers. Tests put a recording double here.
import type { Tone } from './tone.ts'

/** running: what is played is heard; blocked: the engine holds the sound back; failed: there is no sound or it stands still. */
export type AudioState = 'running' | 'blocked' | 'failed'
export type Device = { readonly id: string; readonly name: string }

export type Audio = {
  readonly state: () => AudioState
  /** The loudspeakers and headsets of this computer, without its default. */
  readonly devices: () => Promise<readonly Device[]>
  /** Plays on a device, empty = the default; false when it cannot be used, then nothing changes. */
  readonly setDevice: (id: string) => Promise<boolean>
  /** Loudness of everything, 0 to 1. */
  readonly setLevel: (level: number) => void
  /** Plays a tone once; gives how to stop it at once. */
  readonly play: (tone: Tone) => () => void
  /** Tells of a changed state, and of a device that came or went. */
  readonly onChange: (listener: () => void) => () => void
}
