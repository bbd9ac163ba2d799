// Finds the places meant by what was typed: the ranking of the place field. Reads no file and decides nothing for the operator.
import { matchName, type Match } from './name-match.ts'
import { soundOf, soundText, type Sound } from './name-sound.ts'
import { kmPlace, type Entry, type PlaceIndex } from './place-index.ts'
import { placeWords, type Word } from './place-words.ts'
import type { Place } from './place.ts'

export type PlaceSearch = {
  /** Best first. */
  readonly places: readonly Place[]
  /** None is sure enough to be taken without looking: Enter keeps the words. */
  readonly weak: boolean
}

const nothing: PlaceSearch = { places: [], weak: true }

/** Words from `from` to before `to`, as one name. */
type Span = {
  readonly from: number
  readonly to: number
  readonly sound: Sound
  /** Only words that name nothing by themselves. */
  readonly isSoft: boolean
  /** Compared letter by letter only: every word is soft, or the words were put the other way round. */
  readonly isExact: boolean
  /** Soft words at its ends: a name that has not all of them is not mistyped here. */
  readonly edges: readonly string[]
  readonly after: Word['after']
}
type Found = { readonly span: Span; readonly match: Match }
type Reading = { readonly score: number; readonly sureness: number; readonly found: Found | null }
type Scored = Reading & { readonly place: Place; readonly entry: Entry | null }

const mostSpanWords = 4
const leastDistrict = 0.74
/** Below this Enter takes nothing. */
const leastSureness = 0.74

/**
 * The places meant by a text, best first, at most `limit`. Understands half-typed words, typing errors, old spelling and
 * writing by ear, short forms, joined and split words, any order, the district beside the name, words around a landmark, and Km.
 */
export function searchPlaces(index: PlaceIndex, text: string, limit = 15): PlaceSearch {
  const { words, km } = placeWords(index, text)
  const spans = spansOf(words)
  const matches = matchesOf(index, spans)
  const context: Context = { index, words, spans, matches, districts: districtsFound(index, spans) }
  const scored = context.words.length === 0 ? [] : index.entries.flatMap((entry) => scoreEntry(context, entry))
  const all = km === null ? scored : withKm(context, scored, km)
  const sorted = all.toSorted((a, b) => b.score - a.score || tie(a, b))
  const [best] = sorted
  if (best === undefined) return nothing
  const places = sorted.slice(0, limit).map(({ place }) => place)
  return { places, weak: best.sureness < leastSureness || isElsewhere(context, best) }
}

/** Namesakes: the village that bears its district's name, then by the alphabet. */
function tie(a: Scored, b: Scored): number {
  const aIsSeat = a.entry?.isSeat === true
  if (aIsSeat !== (b.entry?.isSeat === true)) return aIsSeat ? -1 : 1
  return a.place.label < b.place.label ? -1 : 1
}

function spansOf(words: readonly Word[]): Span[] {
  const spans: Span[] = []
  for (let from = 0; from < words.length; from += 1) {
    for (let to = from + 1; to <= Math.min(words.length, from + mostSpanWords); to += 1) {
      spans.push(...spansFrom(words.slice(from, to), from, to))
    }
  }
  return spans
}

function spansFrom(part: readonly Word[], from: number, to: number): Span[] {
  const isSoft = part.every((word) => word.isSoft)
  const edges = [part[0], part.at(-1)].flatMap((word) => (word?.isSoft === true ? [soundText(word.text)] : []))
  const facts = { from, to, isSoft, edges, after: part[0]?.after ?? null }
  const ways = writings(part)
  const [plain = []] = ways
  const spans = ways.map((name) => ({ ...facts, sound: soundOf(name), isExact: isSoft }))
  return part.length === 2 ? [...spans, { ...facts, sound: soundOf(plain.toReversed()), isExact: true }] : spans
}

/** The ways to read some words as one name. */
function writings(part: readonly Word[]): string[][] {
  let ways: string[][] = [[]]
  for (const { forms } of part) ways = ways.flatMap((way) => forms.map((form) => [...way, ...form])).slice(0, 8)
  return ways
}

