import { describe, expect, it } from 'vitest'
import { agencyDirectory, chooseChannel, isConnected, recommendAgencies, type SiteAgency } from './agency.ts'
import { agenciesPack, targetSchema } from './reference.ts'

const pack = agenciesPack.parse({
  pack: 'agencies',
  version: 1,
  status: 'usulan',
  agencies: [
    { code: 'POLRES', name: 'Polres', shortNumber: '110', units: [{ code: 'SATLANTAS', name: 'Satlantas' }] },
    { code: 'PSC119', name: 'PSC 119', shortNumber: '119' },
    { code: 'BPBD', name: 'BPBD', shortNumber: null },
    { code: 'BASARNAS', name: 'Basarnas', shortNumber: '115' },
  ],
}).agencies
const site = (code: string, more: Partial<SiteAgency> = {}): SiteAgency => ({
  code,
  channels: ['mqtt', 'phone'],
  phone: null,
  area: null,
  ...more,
})
const target = (text: string) => targetSchema.parse(text)
const nowhere = { villageCode: null, districtCode: null }
const codes = (found: ReturnType<typeof recommendAgencies>) =>
  found.recommended.map(({ agency, part, unit }) => `${part} ${agency.code}${unit === null ? '' : ` ${unit}`}`)

describe('agencyDirectory', () => {
  it('overlays the pack with the site file', () => {
    const [polres, own] = agencyDirectory(pack, [
      site('POLRES', { name: 'Polres Demak' }),
      site('POSKO', { phone: '0291685877' }),
    ])
    expect(polres).toMatchObject({ name: 'Polres Demak', phone: '110' })
    expect(own).toMatchObject({ name: 'POSKO', phone: '0291685877', units: [] })
  })

  it('switches on the whole pack by phone where the site says nothing', () => {
    const all = agencyDirectory(pack, undefined)
    expect(all.map(({ code }) => code)).toEqual(['POLRES', 'PSC119', 'BPBD', 'BASARNAS'])
    expect(all[2]).toMatchObject({ phone: null, channels: ['phone'] })
  })
})

describe('recommendAgencies', () => {
  const crash = { lead: target('POLRES.SATLANTAS'), support: [target('PSC119'), target('POLRES')] }

  it('puts the lead first, each agency once, with the unit that should hear of it', () => {
    const found = recommendAgencies(crash, nowhere, agencyDirectory(pack, [site('PSC119'), site('POLRES')]))
    expect(codes(found)).toEqual(['lead POLRES Satlantas', 'support PSC119'])
    expect(found.missing).toEqual([])
  })

  it('takes the first alternative that the site has, and says what is missing', () => {
    const trapped = { lead: target('BASARNAS/BPBD'), support: [target('PSC119')] }
    expect(codes(recommendAgencies(trapped, nowhere, agencyDirectory(pack, [site('BPBD'), site('BASARNAS')])))).toEqual(
      ['lead BASARNAS'],
    )
    expect(codes(recommendAgencies(trapped, nowhere, agencyDirectory(pack, [site('BPBD')])))).toEqual(['lead BPBD'])
    expect(recommendAgencies(trapped, nowhere, []).missing).toEqual(['BASARNAS/BPBD', 'PSC119'])
  })

  it('keeps to the area of an agency once the place is known', () => {
    const directory = agencyDirectory(pack, [site('BASARNAS', { area: ['33.21.12', '33.21.04.2015'] }), site('BPBD')])
    const flood = { lead: target('BASARNAS/BPBD'), support: [] }
    const at = (villageCode: string | null, districtCode: string | null) =>
      codes(recommendAgencies(flood, { villageCode, districtCode }, directory))
    expect(at('33.21.04.2015', '33.21.04')).toEqual(['lead BASARNAS'])
    expect(at('33.21.12.2001', null)).toEqual(['lead BASARNAS'])
    expect(at('33.21.04.2001', '33.21.04')).toEqual(['lead BPBD'])
    expect(at(null, null)).toEqual(['lead BASARNAS'])
  })

  it('recommends nobody for a type without agencies', () => {
    expect(recommendAgencies({ lead: null, support: [] }, nowhere, agencyDirectory(pack, undefined))).toEqual({
      recommended: [],
      missing: [],
    })
  })
})

describe('chooseChannel', () => {
  const now = 1_000_000
  it.each([
    [['mqtt', 'phone'], true, now - 59_999, 'mqtt'],
    [['mqtt', 'phone'], true, now - 60_000, 'phone'],
    [['mqtt', 'phone'], false, now, 'phone'],
    [['mqtt', 'phone'], true, null, 'phone'],
    [['radio', 'phone', 'mqtt'], true, now, 'mqtt'],
    [['radio', 'phone', 'mqtt'], false, now, 'radio'],
    [['phone'], true, now, 'phone'],
    [['mqtt'], false, null, 'phone'],
  ] as const)('channels %j, online %s, have at %s: %s', (channels, isOnline, haveAt, expected) => {
    expect(chooseChannel({ channels }, { isOnline, haveAt }, now)).toBe(expected)
  })

  it('needs both presence and a fresh have', () => {
    expect(isConnected({ isOnline: true, haveAt: now }, now)).toBe(true)
    expect(isConnected({ isOnline: false, haveAt: now }, now)).toBe(false)
  })
})
