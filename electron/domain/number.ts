// Telephone numbers: what an exchange or a person wrote is read, kept (E.164), shown and masked. Dials nothing.
import { parsePhoneNumberFromString, type PhoneNumber } from 'libphonenumber-js/min'

/** number: can be dialled from anywhere; short: a service or an extension; the rest are no numbers, each for its own reason. */
export type NumberKind = 'number' | 'short' | 'withheld' | 'unavailable' | 'invalid'

export type ReadNumber = {
  readonly kind: NumberKind
  /** "+6281200004486"; null for everything but `number`. */
  readonly e164: string | null
  /** How a number is written on the screen; empty when there is none. What is invalid stands as it came. */
  readonly display: string
}

/** Words that exchanges, telephones and people write for a caller who hides the number. */
const withheldWords =
  /^(?:anonymous|anonim|restricted|private|pribadi|withheld|hidden|blocked|secret|rahasia|dirahasiakan|tersembunyi|disembunyikan|disembunyiin|clir|p)$/
/** The same for a number that nobody knows, the exchange included. */
const unavailableWords =
  /^(?:unavailable|unknown|tidak diketahui|tidak dikenal|tidak tersedia|tidak ada|tanpa nomor|tak dikenal|out of area|not available|no number|none|null|undefined|nihil|na|n a|o|payphone|coin line payphone|asterisk|)$/

/** Words around those, of no meaning of their own: "Private number", "no caller ID", "nomor pribadi". */
const aroundWords = /\b(?:number|caller|call|id|nomor|nomer|no|nomornya|yang|telepon|penelepon)\b/g

function wordKind(text: string): 'withheld' | 'unavailable' | null {
  const plain = text
    .toLowerCase()
    .replace(/[^a-z]+/g, ' ')
    .trim()
  if (/^no caller id$/.test(plain)) return 'withheld'
  for (const word of [plain, plain.replace(aroundWords, ' ').replace(/ +/g, ' ').trim()]) {
    if (withheldWords.test(word)) return 'withheld'
    if (unavailableWords.test(word)) return 'unavailable'
  }
  return null
}

