// The sounds of the desk, made here and not fetched: the ring of a call and the alarm of a relay.

type Beep = { readonly hertz: number; readonly ms: number; readonly everyMs: number }
const ring: Beep = { hertz: 440, ms: 1000, everyMs: 3000 }
const alarm: Beep = { hertz: 880, ms: 250, everyMs: 4000 }

let context: AudioContext | null = null

/** Null where the computer has no sound at all; the screen says the same without it. */
function audio(): AudioContext | null {
  if (typeof AudioContext === 'undefined') return null
  context ??= new AudioContext()
  return context
}

function beep({ hertz, ms }: Beep): void {
  const sound = audio()
  if (sound === null) return
  const tone = sound.createOscillator()
  const volume = sound.createGain()
  const end = sound.currentTime + ms / 1000
  tone.frequency.value = hertz
  volume.gain.setValueAtTime(0.15, sound.currentTime)
  volume.gain.setValueAtTime(0.15, end - 0.02)
  volume.gain.linearRampToValueAtTime(0, end)
  tone.connect(volume).connect(sound.destination)
  tone.start()
  tone.stop(end)
}

function repeat(kind: Beep): () => void {
  beep(kind)
  const timer = setInterval(() => beep(kind), kind.everyMs)
  return () => clearInterval(timer)
}

/** Rings until stopped. */
export function startRinging(): () => void {
  return repeat(ring)
}

/** Sounds the alarm until stopped. */
export function startAlarm(): () => void {
  return repeat(alarm)
}
