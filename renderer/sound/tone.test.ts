// The tones as numbers: loud enough to be found, never so loud that they clip, and never to be taken for each other.
import { describe, expect, it } from 'vitest'
import { alarmTone, ringTone, testTones, toneLevel, type Tone } from './tone.ts'

const end = ({ pulses }: Tone): number => Math.max(...pulses.map(({ atMs, ms }) => atMs + ms))

describe.each([
  ['ring', ringTone],
  ['alarm', alarmTone],
])('the %s', (_name, tone) => {
  it('cannot clip: overtones in step add up to full level, and ring and alarm together fit', () => {
    const peak = tone.overtones.reduce((sum, { level }) => sum + level, 0)
    expect(peak).toBeCloseTo(1, 9)
    expect(2 * toneLevel * peak).toBeLessThanOrEqual(1 + 1e-9)
  })

  it('has pulses one after the other, each rising and falling within itself, and none after its end', () => {
    for (const [index, pulse] of tone.pulses.entries()) {
      expect(pulse.ms).toBeGreaterThan(2 * tone.rampMs)
      const next = tone.pulses[index + 1]
      if (next !== undefined) expect(next.atMs).toBeGreaterThanOrEqual(pulse.atMs + pulse.ms)
    }
    expect(end(tone)).toBeLessThanOrEqual(tone.lengthMs)
  })
})

describe('the alarm', () => {
  it('follows the pattern of a high-priority alarm', () => {
    const { pulses, overtones, rampMs } = alarmTone
    expect(pulses).toHaveLength(10)
    const gaps = pulses.slice(1).map(({ atMs }, index) => atMs - (pulses[index]?.atMs ?? 0) - 150)
    // x, x, 2x + pulse, x, the pause between the two groups, and the same again.
    expect(gaps).toEqual([100, 100, 350, 100, 600, 100, 100, 350, 100])
    expect(rampMs / 150).toBeGreaterThanOrEqual(0.1)
    expect(rampMs / 150).toBeLessThanOrEqual(0.4)
    const heard = overtones.filter(({ times }) => 660 * times >= 300 && 660 * times <= 4000)
    expect(heard.length).toBeGreaterThanOrEqual(4)
    const base = overtones[0]?.level ?? 0
    for (const { level } of overtones) expect(Math.abs(20 * Math.log10(level / base))).toBeLessThanOrEqual(15)
  })

  it('has frequencies and a rhythm that the ring has not', () => {
    const parts = ({ pulses, overtones }: Tone): number[] =>
      pulses.flatMap(({ hertz }) => overtones.map(({ times }) => hertz * times))
    const apart = parts(alarmTone).flatMap((hertz) => parts(ringTone).map((other) => Math.abs(hertz - other)))
    expect(Math.min(...apart)).toBeGreaterThan(100)
    expect(alarmTone.pulses[1]?.atMs).not.toBe(ringTone.pulses[1]?.atMs)
  })
})

describe('the test of the sound', () => {
  it('lets both be heard, one after the other', () => {
    expect(testTones.map(({ tone }) => tone.pulses[0]?.hertz)).toEqual([400, 660])
    expect(testTones[1]?.afterMs).toBeGreaterThan(end(ringTone))
  })
})
