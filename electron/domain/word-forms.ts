// The forms under which an Indonesian or Javanese word may be meant: without its affixes, in other spellings. Knows no meanings.

/** A form of a word and how surely it is meant: 1 for the word as it stands. */
export type WordForm = { readonly form: string; readonly weight: number }

/** Longest first, so that "-nipun" is not taken for "-ipun". The weight is what is lost with it. */
const suffixes = [
  'nipun',
  'ipun',
  'aken',
  'kake',
  'ake',
  'kan',
  'nya',
  'kah',
  'lah',
  'ana',
  'ono',
  'nne',
  'ne',
  'ke',
  'ku',
  'mu',
]
/** Short endings are often part of the word itself and need a longer stem before them. */
const shortSuffixes = ['an', 'en', 'no', 'e', 'i'] as const

const plainPrefixes = [
  'dipun',
  'keter',
  'ter',
  'ber',
  'per',
  'di',
  'ke',
  'ka',
  'se',
  'sak',
  'sa',
  'tak',
  'pe',
  'be',
  'a',
]

/** A nasal prefix swallows the first letter of some stems: "menabrak" and "nabrak" are "tabrak". */
const nasalPrefixes: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(?:pe|me)?ng(?=[aiueo])/, ['', 'k']],
  [/^(?:pe|me)?ng(?=[gklrwh])/, ['']],
  [/^(?:pe|me)?ny(?=[aiueo])/, ['s', 'c', 'j', 'nj']],
  [/^(?:pe|me)n(?=[djct])/, ['']],
  [/^n(?=[djct])/, ['']],
  [/^(?:pe|me)?n(?=[aiueo])/, ['t']],
  [/^(?:pe|me)?m(?=[bp])/, ['']],
  [/^(?:pe|me)?m(?=[aiueo])/, ['p', 'b', 'w']],
  [/^me(?=[lrwynm])/, ['']],
  [/^pe(?=[lrwynm])/, ['']],
]

const leastStem = 3

const known = new Map<string, readonly WordForm[]>()
const mostKnown = 10_000

/** All forms of a word in `searchKey` spelling, each once, the surest first. The same words come again and again. */
export function wordForms(word: string): readonly WordForm[] {
  const before = known.get(word)
  if (before !== undefined) return before
  if (known.size >= mostKnown) known.clear()
  const forms = formsOf(word)
  known.set(word, forms)
  return forms
}

function formsOf(word: string): WordForm[] {
  const forms = new Map<string, number>()
  const add = (form: string, weight: number): void => {
    if (form.length >= leastStem || form === word) forms.set(form, Math.max(weight, forms.get(form) ?? 0))
  }
  for (const { form, weight } of withoutSuffix(word)) {
    add(form, weight)
    for (const stem of withoutPrefix(form)) add(stem, weight * 0.9)
  }
  const written = Array.from(forms)
  for (const [form, weight] of written) add(respell(form), weight * 0.96)
  return [...forms].map(([form, weight]) => ({ form, weight })).toSorted((a, b) => b.weight - a.weight)
}

function withoutSuffix(word: string): WordForm[] {
  const found: WordForm[] = [{ form: word, weight: 1 }]
  const strip = (from: string, weight: number): void => {
    for (const suffix of suffixes) {
      if (from.endsWith(suffix) && from.length - suffix.length >= leastStem) {
        found.push({ form: from.slice(0, -suffix.length), weight })
      }
    }
    for (const suffix of shortSuffixes) {
      const least = suffix === 'e' ? leastStem : leastStem + 1
      if (from.endsWith(suffix) && from.length - suffix.length >= least) {
        found.push({ form: from.slice(0, -suffix.length), weight: weight - 0.03 })
      }
    }
  }
  strip(word, 0.95)
  // "kobongane", "tawurane": one ending behind another.
  for (const { form } of found.slice(1)) if (form.length >= 5) strip(form, 0.86)
  return found
}

function withoutPrefix(word: string): string[] {
  const stems: string[] = []
  for (const prefix of plainPrefixes) {
    if (prefix.length > 1 && word.startsWith(prefix) && word.length - prefix.length >= leastStem) {
      stems.push(word.slice(prefix.length))
    }
  }
  for (const [nasal, firsts] of nasalPrefixes) {
    if (!nasal.test(word)) continue
    const rest = word.replace(nasal, '')
    for (const first of firsts) stems.push(first + rest)
  }
  return stems.filter((stem) => stem.length >= leastStem)
}

/** Spellings that people mix: a and o ("ula", "ulo"), f and v for p ("trafo", "travo"), a letter held too long. */
export function respell(word: string): string {
  return word
    .replace(/(.)\1+/g, '$1')
    .replace(/[fv]/g, 'p')
    .replace(/o/g, 'a')
}

/** The consonants of a word; what is left of it in hasty messages ("bnjr", "kbkrn"). */
export function consonants(word: string): string {
  return respell(word).replace(/[aiue]/g, '')
}

/** True for a word that was written with hardly a vowel. */
export function isVowelless(word: string): boolean {
  const vowels = word.replace(/[^aiueo]/g, '').length
  return word.length >= 3 && vowels <= word.length / 5
}
