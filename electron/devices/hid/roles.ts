// What the controls of a device are for, out of its descriptor alone: buttons, lamps, pedals. No table of products.
import type { Descriptor, Field } from './descriptor.ts'
import { idOf, page, pageOf, programmableButton, telephones, usage, type Usage } from './usage.ts'

/** Telephony usages that are buttons or states of a headset; what the program does with each is decided elsewhere. */
const telephonyInputs = {
  0x20: 'hook',
  0x21: 'flash',
  0x23: 'hold',
  0x24: 'redial',
  0x26: 'drop',
  0x2a: 'line',
  0x2b: 'speaker',
  0x2f: 'mute',
  0x50: 'speed-dial',
  0x70: 'voice-mail',
  0x74: 'answer-on-off',
  0x97: 'line-busy',
} as const
const consumerInputs = { 0xe0: 'volume', 0xe2: 'speaker-mute', 0xe9: 'volume-up', 0xea: 'volume-down' } as const
const lampOutputs = {
  0x09: 'mute',
  0x17: 'off-hook',
  0x18: 'ring',
  0x19: 'message',
  0x1e: 'speaker',
  0x20: 'hold',
  0x21: 'microphone',
  0x2a: 'on-line',
} as const
/** Outputs that are not lamps but stand on the telephony page. */
const telephonyOutputs = { 0x9e: 'ringer' } as const

type ValueOf<T> = T[keyof T]
export type InputRole =
  | ValueOf<typeof telephonyInputs>
  | ValueOf<typeof consumerInputs>
  | 'reject'
  | 'keypad'
  | 'battery'
export type OutputRole = ValueOf<typeof lampOutputs> | ValueOf<typeof telephonyOutputs>

/** Where a control lies in its report. `values`: what an array element holds while the control is on (null otherwise). */
type Place = {
  readonly reportId: number
  readonly bit: number
  readonly size: number
  /** Elements of an array, all alike. */
  readonly count: number
  readonly values: readonly number[] | null
  readonly isRelative: boolean
  readonly isPreferred: boolean
  readonly logicalMin: number
  readonly logicalMax: number
}
export type Input = Place & { readonly role: InputRole; readonly kind: 'absolute' | 'toggle' | 'array' }
export type Output = Place & { readonly role: OutputRole }
/** A pedal, counted from 1 as its maker does. */
export type Pedal = Place & { readonly button: number; readonly kind: 'absolute' | 'toggle' | 'array' }
export type RoleMap = {
  readonly inputs: readonly Input[]
  readonly outputs: readonly Output[]
  readonly pedals: readonly Pedal[]
}

/** A usage that a field holds, with the number of its element (or of its value, in an array). */
type Found = { readonly usage: Usage; readonly index: number; readonly before: Usage | null }

const firstKey = 0xb0
const lastKey = 0xbf
const mostPedals = 32
/** Longer elements than this are data, not buttons (bits). */
const longestControl = 32

/** The roles of all controls, in the order of the descriptor. */
export function roleMap({ fields }: Descriptor): RoleMap {
  const inputs: Input[] = []
  const outputs: Output[] = []
  const pedals: Pedal[] = []
  for (const field of fields) {
    if (field.size > longestControl) continue
    if (field.kind === 'input') {
      inputs.push(...inputsOf(field))
      pedals.push(...pedalsOf(field))
    }
    if (field.kind === 'output') outputs.push(...outputsOf(field))
  }
  return { inputs: unique(inputs), outputs: unique(outputs), pedals: pedals.slice(0, mostPedals) }
}

/** A control that is named twice for the same bits is one control. */
function unique<T extends Input | Output>(controls: readonly T[]): T[] {
  const key = ({ role, reportId, bit, values }: T): string => `${role} ${reportId} ${bit} ${values?.join() ?? ''}`
  return [...new Map([...controls].reverse().map((one) => [key(one), one])).values()].reverse()
}

function inputsOf(field: Field): Input[] {
  const isTelephone = isOfTelephone(field)
  const found = search(field, isTelephone ? telephoneUsages : otherUsages, (one) => inputRole(one, field, isTelephone))
  const isKey = ({ role }: { role: InputRole }): boolean => role === 'keypad' && field.isArray
  const inputs = found.filter((one) => !isKey(one)).map((one) => inputOf(field, one.role, [one]))
  const keys = found.filter(isKey)
  return keys.length === 0 ? inputs : [...inputs, inputOf(field, 'keypad', keys)]
}

function inputOf(field: Field, role: InputRole, found: readonly Found[]): Input {
  return { role, kind: kindOf(field), ...placeOf(field, found) }
}

function isOfTelephone({ within }: Field): boolean {
  return within.some((one) => telephones.includes(one))
}

function inputRole({ usage: one, before }: Found, field: Field, isTelephone: boolean): InputRole | null {
  const id = idOf(one)
  switch (pageOf(one)) {
    case page.telephony:
      if (!isTelephone) return null
      if (id >= firstKey && id <= lastKey) return 'keypad'
      return one === programmableButton ? 'reject' : (own(telephonyInputs, id) ?? null)
    case page.button:
      return isTelephone && isReject(id, before, field) ? 'reject' : null
    case page.consumer:
      return own(consumerInputs, id) ?? null
    default:
      return one === batteryStrength || one === remainingCapacity ? 'battery' : null
  }
}

