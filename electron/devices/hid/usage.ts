// Names of the HID usages that telephony headsets and pedals use. A usage is its page times 65,536 plus its id.

/** `page << 16 | id`, always below 2^32. */
export type Usage = number

export const page = {
  desktop: 0x01,
  deviceControls: 0x06,
  led: 0x08,
  button: 0x09,
  telephony: 0x0b,
  consumer: 0x0c,
  digitizer: 0x0d,
  battery: 0x85,
} as const

/** Puts a page and an id together. */
export function usage(onPage: number, id: number): Usage {
  return onPage * 0x1_0000 + id
}

/** The page of a usage. */
export function pageOf(one: Usage): number {
  return Math.floor(one / 0x1_0000)
}

/** The id of a usage within its page. */
export function idOf(one: Usage): number {
  return one % 0x1_0000
}

/** Phone, handset, headset: the collections in which a telephone is steered. */
export const telephones: readonly Usage[] = [0x01, 0x04, 0x05].map((id) => usage(page.telephony, id))

/** "Programmable Button", the name under which telephones hide the reject button. */
export const programmableButton = usage(page.telephony, 0x07)
