import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadSite, parseSite } from './site.ts'

const good = `site: demak
name: Call Center 112 Kabupaten Demak
zone: Asia/Jakarta
regency: "33.21"
member: B
brokers: { sync: [mqtts://pusat.example:8883], exchange: [mqtt://pbx.example:1883] }
bridge: pbx1
centreKey: "GSBMjDuoW6BZzRiskBe9AqGNpdEMaPt3mjS-Q-8Gd5E"
agencies:
  - { code: BPBD, name: BPBD Kabupaten Demak, channels: [mqtt, phone], phone: null, area: null }
  - code: DAMKAR
    channels: [radio]
    area: ["33.21.04"]
neighbours: [{ name: Kota Semarang, phone: null }]
targets: { answerSeconds: 10, answerShare: 0.9, relaySeconds: 60, relayShare: 0.9, p1AckSeconds: 45 }
retention: { personalDays: 365, exportsDays: 90 }
`

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meja-site-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function problems(text: string): { key: string; line: number; read: string; allowed: string }[] {
  const checked = parseSite(text)
  return checked.ok ? [] : [...checked.problems]
}

describe('parseSite', () => {
  it('reads the whole file', () => {
    const checked = parseSite(good)
    expect(checked).toMatchObject({
      ok: true,
      value: { site: 'demak', member: 'B', regency: '33.21', targets: { p1AckSeconds: 45 } },
    })
    expect(checked.ok && checked.value.agencies?.[1]).toEqual({
      code: 'DAMKAR',
      channels: ['radio'],
      phone: null,
      area: ['33.21.04'],
    })
  })

  it('reads JSON, and fills in what has a default', () => {
    const short = {
      site: 'demak',
      name: 'Demak',
      regency: '33.21',
      member: 'A',
      brokers: { sync: ['mqtt://127.0.0.1:1'], exchange: ['mqtt://[::1]:2'] },
      bridge: 'pbx1',
    }
    expect(parseSite(JSON.stringify(short, null, 2))).toEqual({
      ok: true,
      value: {
        ...short,
        zone: 'Asia/Jakarta',
        blockedCalls: { offer: true, sound: false },
        neighbours: [],
        targets: {
          answerSeconds: 10,
          answerShare: 0.9,
          relaySeconds: 60,
          relayShare: 0.9,
          p1AckSeconds: 60,
          wrapUpSeconds: 60,
        },
        retention: { personalDays: 365, exportsDays: 90 },
      },
    })
  })

  it.each([
    ['member: B', 'member: b', 'member', 5, '"b"', 'satu atau dua huruf besar tanpa I dan O'],
    ['member: B', 'member: O', 'member', 5, '"O"', 'satu atau dua huruf besar tanpa I dan O'],
    ['regency: "33.21"', 'regency: 33.21', 'regency', 4, '33.21', 'teks'],
    [
      'zone: Asia/Jakarta',
      'zone: Asia/Tokyo',
      'zone',
      3,
      '"Asia/Tokyo"',
      'Asia/Jakarta, Asia/Pontianak, Asia/Makassar, Asia/Jayapura',
    ],
    ['answerShare: 0.9', 'answerShare: 1.5', 'targets.answerShare', 15, '1.5', 'paling besar 1'],
    ['answerSeconds: 10', 'answerSeconds: soon', 'targets.answerSeconds', 15, '"soon"', 'angka'],
    ['personalDays: 365', 'personalDays: 0', 'retention.personalDays', 16, '0', 'paling kecil 1'],
    [
      'mqtts://pusat.example:8883',
      'http://pusat.example',
      'brokers.sync.0',
      6,
      '"http://pusat.example"',
      'alamat seperti mqtts://pusat.example:8883',
    ],
    [
      'pusat.example:8883',
      'pusat.example:88830',
      'brokers.sync.0',
      6,
      '"mqtts://pusat.example:88830"',
      'nomor port paling besar 65535',
    ],
    [
      'channels: [radio]',
      'channels: [pigeon]',
      'agencies.1.channels.0',
      12,
      '"pigeon"',
      'mqtt, phone, radio, in-person',
    ],
    ['code: DAMKAR', 'code: BPBD', 'agencies.1.code', 11, '"BPBD"', 'setiap kode instansi satu kali'],
    [
      'area: ["33.21.04"]',
      'area: ["33.19.04"]',
      'agencies.1.area.0',
      13,
      '"33.19.04"',
      'kode di dalam kabupaten/kota 33.21',
    ],
    ['phone: null, area', 'phone: 291685877, area', 'agencies.0.phone', 10, '291685877', 'teks'],
    [
      'Gd5E"',
      'Gd5"',
      'centreKey',
      8,
      '"GSBMjDuoW6BZzRiskBe9AqGNpdEMaPt3mjS-Q-8Gd5"',
      'kunci umum pusat, 43 huruf base64url',
    ],
  ])('%s -> %s names key, line, what was read and what is allowed', (from, to, key, line, read, allowed) => {
    expect(problems(good.replace(from, to))).toEqual([{ key, line, read, allowed }])
  })

  it('names unknown keys at any depth with the keys it knows there', () => {
    const text = good.replace('p1AckSeconds', 'p1AckSecond').replace('bridge: pbx1', 'bridge: pbx1\ncolour: red')
    expect(problems(text)).toEqual([
      {
        key: 'colour',
        line: 8,
        read: 'kunci "colour"',
        allowed:
          'salah satu dari site, name, zone, regency, member, brokers, bridge, centreKey, agencies, blockedCalls, neighbours, targets, retention',
      },
      {
        key: 'targets.p1AckSecond',
        line: 16,
        read: 'kunci "p1AckSecond"',
        allowed: 'salah satu dari answerSeconds, answerShare, relaySeconds, relayShare, p1AckSeconds, wrapUpSeconds',
      },
    ])
  })

  it('names what is missing', () => {
    expect(problems(good.replace('bridge: pbx1\n', ''))).toEqual([
      { key: 'bridge', line: 1, read: 'tidak ada', allowed: 'teks' },
    ])
  })

  it('refuses what is no YAML, a key that stands twice, and an alias bomb', () => {
    expect(problems('site: [demak')[0]?.read).toContain('tulisan yang bukan YAML')
    expect(problems(`${good}member: C\n`)[0]).toMatchObject({
      line: 17,
      read: 'tulisan yang bukan YAML (DUPLICATE_KEY)',
    })
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefghi'
        .split('')
        .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(',')}]`),
    ]
    expect(problems(bomb.join('\n'))[0]?.allowed).toBe('nilai yang ditulis langsung')
    expect(problems('')[0]?.allowed).toBe('kelompok kunci')
  })

  it('never throws, whatever the file holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
        expect(parseSite(text).ok).toBe(false)
      }),
    )
  })
})

describe('loadSite', () => {
  it('keeps the last good file in force until the file is good again', async () => {
    const file = join(folder, 'demak.yaml')
    const lastGood = join(folder, 'kept', 'last-good.yaml')
    expect(await loadSite(file, lastGood)).toEqual({
      site: null,
      from: 'none',
      problems: [`${file}: berkas pusat tidak ada; yang boleh: berkas YAML atau JSON yang dapat dibaca`],
    })

    await writeFile(file, good)
    expect(await loadSite(file, lastGood)).toMatchObject({ from: 'file', site: { member: 'B' }, problems: [] })
    expect(await readFile(lastGood, 'utf8')).toBe(good)

    await writeFile(file, good.replace('member: B', 'member: 7'))
    expect(await loadSite(file, lastGood)).toMatchObject({
      from: 'last-good',
      site: { member: 'B' },
      problems: [`${file} baris 5, kunci "member": terbaca 7; yang boleh: teks`],
    })

    await writeFile(file, good.replace('member: B', 'member: C'))
    expect(await loadSite(file, lastGood)).toMatchObject({ from: 'file', site: { member: 'C' } })
    await rm(file)
    expect(await loadSite(file, lastGood)).toMatchObject({ from: 'last-good', site: { member: 'C' } })
  })

  it('uses a good file even when its copy cannot be written, and says so', async () => {
    const file = join(folder, 'other.yaml')
    await writeFile(file, good)
    const blocked = join(file, 'last-good.yaml')
    expect(await loadSite(file, blocked)).toMatchObject({
      from: 'file',
      problems: [`${blocked}: salinan berkas pusat tidak dapat ditulis; yang boleh: folder yang dapat ditulis`],
    })
  })
})
