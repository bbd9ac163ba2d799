// The loudspeakers through WebAudio: oscillators with an envelope, on the device that was chosen. Decides nothing.
import type { Audio, AudioState, Device } from './audio.ts'
import { toneLevel, type Pulse, type Tone } from './tone.ts'

/** A running context whose time stands still for so long plays nothing (ms). */
const watchMs = 2000
/** Stopping fades for so long, which is heard as at once and does not click (s). */
const stopS = 0.015

/** Without sound in the engine everything still works, and the state says it. */
export function openAudio(): Audio {
  return typeof AudioContext === 'undefined' ? noAudio : new ContextAudio(new AudioContext())
}

const noAudio: Audio = {
  state: () => 'failed',
  devices: () => Promise.resolve([]),
  setDevice: (id) => Promise.resolve(id === ''),
  setLevel: () => undefined,
  play: () => () => undefined,
  onChange: () => () => undefined,
}

/** A context that can play elsewhere than on the default device; the page's type library does not know it yet. */
type SinkContext = AudioContext & { setSinkId?: (id: string) => Promise<void> }

class ContextAudio implements Audio {
  readonly #context: SinkContext
  readonly #master: GainNode
  readonly #listeners = new Set<() => void>()
  #heardTime = -1
  #isStanding = false

  constructor(context: SinkContext) {
    this.#context = context
    this.#master = context.createGain()
    this.#master.connect(context.destination)
    context.addEventListener('statechange', this.#changed)
    // Absent where the page is not trusted with devices.
    const media = (navigator as Partial<Navigator>).mediaDevices
    media?.addEventListener('devicechange', this.#changed)
    setInterval(this.#watch, watchMs)
  }

  readonly state = (): AudioState => {
    if (this.#isStanding || this.#context.state === 'closed') return 'failed'
    return this.#context.state === 'running' ? 'running' : 'blocked'
  }

  readonly devices = async (): Promise<Device[]> => {
    const all = await navigator.mediaDevices.enumerateDevices().catch(() => [])
    return all
      .filter(({ kind, deviceId }) => kind === 'audiooutput' && !['', 'default', 'communications'].includes(deviceId))
      .map(({ deviceId, label }) => ({ id: deviceId, name: label }))
  }

  readonly setDevice = async (id: string): Promise<boolean> => {
    try {
      await this.#context.setSinkId?.(id)
      return id === '' || this.#context.setSinkId !== undefined
    } catch {
      return false
    }
  }

  readonly setLevel = (level: number): void => {
    this.#master.gain.setTargetAtTime(level, this.#context.currentTime, 0.02)
  }

  readonly play = (tone: Tone): (() => void) => {
    const { currentTime } = this.#context
    const voice = this.#context.createGain()
    voice.connect(this.#master)
    const sources = tone.pulses.flatMap((pulse) => this.#pulse(tone, pulse, voice))
    return () => {
      const now = this.#context.currentTime
      if (now > currentTime + tone.lengthMs / 1000) return
      voice.gain.setTargetAtTime(0, now, stopS / 5)
      for (const source of sources) source.stop(now + stopS)
    }
  }

  readonly onChange = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #pulse({ overtones, rampMs }: Tone, { atMs, ms, hertz }: Pulse, voice: AudioNode): OscillatorNode[] {
    const context = this.#context
    const start = context.currentTime + atMs / 1000
    const [ramp, end] = [rampMs / 1000, start + ms / 1000]
    const envelope = context.createGain()
    envelope.gain.setValueAtTime(0, start)
    envelope.gain.linearRampToValueAtTime(toneLevel, start + ramp)
    envelope.gain.setValueAtTime(toneLevel, end - ramp)
    envelope.gain.linearRampToValueAtTime(0, end)
    envelope.connect(voice)
    return overtones.map(({ times, level }) => {
      const source = context.createOscillator()
      const share = context.createGain()
      source.frequency.value = hertz * times
      share.gain.value = level
      source.connect(share).connect(envelope)
      source.start(start)
      source.stop(end)
      return source
    })
  }

  readonly #changed = (): void => {
    for (const listener of this.#listeners) listener()
  }

  /** A blocked context is woken as soon as it may; one that says it runs must get on. */
  readonly #watch = (): void => {
    const context = this.#context
    if (context.state !== 'running' && context.state !== 'closed') void context.resume().catch(() => undefined)
    const isStanding = context.state === 'running' && context.currentTime === this.#heardTime
    this.#heardTime = context.currentTime
    if (isStanding === this.#isStanding) return
    this.#isStanding = isStanding
    this.#changed()
  }
}