/** The part of a SIP or telephone URI that names somebody; other text stays as it is. */
function userPart(text: string): string {
  const address = /<([^<>]*)>/.exec(text)?.[1] ?? text
  const uri = /^(sips?|tel|callto|whatsapp|wa):(?:\/\/)?(.*)$/i.exec(address.trim())
  const rest = uri?.[2] ?? address.trim()
  const isSip = uri === null ? /^[^\s@]+@[^\s@]+$/.test(rest) : /^sips?$/i.test(uri[1] ?? '')
  if (uri === null && !isSip) return text
  const [user = ''] = rest.split(/[@;?]/)
  return decoded(user)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** One kind of digits and no characters that only steer the direction of writing or show nothing. */
function cleaned(raw: string): string {
  return raw
    .normalize('NFKC')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .trim()
}

/**
 * The country code in front, as libphonenumber needs it. Nobody dials an Indonesian area code without its zero, so
 * digits that begin with 62 carry the country code although the plus is missing.
 */
function withCountry(text: string): string {
  const digits = text.replace(/\D/g, '')
  const hasPlus = /^[^\d+]*\+/.test(text)
  if (hasPlus) return text
  if (/^00(?!0)[^178]/.test(digits)) return `+${digits.slice(2)}`
  return digits.startsWith('62') && digits.length >= 9 ? `+${digits}` : text
}

function dialable(text: string): PhoneNumber | null {
  const written = withCountry(text)
  const direct = parsePhoneNumberFromString(written, 'ID')
  // Numbers abroad behind 00: the library takes 001, 007 and 008 for prefixes of carriers, and then for local digits.
  const isAbroad = direct?.nationalNumber.startsWith('00') === true
  const parsed = isAbroad ? parsePhoneNumberFromString(`+${written.replace(/\D/g, '').slice(2)}`) : direct
  if (parsed === undefined) return null
  const isOwn = parsed.countryCallingCode === '62'
  if (!(isOwn ? parsed.isValid() : parsed.isPossible())) return null
  // Without a zero or a country code only a mobile number is complete; others lack their area code.
  const isComplete = !isOwn || /^[^\d+]*[+0]/.test(written) || /^8\d{8,11}$/.test(parsed.nationalNumber)
  return isComplete ? parsed : null
}

/** Services (110 to 119, 123, 147, 14xxx, 1500xxx) and extensions; a leading zero belongs to an area code. */
const shortNumber = /^(?:[1-9]\d{2,4}|1500\d{3})$/
/** No number and no extension carries other letters than these. */
const foreignLetters = /[a-z]/i
const extension = /(?:ext|ekstensi|pesawat|pes|x)\.?\s*\d{1,6}$/i

/** Reads a number as it came from an exchange (digits, SIP and telephone URIs, words) or as a person typed it. Never throws. */
export function readNumber(raw: string | null): ReadNumber {
  const text = cleaned(userPart(cleaned(raw ?? '').slice(0, 300)))
  const word = wordKind(text)
  if (word !== null && !/\d/.test(text)) return { kind: word, e164: null, display: '' }
  const invalid: ReadNumber = { kind: 'invalid', e164: null, display: text }
  if (foreignLetters.test(text.replace(extension, ''))) return invalid
  const digits = text.replace(/\D/g, '')
  const service = digits.replace(/^62(?=1\d{2,4}$)/, '')
  if (shortNumber.test(service) && (!text.includes('+') || service !== digits)) {
    return { kind: 'short', e164: null, display: service }
  }
  const parsed = dialable(text)
  return parsed === null ? invalid : { kind: 'number', e164: parsed.number, display: shownNumber(parsed.number) }
}

/**
 * The form in which a number is kept and compared: E.164 when it can be dialled, else the digits as they came
 * (short numbers, extensions, numbers without their area code). Null when there is no number: withheld, or text.
 */
export function keptNumber(raw: string | null): string | null {
  const { kind, e164, display } = readNumber(raw)
  if (e164 !== null) return e164
  if (kind === 'withheld' || kind === 'unavailable' || /[^\d\s().+-]/.test(display)) return null
  const digits = display.replace(/\D/g, '')
  return digits === '' ? null : digits
}

/**
 * A number that a person typed, as it is kept: null for none or a withheld one, undefined for what can be no number. Local
 * numbers without their area code are taken as they are.
 */
export function typedNumber(raw: string): string | null | undefined {
  const kept = keptNumber(raw)
  const { kind } = readNumber(raw)
  if (kept === null) {
    const isWord = (kind === 'withheld' || kind === 'unavailable') && /[a-z]/i.test(raw)
    return isWord || raw.trim() === '' ? null : undefined
  }
  return kind !== 'invalid' || /^\d{5,15}$/.test(kept) ? kept : undefined
}

/** "0812-0000-4486", "(0291) 685877", "+1 555 123 4567", "112"; what is no number is shown as it came. */
export function shownNumber(kept: string): string {
  const parsed = parsePhoneNumberFromString(kept, 'ID')
  if (parsed?.isPossible() !== true) return kept
  return parsed.country === 'ID' || parsed.countryCallingCode === '62'
    ? parsed.formatNational()
    : parsed.formatInternational()
}

/** The shown number with its middle hidden, for roles that need not know it: "0812-••••-•486". */
export function maskedNumber(kept: string): string {
  const shown = shownNumber(kept)
  const digits = shown.replace(/\D/g, '').length
  const from = digits > 7 ? 4 : 1
  const to = digits > 7 ? digits - 3 : digits
  let place = 0
  return shown.replace(/\d/g, (digit) => {
    place += 1
    return place > from && place <= to ? '•' : digit
  })
}
