// Real sound in the running program: before any click, at the frequencies of the tones, on the chosen device, within full level.
import type { Page } from '@playwright/test'
import type { RunningDesk } from '#scripts/launch-desk.ts'
import { alarmTone, ringTone, type Tone } from '../../renderer/sound/tone.ts'
import { expect, signIn, test, untilReady } from './desk.ts'

/** Measured at the way out to the loudspeakers since the last `forget`: highest sample, and dB at the frequencies asked for. */
type Measured = { readonly state: string; readonly sink: string; readonly peak: number; readonly levels: number[] }
type Probe = { read: (hertz: number[]) => Measured; forget: () => void }

/** Runs in the page before its own scripts: every way to the loudspeakers gets a measuring point beside it. */
function installProbe(): void {
  const connect = Reflect.get(AudioNode.prototype, 'connect') as (...args: unknown[]) => unknown
  const measure = (source: AudioNode, context: AudioContext): void => {
    const meter = new AnalyserNode(context, { fftSize: 4096, smoothingTimeConstant: 0 })
    Reflect.apply(connect, source, [meter])
    const wave = new Float32Array(meter.fftSize)
    const bins = new Float32Array(meter.frequencyBinCount)
    const heard = new Float32Array(meter.frequencyBinCount).fill(-200)
    let peak = 0
    setInterval(() => {
      meter.getFloatTimeDomainData(wave)
      for (const sample of wave) peak = Math.max(peak, Math.abs(sample))
      meter.getFloatFrequencyData(bins)
      bins.forEach((level, index) => (heard[index] = Math.max(heard[index] ?? -200, level)))
    }, 20)
    const read = (hertz: number[]): Measured => {
      const bin = (one: number): number => Math.round((one * meter.fftSize) / context.sampleRate)
      const levels = hertz.map((one) => Math.max(...heard.slice(bin(one) - 1, bin(one) + 2)))
      return { state: context.state, sink: String(Reflect.get(context, 'sinkId')), peak, levels }
    }
    const forget = (): void => {
      heard.fill(-200)
      peak = 0
    }
    Object.assign(window, { probe: { read, forget } satisfies Probe })
  }
  AudioNode.prototype.connect = function tapped(this: AudioNode, ...args: unknown[]) {
    const [to] = args
    if (to instanceof AudioDestinationNode) measure(this, to.context as AudioContext)
    return Reflect.apply(connect, this, args)
  } as typeof AudioNode.prototype.connect
}

/** Loads the page anew with the measuring point in it: nobody has touched it since. */
async function listen({ page }: RunningDesk): Promise<void> {
  await page.addInitScript(installProbe)
  await page.reload()
  await expect(page.getByRole('button', { name: /Uji suara/ })).toBeVisible()
}

/** Base frequencies of a tone (Hz), each once. */
const bases = (tone: Tone): number[] => [...new Set(tone.pulses.map(({ hertz }) => hertz))]
const measured = (page: Page, tone: Tone): Promise<Measured> =>
  page.evaluate((hertz) => (window as unknown as { probe: Probe }).probe.read(hertz), bases(tone))
const forget = (page: Page): Promise<void> =>
  page.evaluate(() => (window as unknown as { probe: Probe }).probe.forget())
/** How loud a tone was at its base frequencies: the quietest of them, dB. */
const heard = async (page: Page, tone: Tone): Promise<number> => Math.min(...(await measured(page, tone)).levels)
const audible = -50

/** Lets a simulated caller ring without a key or a click of a person. */
const ring = ({ page }: RunningDesk): Promise<void> =>
  page.getByRole('button', { name: /Deringkan/ }).evaluate((button: HTMLElement) => button.click())