/** Button 7 is what is left of "programmable button" once the page has changed; button 1 only right after it. */
function isReject(id: number, before: Usage | null, { within }: Field): boolean {
  if (id === 7) return true
  return id === 1 && (before === programmableButton || before === buttonSeven || within.includes(programmableButton))
}

function outputsOf(field: Field): Output[] {
  if (!isOfTelephone(field)) return []
  return search(field, outputUsages, outputRole).map((one) => ({ role: one.role, ...placeOf(field, [one]) }))
}

function outputRole({ usage: one }: Found): OutputRole | null {
  const id = idOf(one)
  return (pageOf(one) === page.led ? own(lampOutputs, id) : own(telephonyOutputs, id)) ?? null
}

/** Buttons of a device that is neither telephone nor mouse, keyboard or touch pad. */
function pedalsOf(field: Field): Pedal[] {
  const { within } = field
  if (!within.some(mayHoldPedals) || within.some(isForOther)) return []
  return search(field, buttons, ({ usage: one }) => idOf(one)).map((one) => ({
    button: one.role,
    kind: kindOf(field),
    ...placeOf(field, [one]),
  }))
}

function mayHoldPedals(one: Usage): boolean {
  return pageOf(one) === page.consumer || pageOf(one) >= firstVendorPage || sticks.includes(one)
}

function isForOther(one: Usage): boolean {
  return [page.telephony, page.digitizer].some((other) => other === pageOf(one)) || handheld.includes(one)
}

function kindOf({ isArray, isRelative }: Field): Input['kind'] {
  if (isArray) return 'array'
  return isRelative ? 'toggle' : 'absolute'
}

function placeOf(field: Field, found: readonly Found[]): Place {
  const { reportId, size, count, isArray, isRelative, isPreferred, logicalMin, logicalMax } = field
  const [first] = found
  return {
    reportId,
    bit: field.bit + (isArray ? 0 : size * (first?.index ?? 0)),
    size,
    count: isArray ? count : 1,
    values: isArray ? found.map(({ index }) => arrayValue(field, index)) : null,
    isRelative,
    isPreferred,
    logicalMin,
    logicalMax,
  }
}

/** An element of one bit has no value of its own for "nothing": there, 1 is the first usage, whatever the range says. */
function arrayValue({ size, logicalMin }: Field, index: number): number {
  return size === 1 ? 1 : logicalMin + index
}

type FoundRole<R> = Found & { readonly role: R }

/**
 * Which of the wanted usages a field holds and what each is for. Ranges may be long, so the wanted are looked up in
 * them, not the other way round. A control with several names has the first role that any of them has.
 */
function search<R>(field: Field, wanted: readonly Usage[], roleOf: (one: Found) => R | null): FoundRole<R>[] {
  const found: FoundRole<R>[] = []
  const limit = field.isArray ? Infinity : field.count
  let first = 0
  let before: Usage | null = null
  for (const { from, to, others } of field.names) {
    if (first >= limit) break
    const inRange = wanted.filter((one) => one >= from && one <= to).sort((a, b) => a - b)
    const aliases = others.filter((one) => wanted.includes(one))
    const taken = new Set<number>()
    for (const one of [...inRange, ...aliases]) {
      const offset = one >= from && one <= to ? one - from : 0
      const index = first + offset
      const candidate = { usage: one, index, before: offset === 0 ? before : one - 1 }
      const role = index < limit && !taken.has(index) ? roleOf(candidate) : null
      if (role === null) continue
      taken.add(index)
      found.push({ ...candidate, role })
    }
    first += to - from + 1
    before = to
  }
  return field.isArray && field.size === 1 ? found.filter(({ index }) => index === found[0]?.index) : found
}

function own<T>(table: Readonly<Record<number, T>>, id: number): T | undefined {
  return Object.hasOwn(table, id) ? table[id] : undefined
}

const batteryStrength = usage(page.deviceControls, 0x20)
const remainingCapacity = usage(page.battery, 0x66)
const buttonSeven = usage(page.button, 7)
const firstVendorPage = 0xff00
/** Joystick and game pad: what a pedal calls itself when it has no better word. */
const sticks: readonly Usage[] = [0x04, 0x05].map((id) => usage(page.desktop, id))
/** Mouse, pointer, keyboard, keypad. */
const handheld: readonly Usage[] = [0x01, 0x02, 0x06, 0x07].map((id) => usage(page.desktop, id))
const ids = (table: object): number[] => Object.keys(table).map(Number)
const buttons = Array.from({ length: mostPedals }, (_, index) => usage(page.button, index + 1))
const otherUsages: readonly Usage[] = [
  ...ids(consumerInputs).map((id) => usage(page.consumer, id)),
  batteryStrength,
  remainingCapacity,
]
const telephoneUsages: readonly Usage[] = [
  ...otherUsages,
  ...ids(telephonyInputs).map((id) => usage(page.telephony, id)),
  programmableButton,
  ...Array.from({ length: lastKey - firstKey + 1 }, (_, index) => usage(page.telephony, firstKey + index)),
  usage(page.button, 1),
  usage(page.button, 7),
]
const outputUsages: readonly Usage[] = [
  ...ids(lampOutputs).map((id) => usage(page.led, id)),
  ...ids(telephonyOutputs).map((id) => usage(page.telephony, id)),
]
