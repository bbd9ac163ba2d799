// Telephone numbers: how they are kept (E.164), shown and masked. Dials nothing.
import { parsePhoneNumberFromString } from 'libphonenumber-js/min'

/**
 * The form in which a number is kept and compared: E.164 when it is a possible number, else the digits as they came
 * (short numbers, extensions). Null when there is no number: withheld, or text without digits.
 */
export function keptNumber(raw: string | null): string | null {
  if (raw === null) return null
  const digits = raw.replace(/\D/g, '')
  if (digits === '' || /[a-z]/i.test(raw)) return null
  const parsed = parsePhoneNumberFromString(raw, 'ID')
  return parsed?.isPossible() === true ? parsed.number : digits
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
