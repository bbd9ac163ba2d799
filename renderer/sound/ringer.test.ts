// What sounds when, and how loud, on recording loudspeakers and a clock that is turned by hand.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { HeardAlarm } from './alarm-rounds.ts'
import { Ringer, type Heard } from './ringer.ts'
import { leastVolume, muteMs } from './sound-settings.ts'
import { testAudio } from './test-audio.ts'
import { alarmPatterns, alarmTone, ringTone } from './tone.ts'

const minute = 60_000
beforeEach(() => {
  vi.useFakeTimers({ now: 1_800_000_000_000 })
  localStorage.clear()
})
afterEach(() => vi.useRealTimers())

function ringerWith(audio = testAudio()) {
  const ringer = new Ringer({ audio, kept: localStorage, now: Date.now })
  const quiet: Heard = { rings: false, alarms: [], isTalking: false, operator: 'siti' }
  const hear = (now: Partial<Heard> = {}): void => ringer.hear({ ...quiet, ...now })
  const count = (tone: unknown): number => audio.played.filter((one) => one.tone === tone).length
  return { audio, ringer, hear, count, state: () => ringer.state.get() }
}
const alarm = (round: number, relay = 'r1'): HeardAlarm => ({ relay, round, limitMs: minute })

describe('the ring', () => {
  it('sounds at once and every three seconds, and stops at once', () => {
    const { audio, hear, count } = ringerWith()
    hear({ rings: true })
    expect(count(ringTone)).toBe(1)
    vi.advanceTimersByTime(9_500)
    expect(count(ringTone)).toBe(4)
    // Being told the same again begins nothing anew.
    hear({ rings: true })
    expect(count(ringTone)).toBe(4)
    hear()
    expect(audio.played.at(-1)?.stopped).toBe(true)
    vi.advanceTimersByTime(minute)
    expect(count(ringTone)).toBe(4)
  })

  it('goes on beside an alarm, which is another tone', () => {
    const { hear, count } = ringerWith()
    hear({ rings: true, alarms: [alarm(1)] })
    expect([count(ringTone), count(alarmTone)]).toEqual([1, 1])
  })
})

describe('the alarm', () => {
  it('plays its patterns at each round that core tells, and is quiet between', () => {
    const { hear, count } = ringerWith()
    hear({ alarms: [alarm(1)] })
    vi.advanceTimersByTime(30_000)
    expect(count(alarmTone)).toBe(alarmPatterns)
    hear({ alarms: [alarm(1)] })
    vi.advanceTimersByTime(30_000)
    expect(count(alarmTone)).toBe(alarmPatterns)
    hear({ alarms: [alarm(2)] })
    vi.advanceTimersByTime(30_000)
    expect(count(alarmTone)).toBe(2 * alarmPatterns)
  })

  it('sounds for each new one, and once when several fall due together', () => {
    const { hear, count } = ringerWith()
    hear({ alarms: [alarm(1), alarm(1, 'r2')] })
    vi.advanceTimersByTime(30_000)
    expect(count(alarmTone)).toBe(alarmPatterns)
    hear({ alarms: [alarm(1), alarm(1, 'r2'), alarm(1, 'r3')] })
    vi.advanceTimersByTime(30_000)
    expect(count(alarmTone)).toBe(2 * alarmPatterns)
  })

  it('is silent at once when somebody deals with it, and stays so', () => {
    const { audio, hear, count } = ringerWith()
    hear({ alarms: [alarm(1)] })
    vi.advanceTimersByTime(1_000)
    hear()
    expect(audio.played.at(-1)?.stopped).toBe(true)
    vi.advanceTimersByTime(10 * minute)
    expect(count(alarmTone)).toBe(1)
  })

  it('rings by itself each minute while core says nothing more, because it restarts', () => {
    const { hear, count } = ringerWith()
    hear({ alarms: [alarm(1)] })
    vi.advanceTimersByTime(3 * (minute + 3_000) + 30_000)
    expect(count(alarmTone)).toBe(4 * alarmPatterns)
  })
})

