// Secrets and site file of the trial site, kept in its folder so that a trial goes on after a restart.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const trialSite = 'demak-uji'
export const trialBridge = 'pbx-uji'
/** The letters of the trial desk. */
export const trialDesk = 'B'

/** 32 secret bytes of a name, made once. They guard nothing: everything in a trial is invented. */
export function trialSecret(dir: string, name: string): Buffer {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const file = join(dir, `${name}.secret`)
  if (existsSync(file)) return Buffer.from(readFileSync(file, 'utf8'), 'hex')
  const secret = randomBytes(32)
  writeWhole(file, secret.toString('hex'))
  return secret
}

function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

/** Agencies of the trial with invented numbers; those in `online` have a simulated desk. */
const agencies: readonly { readonly code: string; readonly phone: string | null }[] = [
  { code: 'PSC119', phone: '081200001190' },
  { code: 'POLRES', phone: '081200001101' },
  { code: 'DAMKAR', phone: '081200001130' },
  { code: 'BPBD', phone: '081200001170' },
  { code: 'PMI', phone: null },
  { code: 'BASARNAS', phone: '081200001150' },
  { code: 'KODIM', phone: '081200001716' },
  { code: 'SATPOLPP', phone: '081200002210' },
  { code: 'DISHUB', phone: '081200002440' },
  { code: 'DPUPR', phone: '081200002550' },
  { code: 'DINSOS', phone: '081200002660' },
  { code: 'DINKES', phone: '081200002770' },
  { code: 'BBWS', phone: null },
  { code: 'PDAM', phone: '081200002880' },
  { code: 'PLN', phone: '081200001230' },
  { code: 'DLH', phone: '081200002990' },
]

type SiteFacts = {
  readonly sync: string
  readonly exchange: string
  readonly rootKey: string
  readonly online: readonly string[]
}

/** Writes the site file of the trial and gives its path. */
export function writeTrialSite(dir: string, facts: SiteFacts): string {
  const file = join(dir, 'site.json')
  const site = {
    site: trialSite,
    name: 'Call Center 112 Kabupaten Demak (uji coba)',
    zone: 'Asia/Jakarta',
    regency: '33.21',
    member: trialDesk,
    brokers: { sync: [facts.sync], exchange: [facts.exchange] },
    bridge: trialBridge,
    centreKey: facts.rootKey,
    agencies: agencies.map(({ code, phone }) => ({
      code,
      channels: facts.online.includes(code) ? ['mqtt', 'phone'] : ['phone'],
      phone,
    })),
    neighbours: [
      { name: 'Kota Semarang', phone: '024000001120' },
      { name: 'Kabupaten Kudus', phone: '029100001121' },
      { name: 'Kabupaten Jepara' },
    ],
  }
  mkdirSync(dir, { recursive: true })
  writeWhole(file, JSON.stringify(site, null, 2))
  return file
}
