// The scripted trial shift: works a shift at the trial site by keyboard alone and leaves its record in the given folder.
import type { Page } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import { cpSync, readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { launchDesk } from './launch-desk.ts'
import { root } from './setup/setup.mjs'
import { recordShift, type ShiftFacts, type ShiftRecord } from './shift-record.ts'

const folder = resolve(process.argv[2] ?? 'trial-output')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** An alarm comes a minute after the telling; everything else is quick. */
const patience = { alarmMs: 90_000, stepMs: 30_000 }

class Shift {
  readonly page: Page
  readonly step: (name: string, work: () => Promise<void>) => Promise<void>
  /** Relays that an agency's program was seen to have. */
  received = 0

  constructor(page: Page, record: ShiftRecord) {
    this.page = page
    this.step = (name, work) => record.step(name, page, work)
    page.setDefaultTimeout(patience.stepMs)
  }

  async keys(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key)
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text)
  }

  /** Waits until the window shows a text, a string as it stands. */
  async sees(text: string | RegExp, timeout = patience.stepMs): Promise<void> {
    await this.page.getByText(text, { exact: true }).first().waitFor({ timeout })
  }

  async signIn(operator: string): Promise<void> {
    await this.page.getByLabel('Kode operator').waitFor({ timeout: 60_000 })
    await this.sees(/112112/)
    await this.page.getByLabel('Kode operator').focus()
    await this.type(operator)
    await this.keys('Tab')
    await this.type('112112')
    await this.keys('Enter')
    await this.page.getByRole('button', { name: /Kejadian baru/ }).waitFor()
  }

  /** Lets the next caller ring and answers. */
  async takeCall(): Promise<void> {
    await this.keys('Control+Shift+R')
    await this.sees('BERDERING')
    await this.keys('F2')
    await this.sees('TERHUBUNG')
  }

  /** Two keys for the class, one to hang up. */
  async classAndEnd(letter: string): Promise<void> {
    await this.keys('Control+j', letter, 'F10')
    await this.sees('SIAP')
  }

  /** Types an incident into the form of the call in hand. */
  async describe(facts: { type: string; village: string; landmark: string; note: string }): Promise<void> {
    await this.keys('F5')
    await this.type(facts.type)
    await this.keys('Enter')
    await this.keys('F6')
    await this.type(facts.village)
    await this.keys('Enter')
    await this.page.getByLabel('Jalan / patokan').focus()
    await this.type(facts.landmark)
    await this.keys('F9')
    await this.type(facts.note)
    await this.keys('Enter')
    await this.page.getByRole('region', { name: 'Catatan' }).getByText(facts.note).waitFor()
  }
}

async function emptyCalls(shift: Shift): Promise<void> {
  await shift.step('panggilan iseng', async () => {
    await shift.takeCall()
    await shift.classAndEnd('p')
  })
  await shift.step('panggilan senyap', async () => {
    await shift.takeCall()
    await shift.keys('Alt+h')
    await shift.sees(/^Ucapkan/)
    await shift.page.getByRole('button', { name: /Minta tekan tombol/ }).waitFor()
    await shift.keys('Alt+h')
    await shift.sees(/Masih hening: akhiri/)
    await shift.keys('F10')
    await shift.page.getByRole('button', { name: /Telepon balik Alt/ }).waitFor()
    await shift.keys('Alt+h')
    await shift.sees('TERHUBUNG')
    await shift.keys('F10')
    await shift.sees(/Semua peringatan sudah dijalankan/)
    await shift.keys('Control+j', 'g')
    await shift.sees('SIAP')
  })
}

async function crash(shift: Shift): Promise<void> {
  await shift.step('kecelakaan diterima', async () => {
    await shift.takeCall()
    await shift.describe({
      type: 'tabrakan',
      village: 'sidogemah',
      landmark: 'Pantura Km 10, depan SPBU',
      note: 'Dua korban, satu tidak sadar',
    })
    await shift.keys('F7', 'Digit1', 'Enter', 'Digit3')
    await shift.sees('Korban sadar, menjawab?')
    await shift.keys('Enter', 'Digit2')
    await shift.page.locator('.preview').getByText('2 korban, tidak sadar').waitFor()
  })
  await shift.step('diteruskan ke dua instansi', async () => {
    await shift.keys('Alt+1')
    await shift.keys('Alt+2')
    for (const agency of ['Satlantas', 'PSC 119']) {
      const row = shift.page.getByRole('listitem').filter({ hasText: agency })
      await row.getByText(/Diterima|Menuju/).waitFor()
      shift.received += 1
    }
  })
  await shift.step('telepon ditutup', async () => {
    await shift.keys('F10')
    await shift.sees('SIAP')
  })
}