describe('the volume', () => {
  it('has a floor, also for what was kept', () => {
    const { ringer, audio, state } = ringerWith()
    ringer.setVolume(0)
    expect(state().volume).toBe(leastVolume)
    expect(audio.level()).toBe(leastVolume)
    ringer.setVolume(Number.NaN)
    expect(state().volume).toBeGreaterThanOrEqual(leastVolume)
    for (const kept of ['{"device":"","deviceName":"","volume":0,"mute":null}', '{"volume":"x"', 'null']) {
      localStorage.setItem('meja.sound', kept)
      expect(ringerWith().audio.level()).toBeGreaterThanOrEqual(leastVolume)
    }
  })

  it('is less while the operator speaks, and never nothing', () => {
    const { hear, audio, ringer } = ringerWith()
    ringer.setVolume(leastVolume)
    hear({ rings: true, isTalking: true })
    expect(audio.level()).toBeGreaterThan(0)
    expect(audio.level()).toBeLessThan(leastVolume)
    hear({ rings: true })
    expect(audio.level()).toBe(leastVolume)
  })

  it('is kept for the next start', () => {
    ringerWith().ringer.setVolume(0.55)
    expect(ringerWith().state().volume).toBe(0.55)
  })
})

describe('a mute', () => {
  it('needs a reason, is told with its end, and ends by itself', () => {
    const { ringer, audio, state } = ringerWith()
    ringer.mute('  ')
    expect(state().mute).toBeNull()
    ringer.mute('tamu di ruangan')
    expect(state().mute).toEqual({ until: Date.now() + muteMs, reason: 'tamu di ruangan' })
    expect(audio.level()).toBe(0)
    vi.advanceTimersByTime(muteMs - 1)
    expect(audio.level()).toBe(0)
    vi.advanceTimersByTime(1)
    expect(state().mute).toBeNull()
    expect(audio.level()).toBeGreaterThan(0)
  })

  it('outlasts a reload and no longer, whatever the clock does', () => {
    ringerWith().ringer.mute('rapat')
    vi.advanceTimersByTime(minute)
    expect(ringerWith().audio.level()).toBe(0)
    vi.setSystemTime(Date.now() - 60 * minute)
    expect(ringerWith().audio.level()).toBeGreaterThan(0)
  })

  it('ends with the person who muted, and by a test', () => {
    const { ringer, hear, audio } = ringerWith()
    hear()
    ringer.mute('rapat')
    hear({ operator: undefined })
    expect(audio.level()).toBe(0)
    hear({ operator: null })
    expect(audio.level()).toBeGreaterThan(0)
    ringer.mute('rapat')
    ringer.test()
    expect(audio.level()).toBeGreaterThan(0)
  })
})

describe('the device', () => {
  const headset = { id: 'h1', name: 'Headset Jabra' }
  const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(1)

  it('that was chosen sounds, falls back to the default when it is unplugged, and comes back', async () => {
    const { audio, ringer, state } = ringerWith()
    audio.plug([headset])
    await settle()
    ringer.setDevice(headset)
    await settle()
    expect([audio.device(), state().isLost]).toEqual(['h1', false])
    audio.plug([])
    await settle()
    expect([audio.device(), state().isLost, state().device.name]).toEqual(['', true, 'Headset Jabra'])
    // Another id for the same words: the engine named it anew.
    audio.plug([{ id: 'h2', name: 'Headset Jabra' }])
    await settle()
    expect([audio.device(), state().isLost]).toEqual(['h2', false])
  })

  it('that is gone at the next start is told then', async () => {
    const first = ringerWith()
    first.audio.plug([headset])
    first.ringer.setDevice(headset)
    await settle()
    const { audio, state } = ringerWith()
    await settle()
    expect([audio.device(), state().isLost]).toEqual(['', true])
  })

  it('that stands still or is held back is told', async () => {
    const { audio, state } = ringerWith()
    for (const output of ['failed', 'blocked', 'running'] as const) {
      audio.become(output)
      await settle()
      expect(state().output).toBe(output)
    }
  })
})

describe('a test', () => {
  it('plays both sounds once and ends; pressed again it stops', () => {
    const { audio, ringer, state } = ringerWith()
    ringer.test()
    expect(state().isTesting).toBe(true)
    vi.advanceTimersByTime(5_000)
    expect(audio.played.map(({ tone }) => tone.pulses[0]?.hertz)).toEqual([400, 660])
    expect(state().isTesting).toBe(false)
    ringer.test()
    vi.advanceTimersByTime(100)
    ringer.test()
    expect(audio.played.at(-1)?.stopped).toBe(true)
    vi.advanceTimersByTime(5_000)
    expect(audio.played).toHaveLength(3)
  })
})
