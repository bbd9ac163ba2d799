// The letters of the call classes and what a class asks of the operator. Codes are in call.ts, labels are reference data.
import { callClasses, incidentClasses, type CallClass } from './call.ts'

/** The second of the two keys (Ctrl+J, letter). */
export const callClassLetters: Readonly<Record<CallClass, string>> = {
  DARURAT: 'D',
  NONDARURAT: 'N',
  INFO: 'I',
  PRANK: 'P',
  GHOST: 'G',
  PUTUS: 'T',
  SALAH: 'S',
  COBA: 'U',
  LANJUT: 'L',
}

/** The class of a letter in either case, or null when no class has it. */
export function callClassOfLetter(letter: string): CallClass | null {
  const wanted = letter.toUpperCase()
  return callClasses.find((code) => callClassLetters[code] === wanted) ?? null
}

/** True when the class alone closes the record of a call: no incident form is needed. */
export function closesByClass(callClass: CallClass): boolean {
  return !incidentClasses.includes(callClass)
}
