// The simulated callers of the trial site: who rings and how they behave. All numbers are invented (08xx-0000-xxxx).

/** One telephone contact. Durations are ms of a trial at normal pace. */
export type Caller = {
  /** As the exchange gives it; null = withheld. */
  readonly number: string | null
  readonly name?: string
  /** What was dialled; 112 when left out. */
  readonly dialled?: string
  /** When this caller rings after the scenario starts; at once when left out. */
  readonly afterMs?: number
  /** Gives up when nobody answered for so long; left out = waits for two minutes. */
  readonly patienceMs?: number
  /** Hangs up by themselves so long after the answer; left out = stays until the operator hangs up. */
  readonly talkMs?: number
  /** Where the telephone says it is, degrees and metres. */
  readonly location?: { readonly lat: number; readonly lon: number; readonly radiusM: number }
  /** What they say; nothing = silence. */
  readonly says?: string
}

export type Scenario = {
  readonly name: string
  readonly label: string
  readonly callers: readonly [Caller, ...Caller[]]
}

/** In the order in which a trial without a name goes through them. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'iseng-anak',
    label: 'Anak-anak iseng',
    callers: [{ number: '085700001213', talkMs: 8_000, says: 'Halo, pesan pizza ya, hahaha.' }],
  },
  { name: 'senyap', label: 'Panggilan hening', callers: [{ number: '081300007701', talkMs: 25_000 }] },
  {
    name: 'laka-pantura',
    label: 'Tabrakan truk dan motor di Pantura Onggorawe',
    callers: [
      {
        number: '081200004486',
        name: 'Slamet',
        location: { lat: -6.9318, lon: 110.5402, radiusM: 35 },
        says: 'Pak, ana tabrakan truk karo montor ning Onggorawe, Sayung. Wonge loro, siji ora sadar.',
      },
    ],
  },
  {
    name: 'kebakaran-pasar',
    label: 'Kebakaran kios di Pasar Buyaran',
    callers: [
      {
        number: '082100003355',
        name: 'Sri Wahyuni',
        says: 'Kobongan, Bu, kios ning Pasar Buyaran, genine wis gedhe, isih ana wong ning njero.',
      },
    ],
  },
  {
    name: 'putus',
    label: 'Terputus sebelum dijawab',
    callers: [{ number: '081900002048', patienceMs: 6_000 }],
  },
  {
    name: 'banjir-ketanjung',
    label: 'Banjir: lima penelepon untuk satu kejadian',
    callers: [
      { number: '081200001101', name: 'Kasmuri', says: 'Tanggule jebol, Pak, banyu mlebu Ketanjung.' },
      { number: '081200001102', afterMs: 2_000, says: 'Banyune sak dhengkul, Ketanjung, Karanganyar.' },
      { number: '081200001103', afterMs: 4_000, patienceMs: 20_000, says: 'Simbahku kejebak ning omah.' },
      { number: '081200001104', afterMs: 5_000, says: 'Njaluk tulung prau, Dukuh Norowito.' },
      { number: '081200001105', afterMs: 7_000, patienceMs: 15_000, says: 'Kelem kabeh, Pak.' },
    ],
  },
  {
    name: 'pingsan',
    label: 'Orang tidak sadar di Bintoro',
    callers: [
      { number: '087800009902', name: 'Dwi', says: 'Bapak saya semaput, tidak bernapas, Bintoro, dekat Masjid Agung.' },
    ],
  },
  {
    name: 'nomor-tersembunyi',
    label: 'Nomor tersembunyi: suami memukuli istri',
    callers: [{ number: null, says: 'Tolong, tetangga saya digebugi bojone, Mranggen, Brumbung RT 2.' }],
  },
  {
    name: 'ular-rumah',
    label: 'Ular masuk rumah',
    callers: [{ number: '081500006612', says: 'Ana ula mlebu omah, Pak, ning pawon. Wonosalam, Jogoloyo.' }],
  },
  {
    name: 'rob-mogok',
    label: 'Truk mogok di rob Sriwulan',
    callers: [{ number: '081600008830', dialled: '110', says: 'Truk mogok kerob, Pantura macet, Sriwulan.' }],
  },
  {
    name: 'melahirkan',
    label: 'Ibu mau melahirkan, dari nomor lama 119',
    callers: [{ number: '085200004419', dialled: '119', says: 'Istri saya kawahe pecah, Wedung, Berahan Wetan.' }],
  },
  {
    name: 'lampu-jalan',
    label: 'Lampu jalan mati',
    callers: [{ number: '083800005127', says: 'Mau lapor lampu jalan mati di Trengguli.' }],
  },
  {
    name: 'informasi',
    label: 'Bertanya nomor rumah sakit',
    callers: [{ number: '029100001234', talkMs: 40_000, says: 'Nomornya RSUD berapa ya?' }],
  },
  {
    name: 'luar-wilayah',
    label: 'Penelepon dari Kota Semarang',
    callers: [{ number: '024000007788', says: 'Ada maling di Genuk, Semarang.' }],
  },
  {
    name: 'laka-lanjutan',
    label: 'Penelepon kedua untuk tabrakan Onggorawe',
    callers: [{ number: '081200004499', says: 'Yang tabrakan di Onggorawe itu, ambulans sudah di jalan belum?' }],
  },
]
