// The sounds of the desk as numbers: when which pulse sounds and of which overtones it is made. Plays nothing.

/** A part of a pulse: a multiple of its base frequency and its share of the loudness. */
export type Overtone = { readonly times: number; readonly level: number }
export type Pulse = { readonly atMs: number; readonly ms: number; readonly hertz: number }
export type Tone = {
  readonly pulses: readonly Pulse[]
  readonly overtones: readonly Overtone[]
  /** How long a pulse takes to become loud and to fall silent again (ms); without it every pulse begins with a click. */
  readonly rampMs: number
  readonly lengthMs: number
}

/** Loudness of one tone at full volume. Ring and alarm together stay within what a loudspeaker can do: no clipping. */
export const toneLevel = 0.5

/** A trill of two near tones, as telephones have rung for a century: 1 s, then quiet. */
export const ringTone: Tone = {
  pulses: Array.from({ length: 16 }, (_, index) => ({
    atMs: index * 62,
    ms: 62,
    hertz: index % 2 === 0 ? 400 : 500,
  })),
  overtones: [
    { times: 1, level: 0.5 },
    { times: 2, level: 0.3 },
    { times: 3, level: 0.2 },
  ],
  rampMs: 6,
  lengthMs: 992,
}
/** From the start of one ring to the start of the next (ms). */
export const ringEveryMs = 3000

const five = [0, 250, 500, 1000, 1250]
/**
 * The pattern of a high-priority alarm as IEC 60601-1-8 has it: ten pulses in two groups of three and two, a base of 150 to
 * 1000 Hz and four overtones between 300 and 4000 Hz, none more than 15 dB from the base. Nothing in a ring sounds like it, and
 * a pattern with many overtones is found by ear and heard over noise (ISO 7731 asks for the same).
 */
export const alarmTone: Tone = {
  pulses: [...five, ...five.map((atMs) => atMs + 2000)].map((atMs) => ({ atMs, ms: 150, hertz: 660 })),
  overtones: [
    { times: 1, level: 0.32 },
    { times: 2, level: 0.2 },
    { times: 3, level: 0.18 },
    { times: 4, level: 0.16 },
    { times: 5, level: 0.14 },
  ],
  rampMs: 20,
  lengthMs: 3400,
}
/** Quiet between two patterns of one round of an alarm, and how many patterns a round has. */
export const alarmGapMs = 2600
export const alarmPatterns = 3

/** What "test the sound" plays: one ring, then the first half of the alarm. */
export const testTones: readonly { readonly tone: Tone; readonly afterMs: number }[] = [
  { tone: ringTone, afterMs: 0 },
  { tone: { ...alarmTone, pulses: alarmTone.pulses.slice(0, 5), lengthMs: 1400 }, afterMs: 1300 },
]