/** Runs in the page: lets a caller ring as soon as that can be asked for, and says on the console what is heard of it untouched. */
function ringUntouched(): void {
  let isRung = false
  const timer = setInterval(() => {
    const button = [...document.querySelectorAll('button')].find(({ textContent }) =>
      textContent?.includes('Deringkan'),
    )
    if (!isRung) button?.click()
    isRung ||= button !== undefined
    const probe = (window as unknown as { probe?: Probe }).probe?.read([])
    if (probe === undefined || probe.peak < 0.1) return
    clearInterval(timer)
    // A click by a program is none of a person: the engine counts only those.
    console.info(`heard ${probe.state}, touched ${String(navigator.userActivation.hasBeenActive)}`)
  }, 50)
}

test('a ring is heard before anybody clicked or typed', async ({ desk }) => {
  const { page } = desk
  await page.addInitScript(installProbe)
  await page.addInitScript(ringUntouched)
  // Nothing is asked of the page meanwhile: the driver's questions count as touching it.
  const heardText = page.waitForEvent('console', { predicate: (message) => message.text().startsWith('heard') })
  await page.reload({ waitUntil: 'commit' })
  expect((await heardText).text()).toBe('heard running, touched false')
})

test('a ring stops at once and is no alarm; beside a conversation the sounds are quieter and never silent', async ({
  desk,
}) => {
  const { page } = desk
  await untilReady(desk)
  await listen(desk)
  await ring(desk)
  await expect.poll(() => heard(page, ringTone)).toBeGreaterThan(audible)
  const { peak } = await measured(page, ringTone)
  expect(peak).toBeGreaterThan(0.1)
  expect(peak).toBeLessThanOrEqual(0.5)
  expect(await heard(page, alarmTone)).toBeLessThan((await heard(page, ringTone)) - 20)

  await signIn(desk)
  await page.keyboard.press('F2')
  await expect(page.getByText('TERHUBUNG')).toBeVisible()
  await page.waitForTimeout(300)
  await forget(page)
  await page.waitForTimeout(3_500)
  expect((await measured(page, ringTone)).peak).toBeLessThan(0.001)

  await page.keyboard.press('Alt+s')
  await expect.poll(() => heard(page, alarmTone)).toBeGreaterThan(audible)
  const talking = await measured(page, alarmTone)
  expect(talking.peak).toBeGreaterThan(0.03)
  expect(talking.peak).toBeLessThan(peak / 1.5)
})

test('the sound goes to the chosen device, and to the default one with a warning when that is gone', async ({
  launch,
}) => {
  const first = await launch({ args: ['--use-fake-device-for-media-stream'] })
  await signIn(first)
  const { page } = first
  await page.keyboard.press('Control+6')
  await page.getByRole('button', { name: /Perangkat dering/ }).click()
  await page.getByRole('option', { name: 'Fake Audio Output 2' }).click()
  await expect(page.getByText('Dering 80% · Fake Audio Output 2').first()).toBeVisible()
  const chosen = await page.evaluate(async () => {
    const devices = await navigator.mediaDevices.enumerateDevices()
    return devices.find(({ label }) => label === 'Fake Audio Output 2')?.deviceId
  })
  await listen(first)
  await expect.poll(async () => (await measured(page, ringTone)).sink).toBe(chosen)
  await page.keyboard.press('Alt+s')
  await expect.poll(() => heard(page, ringTone)).toBeGreaterThan(audible)
  await first.stop()

  const second = await launch()
  await untilReady(second)
  await expect(second.page.getByText(/Fake Audio Output 2 hilang/).first()).toBeVisible()
  await listen(second)
  await second.page.keyboard.press('Alt+s')
  await expect.poll(() => heard(second.page, ringTone)).toBeGreaterThan(audible)
  expect((await measured(second.page, ringTone)).sink).toBe('')
})

test('a ring goes on being heard while core is killed and starts again', async ({ desk }) => {
  const { page } = desk
  await untilReady(desk)
  await listen(desk)
  await ring(desk)
  await expect.poll(() => heard(page, ringTone)).toBeGreaterThan(audible)
  const { core } = await desk.programs()
  process.kill(core ?? 0, 'SIGKILL')
  await forget(page)
  await page.waitForTimeout(3_200)
  expect(await heard(page, ringTone)).toBeGreaterThan(audible)
})