async function fireWithoutNetwork(shift: Shift): Promise<void> {
  await shift.step('jaringan dicabut', async () => {
    await shift.keys('Control+Shift+J')
    await shift.sees(/Jaringan terputus/)
  })
  await shift.step('kebakaran diterima tanpa jaringan', async () => {
    await shift.takeCall()
    await shift.describe({
      type: 'kobongan',
      village: 'karangsari',
      landmark: 'Pasar Buyaran, los kain',
      note: 'Api besar, masih ada orang di dalam',
    })
  })
  await shift.step('diteruskan lewat telepon', async () => {
    await shift.keys('Alt+1')
    await shift.sees(/Harus ditelepon/)
    await shift.keys('F10')
    await shift.sees('SIAP')
    await shift.keys('Alt+1')
    await shift.sees(/dibaca ulang/)
    await shift.sees('TERHUBUNG')
    await shift.keys('F10')
    await shift.sees('SIAP')
  })
  await shift.step('jaringan dipasang lagi', async () => {
    await shift.keys('Control+Shift+J')
    await shift.sees(/Sinkron \d+ dtk lalu/)
    await shift.sees(/menunggu kirim: 0/)
  })
}

async function alarm(shift: Shift): Promise<void> {
  await shift.step('alarm P1 berbunyi', async () => {
    await shift.page.getByRole('button', { name: /Tangani/ }).waitFor({ timeout: patience.alarmMs })
  })
  await shift.step('alarm ditangani', async () => {
    await shift.keys('F11')
    await shift.page.getByRole('button', { name: /Tangani/ }).waitFor({ state: 'detached' })
  })
}

async function closeAll(shift: Shift): Promise<void> {
  await shift.step('dibaca ulang dan ditutup', async () => {
    await shift.keys('Alt+1')
    await shift.type('Pak Joko')
    await shift.keys('Enter')
    await shift.sees(/Diterima|Dibaca ulang/)
    await shift.keys('Alt+t')
    await shift.keys('Enter')
    await shift.sees(/1 terbuka/)
  })
}

type LogLine = Readonly<Record<'waktu_masuk' | 'no_kejadian' | 'diteruskan' | 'diterima', string>>

/** Counts out of the daily log itself, so that the summary says what an auditor would read. */
function factsOf(csv: string, title: string, received: number): ShiftFacts {
  const lines: LogLine[] = parse(csv, { bom: true, columns: true, delimiter: ';' })
  const filled = (name: keyof LogLine): string[] => lines.map((line) => line[name]).filter((cell) => cell !== '')
  const listed = (name: keyof LogLine): number => filled(name).flatMap((cell) => cell.split('; ')).length
  const [confirmed = 0, own = 0] = [...title.matchAll(/\d+/g)].map(Number)
  return {
    calls: filled('waktu_masuk').length,
    incidents: filled('no_kejadian').length,
    relays: { told: listed('diteruskan'), received, acknowledged: listed('diterima') },
    confirmed,
    waiting: own - confirmed,
  }
}

process.exitCode = await recordShift({ folder, version, say }, async (record) => {
  const desk = await launchDesk()
  const shift = new Shift(desk.page, record)
  try {
    await shift.step('masuk', async () => {
      await shift.signIn('siti')
      await shift.sees(/Sentral: tersambung/)
    })
    await emptyCalls(shift)
    await crash(shift)
    await fireWithoutNetwork(shift)
    await alarm(shift)
    await closeAll(shift)
    await shift.step('kepala regu: log harian', async () => {
      await shift.keys('Control+l')
      await shift.signIn('rina')
      await shift.keys('Control+p')
      await shift.page.getByLabel('Tanggal').waitFor()
      await shift.keys('Enter')
      await shift.sees(/log-demak-uji-.*\.csv/)
    })
    const exported = join(desk.dataDir, 'export')
    const [csv] = readdirSync(exported)
    if (csv === undefined) throw new Error('no daily log was written')
    cpSync(join(exported, csv), join(folder, 'log-harian.csv'))
    const title = await desk.page.getByTitle(/sudah dikonfirmasi pusat/).getAttribute('title')
    record.note(factsOf(readFileSync(join(exported, csv), 'utf8'), title ?? '', shift.received))
  } finally {
    await desk.stop()
  }
})
