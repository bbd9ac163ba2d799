// Decides what sounds and how loud: the ring, the rounds of an alarm, a test; the mute and the device. Time and loudspeakers are given to it.
import { createStore, type WritableStore } from '../link/store.ts'
import { AlarmRounds, type HeardAlarm } from './alarm-rounds.ts'
import type { Audio, AudioState, Device } from './audio.ts'
import {
  keepSettings,
  levelOf,
  muteAt,
  muteMs,
  readSettings,
  withinVolume,
  type SoundSettings,
} from './sound-settings.ts'
import { ringEveryMs, ringTone, testTones } from './tone.ts'

/** What the desk shows now, and so what must be heard. */
export type Heard = {
  readonly rings: boolean
  /** Alarms that are heard at this desk. */
  readonly alarms: readonly HeardAlarm[]
  /** True while the operator speaks with somebody. */
  readonly isTalking: boolean
  /** Who is signed in; undefined while that is not known. */
  readonly operator: string | null | undefined
}

export type RingerState = {
  readonly output: AudioState
  readonly devices: readonly Device[]
  /** The chosen device; an empty id is the default. */
  readonly device: Device
  /** The chosen device is not there: the default sounds instead. */
  readonly isLost: boolean
  readonly volume: number
  readonly mute: SoundSettings['mute']
  readonly isTesting: boolean
}

type Kept = Pick<Storage, 'getItem' | 'setItem'>
export type RingerFacts = { readonly audio: Audio; readonly kept: Kept; readonly now: () => number }

export class Ringer {
  readonly state: WritableStore<RingerState>
  readonly #facts: RingerFacts
  readonly #rounds: AlarmRounds
  #settings: SoundSettings
  #isTalking = false
  #operator: string | null | undefined
  #stopRing: (() => void) | null = null
  #stopTest: (() => void) | null = null
  #muteEnd: ReturnType<typeof setTimeout> | undefined
  #looking = 0

  constructor(facts: RingerFacts) {
    this.#facts = facts
    this.#rounds = new AlarmRounds(facts.audio)
    this.#settings = readSettings(facts.kept)
    const { device, deviceName, volume, mute } = this.#settings
    this.state = createStore<RingerState>({
      output: facts.audio.state(),
      devices: [],
      device: { id: device, name: deviceName },
      isLost: false,
      volume,
      mute,
      isTesting: false,
    })
    facts.audio.onChange(() => void this.look())
    this.#set({})
    void this.look()
  }

  /** Told of everything that is on the screen, whenever it changes. */
  readonly hear = ({ rings, alarms, isTalking, operator }: Heard): void => {
    this.#isTalking = isTalking
    if (operator !== undefined) {
      // A mute is a person's own: it does not outlast the person at the desk.
      if (this.#operator !== undefined && this.#operator !== operator) this.unmute()
      this.#operator = operator
    }
    this.#apply()
    if (rings && this.#stopRing === null) this.#stopRing = this.#ring()
    if (!rings) {
      this.#stopRing?.()
      this.#stopRing = null
    }
    this.#rounds.hear(alarms)
  }

  readonly setVolume = (volume: number): void => this.#set({ volume: withinVolume(volume) })

  readonly setDevice = (device: Device): void => {
    this.#set({ device: device.id, deviceName: device.name })
    void this.look()
  }

  /** Silences everything for ten minutes at most. */
  readonly mute = (reason: string): void => {
    const words = reason.trim()
    if (words !== '') this.#set({ mute: { until: this.#facts.now() + muteMs, reason: words.slice(0, 120) } })
  }

  readonly unmute = (): void => {
    if (this.#settings.mute !== null) this.#set({ mute: null })
  }

  /** Lets the sounds be heard; who wants to hear them does not want them muted. Again = stop. */
  readonly test = (): void => {
    if (this.#stopTest !== null) return this.#endTest()
    this.unmute()
    const { audio } = this.#facts
    const stops: (() => void)[] = []
    const timers = testTones.map(({ tone, afterMs }) => setTimeout(() => stops.push(audio.play(tone)), afterMs))
    const last = testTones.reduce((end, { tone, afterMs }) => Math.max(end, afterMs + tone.lengthMs), 0)
    timers.push(setTimeout(this.#endTest, last))
    this.#stopTest = () => {
      for (const timer of timers) clearTimeout(timer)
      for (const stop of stops) stop()
    }
    this.#tell({ isTesting: true })
  }

  /** Looks which devices there are, and goes to the chosen one, or to the default while that is gone. */
  readonly look = async (): Promise<void> => {
    const { audio } = this.#facts
    this.#looking += 1
    const turn = this.#looking
    const devices = await audio.devices()
    const { device, deviceName } = this.#settings
    // An engine may name the same device anew; its words stay.
    const found = devices.find(({ id }) => id === device) ?? devices.find(({ name }) => name === deviceName)
    const isThere = device === '' || (found !== undefined && (await audio.setDevice(found.id)))
    if (device === '' || !isThere) await audio.setDevice('')
    if (turn === this.#looking) this.#tell({ devices, isLost: !isThere, output: audio.state() })
  }

  readonly #endTest = (): void => {
    this.#stopTest?.()
    this.#stopTest = null
    this.#tell({ isTesting: false })
  }

  #ring(): () => void {
    const { audio } = this.#facts
    let stop = audio.play(ringTone)
    const timer = setInterval(() => (stop = audio.play(ringTone)), ringEveryMs)
    return () => {
      clearInterval(timer)
      stop()
    }
  }

  #set(change: Partial<SoundSettings>): void {
    this.#settings = { ...this.#settings, ...change }
    this.#apply()
    keepSettings(this.#facts.kept, this.#settings)
  }

  /** Brings loudness and mute to what holds now. */
  #apply(): void {
    const { audio, now } = this.#facts
    const mute = muteAt(this.#settings, now())
    if (mute !== this.#settings.mute) this.#settings = { ...this.#settings, mute }
    clearTimeout(this.#muteEnd)
    if (mute !== null) this.#muteEnd = setTimeout(() => this.#set({}), Math.min(muteMs, mute.until - now()))
    audio.setLevel(levelOf(this.#settings, this.#isTalking))
    const { device, deviceName, volume } = this.#settings
    const before = this.state.get()
    const isSame = before.device.id === device && before.volume === volume && before.mute === mute
    if (!isSame || before.output !== audio.state()) {
      this.#tell({ device: { id: device, name: deviceName }, volume, mute, output: audio.state() })
    }
  }

  #tell(change: Partial<RingerState>): void {
    this.state.set({ ...this.state.get(), ...change })
  }
}
