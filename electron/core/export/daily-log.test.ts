import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dailyLog, safeCell, type DailyLogRow, type LoggedCall, type LoggedIncident } from './daily-log.ts'

const at = (time: string): number => Date.parse(`2026-11-24T${time}+07:00`)
const zone = 'Asia/Jakarta'

const call: LoggedCall = {
  offeredAt: at('08:00:00'),
  answeredAt: at('08:00:04.900'),
  endedAt: at('08:02:10'),
  desk: 'B',
  operator: 'siti',
  source: '112',
  number: '+6281200004486',
  class: 'DARURAT',
  paper: null,
}
const incident: LoggedIncident = {
  label: '241126-B017',
  openedAt: at('08:00:20'),
  desk: 'B',
  operator: 'siti',
  source: '112',
  type: 'LAKA-LL',
  priority: 'P1',
  district: 'Sayung',
  village: 'Onggorawe',
  landmark: 'depan SPBU',
  relays: [
    { agency: 'POLRES', toldAt: at('08:00:40'), acknowledgedAt: null, onSceneAt: null, doneAt: null },
    {
      agency: 'PSC119',
      toldAt: at('08:00:41'),
      acknowledgedAt: at('08:01:00'),
      onSceneAt: at('08:12:00'),
      doneAt: null,
    },
  ],
  status: 'di-lokasi',
  disposition: null,
  lastNote: 'dua luka berat',
  paper: null,
  byHand: 0,
}

const lines = (rows: readonly DailyLogRow[]): string[] => dailyLog(rows, zone).bytes.toString('utf8').split('\r\n')
/** Cells of the only row, where no cell holds a separator or a quote. */
const cells = (row: DailyLogRow): string[] => lines([row])[1]?.split(';') ?? []

/** Reads CSV back as a spreadsheet does: quotes doubled inside quotes, rows end with CRLF outside of them. */
function readBack(text: string): string[][] {
  const rows: string[][] = [[]]
  let cell = ''
  let isQuoted = false
  for (let place = 0; place < text.length; place += 1) {
    const sign = text.charAt(place)
    if (isQuoted && sign === '"' && text.charAt(place + 1) === '"') {
      cell += '"'
      place += 1
    } else if (sign === '"') isQuoted = !isQuoted
    else if (!isQuoted && sign === ';') {
      rows.at(-1)?.push(cell)
      cell = ''
    } else if (!isQuoted && sign === '\r' && text.charAt(place + 1) === '\n') {
      rows.at(-1)?.push(cell)
      rows.push([])
      cell = ''
      place += 1
    } else cell += sign
  }
  return rows.slice(0, -1)
}

