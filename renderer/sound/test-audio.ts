// Loudspeakers for tests: they record what is played and can be unplugged. Not part of the program.
import type { Audio, AudioState, Device } from './audio.ts'
import type { Tone } from './tone.ts'

export type TestAudio = Audio & {
  /** What was played, in order; `stopped` when it was stopped before its end. */
  readonly played: { readonly tone: Tone; stopped: boolean }[]
  readonly level: () => number
  /** Where it sounds; empty = the default device. */
  readonly device: () => string
  readonly plug: (devices: readonly Device[]) => void
  readonly become: (state: AudioState) => void
}

export function testAudio(): TestAudio {
  const played: TestAudio['played'] = []
  const listeners = new Set<() => void>()
  let [level, device, state] = [1, '', 'running' as AudioState]
  let devices: readonly Device[] = []
  const tell = (): void => listeners.forEach((listener) => listener())
  return {
    played,
    level: () => level,
    device: () => device,
    state: () => state,
    devices: () => Promise.resolve(devices),
    setDevice: (id) => {
      const isThere = id === '' || devices.some((one) => one.id === id)
      if (isThere) device = id
      return Promise.resolve(isThere)
    },
    setLevel: (next) => (level = next),
    play: (tone) => {
      const one = { tone, stopped: false }
      played.push(one)
      return () => (one.stopped = true)
    },
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    plug: (next) => {
      devices = next
      if (!devices.some(({ id }) => id === device)) device = ''
      tell()
    },
    become: (next) => {
      state = next
      tell()
    },
  }
}
