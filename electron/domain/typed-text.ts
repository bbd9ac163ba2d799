// Text as a person typed or pasted it, without what nobody can see. Words, signs, emoji and markup stay as they are.

/** Characters that steer the direction of writing, and so make a text look like another one. */
const steering = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g

/** One line of typed text without characters that show nothing or turn the others around; words and signs stay as typed. */
export function typedLine(text: string): string {
  return text
    .replace(steering, '')
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
}

/** The same for text of several lines. Cleaning twice changes nothing. */
export function typedText(text: string): string {
  return text
    .replace(steering, '')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n]+/gu, ' ')
    .trim()
}