/** For every name, the spans that fit it. */
function matchesOf(index: PlaceIndex, spans: readonly Span[]): ReadonlyMap<Sound, readonly Found[]> {
  const matches = new Map<Sound, Found[]>()
  for (const name of index.names) {
    const found: Found[] = []
    for (const span of spans) {
      const match = matchSpan(span, name)
      if (match !== null) found.push({ span, match })
    }
    if (found.length > 0) matches.set(name, found)
  }
  return matches
}

/** "pasar" alone is no mistyped "Pasir": words that name nothing must stand in the name as they are. */
function matchSpan(span: Span, name: Sound): Match | null {
  const isExact = span.isExact || span.edges.some((edge) => !name.text.includes(edge))
  return matchName(span.sound, name, isExact)
}

function districtsFound(index: PlaceIndex, spans: readonly Span[]): ReadonlyMap<string, readonly Found[]> {
  return new Map(
    index.districts.map(({ code, sound }) => [
      code,
      spans.flatMap((span) => {
        const match = matchSpan(span, sound)
        const least = span.after === 'district' ? 0.66 : leastDistrict
        return match === null || match.quality < least ? [] : [{ span, match }]
      }),
    ]),
  )
}

type Context = {
  readonly index: PlaceIndex
  readonly words: readonly Word[]
  readonly spans: readonly Span[]
  readonly matches: ReadonlyMap<Sound, readonly Found[]>
  readonly districts: ReadonlyMap<string, readonly Found[]>
}

const isApart = (a: Span, b: Span): boolean => a.to <= b.from || b.to <= a.from

/** The best reading of an entry, if any; a district that is named alone also lists its villages. */
function scoreEntry(context: Context, entry: Entry): Scored[] {
  let best: Reading | null = null
  const take = (reading: Reading): void => {
    if (best === null || reading.score > best.score) best = reading
  }
  const beside = entry.districtCode === null ? [] : (context.districts.get(entry.districtCode) ?? [])
  for (const name of entry.names) {
    for (const found of context.matches.get(name) ?? []) {
      take(read(context, entry, found, null))
      if (entry.role === 'district') continue
      for (const district of beside) {
        if (isApart(found.span, district.span)) take(read(context, entry, found, district))
      }
    }
  }
  if (entry.role === 'village') for (const district of beside) take(readDistrictAlone(context, district))
  return best === null ? [] : [{ ...(best as Reading), place: entry.place, entry }]
}

function readDistrictAlone(context: Context, district: Found): Reading {
  return {
    score: 30 * district.match.quality - leftOver(context, district.span, null).letters,
    sureness: 0.3,
    found: null,
  }
}

/** What no name of a reading uses: words that may mean something, their letters, and those that a mark calls a village. */
type LeftOver = { count: number; letters: number; soft: number; named: number }

function leftOver({ words }: Context, name: Span, district: Span | null): LeftOver {
  const left = { count: 0, letters: 0, soft: 0, named: 0 }
  words.forEach((word, at) => {
    if (at >= name.from && at < name.to) return
    if (district !== null && at >= district.from && at < district.to) return
    if (word.after === 'village' || word.after === 'hamlet') left.named += 1
    if (word.isSoft) left.soft += 1
    else {
      left.count += 1
      left.letters += word.letters
    }
  })
  return left
}

function read(context: Context, entry: Entry, found: Found, district: Found | null): Reading {
  const { quality, kind } = found.match
  const left = leftOver(context, found.span, district?.span ?? null)
  const unlike = 1 - quality
  const missed = Math.min(left.count, 4) * (10 + 30 * unlike) + left.soft * 0.6
  const near =
    district === null || (found.span.isSoft && kind !== 'same')
      ? 0
      : 40 * (district.match.quality - 0.62) + nearness(found.span, district.span)
  const joined = 4 * (found.span.to - found.span.from - 1) * quality
  // Two words that were put the other way round are likelier another name.
  const turned = found.span.isExact && !found.span.isSoft ? 5 : 0
  const score = 100 * quality + joined + near + roleScore(entry, found, left) - missed - turned
  return { score, sureness: surenessOf({ found, district, left, kind }), found }
}

/** A district usually stands right beside its village. */
function nearness(a: Span, b: Span): number {
  return a.to === b.from || b.to === a.from ? 2 : 0
}