describe('dailyLog', () => {
  it('starts with a BOM and the 24 columns, ends every row with CRLF', () => {
    const { bytes } = dailyLog([], zone)
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect(bytes.toString('utf8').slice(1)).toBe(
      'tanggal;waktu_masuk;meja;operator;sumber;nomor;klasifikasi;tunggu_dtk;durasi_dtk;no_kejadian;jenis;prioritas;' +
        'kecamatan;desa;patokan;instansi;diteruskan;diterima;di_lokasi;selesai;status;hasil;catatan_terakhir;keadaan_sinkron\r\n',
    )
  })

  it('writes a call and its incident in one row, several relays in one cell', () => {
    const [, row] = readBack(
      dailyLog([{ call, incident, recordState: 'confirmed' }], zone)
        .bytes.toString('utf8')
        .slice(1),
    )
    expect(row).toEqual([
      '2026-11-24',
      '2026-11-24T08:00:00+07:00',
      'B',
      'siti',
      '112',
      '+6281200004486',
      'DARURAT',
      '4',
      '125',
      '241126-B017',
      'LAKA-LL',
      'P1',
      'Sayung',
      'Onggorawe',
      'depan SPBU',
      'POLRES; PSC119',
      '2026-11-24T08:00:40+07:00; 2026-11-24T08:00:41+07:00',
      '; 2026-11-24T08:01:00+07:00',
      '; 2026-11-24T08:12:00+07:00',
      '',
      'di-lokasi',
      '',
      'dua luka berat',
      'dikonfirmasi',
    ])
  })

  it('has a row for a call that nobody answered, with how long it waited', () => {
    const missed = {
      ...call,
      answeredAt: null,
      endedAt: at('08:00:35'),
      desk: null,
      operator: null,
      class: null,
      number: null,
    }
    const row = cells({ call: missed, incident: null, recordState: 'local' })
    expect(row.slice(0, 9)).toEqual(['2026-11-24', '2026-11-24T08:00:00+07:00', '', '', '112', '', '', '35', ''])
    expect(row.at(-1)).toBe('lokal')
    expect(row).toHaveLength(24)
  })

  it('leaves times empty while a call still goes on, and never shows a negative one', () => {
    expect(cells({ call: { ...call, endedAt: null }, incident: null, recordState: 'sent' }).slice(7, 9)).toEqual([
      '4',
      '',
    ])
    const odd = { ...call, answeredAt: call.offeredAt - 5_000 }
    expect(cells({ call: odd, incident: null, recordState: 'sent' })[7]).toBe('0')
  })

  it('takes an incident without a call by when and where it was opened', () => {
    const walkIn = { ...incident, source: 'walk-in', relays: [] }
    const row = cells({ call: null, incident: walkIn, recordState: 'sent' })
    expect(row.slice(0, 10)).toEqual([
      '2026-11-24',
      '2026-11-24T08:00:20+07:00',
      'B',
      'siti',
      'walk-in',
      '',
      '',
      '',
      '',
      '241126-B017',
    ])
    expect(row.slice(15, 20)).toEqual(['', '', '', '', ''])
  })

  it('uses the day of the site, not of UTC', () => {
    const early = { ...call, offeredAt: at('01:00:00'), answeredAt: null, endedAt: null }
    expect(cells({ call: early, incident: null, recordState: 'sent' })[0]).toBe('2026-11-24')
    expect(
      dailyLog([{ call: early, incident: null, recordState: 'sent' }], 'Asia/Jayapura').bytes.toString(),
    ).toContain('2026-11-24T03:00:00+09:00')
  })

  it.each([
    ['a separator', 'a;b', '"a;b"'],
    ['a quote', 'a"b', '"a""b"'],
    ['a line feed', 'a\nb', '"a\nb"'],
    ['a line end', 'a\r\nb', '"a\r\nb"'],
    ['a lone carriage return', 'a\rb', '"a\rb"'],
    ['a formula and a separator', '=1;2', `"'=1;2"`],
    ['letters beyond ASCII', 'dekat “Masjid” é', 'dekat “Masjid” é'],
  ])('quotes a note with %s', (_what, lastNote, written) => {
    const text = dailyLog(
      [{ call: null, incident: { ...incident, lastNote }, recordState: 'sent' }],
      zone,
    ).bytes.toString()
    expect(text.endsWith(`;${written};terkirim\r\n`)).toBe(true)
  })

  it('can be read back, whatever people type', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', ';', '"', '\r', '\n', '=', '+', '-', '@', '\t', "'", ' ', 'é', '1'),
    })
    fc.assert(
      fc.property(text, text, (landmark, lastNote) => {
        const row: DailyLogRow = { call, incident: { ...incident, landmark, lastNote }, recordState: 'sent' }
        const read = readBack(dailyLog([row, row], zone).bytes.toString('utf8').slice(1))
        expect(read).toHaveLength(3)
        expect(read[1]?.[14]).toBe(safeCell(landmark))
        expect(read[2]?.[22]).toBe(safeCell(lastNote))
        for (const cell of read.flat()) expect(/^[=\-@\t\r]/.test(cell)).toBe(false)
      }),
    )
  })

  it('comes with the hash of its bytes and the count of its rows', () => {
    const log = dailyLog([{ call, incident, recordState: 'sent' }], zone)
    expect(log.rows).toBe(1)
    expect(log.sha256).toBe(createHash('sha256').update(log.bytes).digest('hex'))
  })
})

describe('safeCell', () => {
  it.each([
    ['=SUM(A1)', "'=SUM(A1)"],
    ['+62', "'+62"],
    ['-5', "'-5"],
    ['@cmd', "'@cmd"],
    ['\tx', "'\tx"],
    ['\rx', "'\rx"],
    ['+62812000044867890', "'+62812000044867890"],
    ['+6281200004486;=1', "'+6281200004486;=1"],
    ['+6281200004486', '+6281200004486'],
    ['+123456', '+123456'],
    ['\nx', '\nx'],
    [' =1', ' =1'],
    ['0812', '0812'],
    ['', ''],
  ])('%j becomes %j', (text, safe) => {
    expect(safeCell(text)).toBe(safe)
  })
})
