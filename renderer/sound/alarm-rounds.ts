// When the alarm tone is played: at once for an alarm that is new here, and again at each of its rounds.
import type { Audio } from './audio.ts'
import { alarmGapMs, alarmPatterns, alarmTone } from './tone.ts'

export type HeardAlarm = {
  readonly relay: string
  /** How often it has fallen due, as core counts it. */
  readonly round: number
  readonly limitMs: number
}

/** Core tells each round; when it is late by more than this, because it restarts, the page rings by itself (ms). */
const lateMs = 3000

export class AlarmRounds {
  readonly #audio: Pick<Audio, 'play'>
  readonly #played = new Map<string, number>()
  #patternsLeft = 0
  #stopTone: (() => void) | null = null
  #nextPattern: ReturnType<typeof setTimeout> | undefined
  #alone: ReturnType<typeof setTimeout> | undefined

  constructor(audio: Pick<Audio, 'play'>) {
    this.#audio = audio
  }

  /** The alarms that must be heard here now; none = silence at once. */
  hear(alarms: readonly HeardAlarm[]): void {
    const isDue = alarms.some(({ relay, round }) => round > (this.#played.get(relay) ?? 0))
    this.#played.clear()
    for (const { relay, round } of alarms) this.#played.set(relay, round)
    if (alarms.length === 0) return this.#silence()
    if (isDue) this.#begin(Math.min(...alarms.map(({ limitMs }) => limitMs)))
  }

  /** Alarms that fall due together are one sound; one that falls due meanwhile makes it longer. */
  #begin(limitMs: number): void {
    clearTimeout(this.#alone)
    this.#alone = setTimeout(() => this.#begin(limitMs), limitMs + lateMs)
    const isPlaying = this.#patternsLeft > 0
    this.#patternsLeft = alarmPatterns
    if (!isPlaying) this.#play()
  }

  readonly #play = (): void => {
    this.#stopTone = this.#audio.play(alarmTone)
    this.#nextPattern = setTimeout(() => {
      this.#patternsLeft -= 1
      if (this.#patternsLeft > 0) this.#play()
    }, alarmTone.lengthMs + alarmGapMs)
  }

  #silence(): void {
    clearTimeout(this.#alone)
    clearTimeout(this.#nextPattern)
    this.#patternsLeft = 0
    this.#stopTone?.()
    this.#stopTone = null
  }
}