/** What stands before a name says what it is; without a word the village comes before the district of that name. */
function roleScore(entry: Entry, { span, match }: Found, left: LeftOver): number {
  const { after } = span
  // Who says more than a district means something in it.
  if (entry.role === 'district')
    return (after === 'district' ? 16 : after === null ? -3 : -15) - left.named * 25 - left.count * 12
  if (after === 'district') return -14
  if (entry.role === 'hamlet') return after === 'hamlet' ? 8 : -2
  if (entry.role === 'village') return after === 'village' ? 3 : 0
  return match.kind === 'same' ? -1 : -5
}

type Judged = {
  readonly found: Found
  readonly district: Found | null
  readonly left: { readonly count: number; readonly letters: number }
  readonly kind: Match['kind']
}

/** How sure it is that the place is meant, 0 to 1: a long exact name stands on its own, a likeness among other words does not. */
function surenessOf({ found, district, left, kind }: Judged): number {
  if (found.span.isSoft && kind !== 'same') return 0.4
  const used = found.span.sound.text.length + (district === null ? 0 : district.span.sound.text.length)
  const cover = used / (used + left.letters)
  const isWhole = kind === 'same' || kind === 'part'
  const length = found.span.sound.text.length
  const own = found.match.quality - (isWhole || length > 4 ? 0 : 0.06 * (5 - length))
  const withDistrict = district === null ? own : own + 0.12 * district.match.quality
  const isLong = isWhole
    ? length >= 5 && (length >= 7 || left.count <= 3)
    : length >= 6 && found.match.quality >= 0.85 && left.count <= 2
  const alone = isLong || (isWhole && length >= 4 && left.count <= 1) ? leastSureness : 0
  return Math.max(alone, withDistrict * (0.4 + 0.6 * cover))
}

/** The Km of the roads that were named, or of every road with markers when none was, before everything else found. */
function withKm(context: Context, scored: readonly Scored[], km: number): Scored[] {
  const { index } = context
  const named = scored.filter(({ entry, found }) => entry?.role === 'road' && (found?.match.quality ?? 0) >= 0.8)
  const roads =
    named.length === 0 ? index.roads : index.roads.filter(({ id }) => named.some(({ place }) => place.id === id))
  const sureness = named.length === 0 ? 0.75 : 0.9
  const places = roads.flatMap((road): Scored[] => {
    const place = kmPlace(index, road, km)
    if (place === null) return []
    return [
      { place, entry: null, found: null, score: place.code === null ? 80 : named.length > 0 ? 118 : 97, sureness },
    ]
  })
  // What is like the name of the road is not meant beside it.
  const others = scored.filter(
    ({ entry, found }) =>
      entry?.role !== 'road' &&
      (found === null || named.every((road) => road.found === null || isApart(road.found.span, found.span))),
  )
  return [...places, ...others]
}

/** Words that say where a road leads; a regency behind them is not where it happened. */
const directions = /^(?:arah|jurusan|menuju|jalan|jalur|raya|pantura|tol|jl|jln|dari|ke|perbatasan|batas)$/

/** True when the words name a place outside better than the best one inside. */
function isElsewhere({ index, words, spans, districts }: Context, { found }: Scored): boolean {
  if (found === null) return false
  const { regencies, others } = index.elsewhere
  const hasDistrict = [...districts.values()].some((each) =>
    each.some(({ span, match }) => match.quality >= 0.9 && isApart(span, found.span)),
  )
  const { kind, quality } = found.match
  const named = spans.filter(({ sound }) => regencies.has(sound.text) || others.has(sound.text))
  const covers = (span: Span): boolean => span.from <= found.span.from && span.to >= found.span.to
  // A name that differs by ear only (Wanasalam) is the one here, whoever else bears it.
  const isLikeness = kind === 'rough' || (kind === 'slip' && quality < 0.94)
  const isCovered = named.some(
    (span) => covers(span) && (isLikeness || (kind !== 'same' && regencies.has(span.sound.text))),
  )
  if (!hasDistrict && isCovered) return true
  const leads = words.some(({ forms }) => forms.some((form) => form.some((word) => directions.test(word))))
  return !hasDistrict && !leads && named.some((span) => regencies.has(span.sound.text) && isApart(span, found.span))
}
