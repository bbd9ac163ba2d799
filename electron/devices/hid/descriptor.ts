// Reads a HID report descriptor: which bits of which report carry which usages. Accepts what the Linux kernel accepts.
import { readItems, type Item } from './items.ts'
import { usage, type Usage } from './usage.ts'

export const longestDescriptor = 4096
/** Bits of the longest report that the kernel takes (16 KiB). */
const longestReport = 16_384 * 8
const deepest = 256

/** A usage, or a range of them; `others` are aliases of the same control, less preferred. */
export type Named = { readonly from: Usage; readonly to: Usage; readonly others: readonly Usage[] }
export type ReportKind = 'input' | 'output' | 'feature'

/** What one Input, Output or Feature item describes: `count` elements of `size` bits, the first at `bit`. */
export type Field = {
  readonly kind: ReportKind
  /** 0 in a device without report ids, whose data has no id byte. */
  readonly reportId: number
  /** From the lowest bit of the first byte after the report id. */
  readonly bit: number
  readonly size: number
  readonly count: number
  /** An array element holds the number of a usage; otherwise each element has one usage of its own. */
  readonly isArray: boolean
  readonly isRelative: boolean
  /** False for a control that rests where it was put, as a switch does. */
  readonly isPreferred: boolean
  readonly logicalMin: number
  readonly logicalMax: number
  readonly names: readonly Named[]
  /** Usages of the collections around it, the outermost first. */
  readonly within: readonly Usage[]
}

export type Descriptor = {
  readonly fields: readonly Field[]
  readonly hasReportIds: boolean
  /** Bytes of a report without its id, by kind and id. */
  readonly lengths: Readonly<Record<ReportKind, ReadonlyMap<number, number>>>
  /** The usages of the outermost collections. */
  readonly collections: readonly Usage[]
}

export type DescriptorProblem =
  | 'empty'
  | 'too-long'
  | 'cut-off'
  | 'collections'
  | 'report-id'
  | 'report-size'
  | 'pop'
  | 'delimiter'
  | 'no-report'
export type ReadDescriptor =
  | { readonly ok: true; readonly descriptor: Descriptor }
  | { readonly ok: false; readonly problem: DescriptorProblem }

type Globals = {
  readonly page: number
  readonly logicalMin: number
  /** Signed only when the minimum is: both readings are kept until then. */
  readonly logicalMax: Pick<Item, 'signed' | 'unsigned'>
  readonly size: number
  readonly count: number
  readonly reportId: number
}
/** A usage as it was written: 4 bytes bring their own page, fewer take the page of the item they belong to. */
type Written = { from: number; to: number; page: number; hasOwnPage: boolean; others: Written[] }
type Locals = { names: Written[]; min: Item | null; max: Item | null; isInSet: boolean; isSetNamed: boolean }

const startGlobals: Globals = {
  page: 0,
  logicalMin: 0,
  logicalMax: { signed: 0, unsigned: 0 },
  size: 0,
  count: 0,
  reportId: 0,
}
const noLocals = (): Locals => ({ names: [], min: null, max: null, isInSet: false, isSetNamed: false })
const mainTags: Readonly<Record<number, ReportKind>> = { 8: 'input', 9: 'output', 11: 'feature' }

/** Reads the bytes; says what is wrong with those that no kernel would take. Never throws. */
export function readDescriptor(bytes: Uint8Array): ReadDescriptor {
  if (bytes.length === 0) return { ok: false, problem: 'empty' }
  if (bytes.length > longestDescriptor) return { ok: false, problem: 'too-long' }
  const items = readItems(bytes)
  if (items === null) return { ok: false, problem: 'cut-off' }
  return new Reader().read(items)
}

class Reader {
  #globals = startGlobals
  readonly #stack: Globals[] = []
  #locals = noLocals()
  readonly #within: Usage[] = []
  readonly #fields: Field[] = []
  readonly #collections: Usage[] = []
  readonly #bits = {
    input: new Map<number, number>(),
    output: new Map<number, number>(),
    feature: new Map<number, number>(),
  }
  #hasReportIds = false

  read(items: readonly Item[]): ReadDescriptor {
    for (const item of items) {
      const problem = this.#take(item)
      if (problem !== null) return { ok: false, problem }
    }
    if (this.#within.length > 0) return { ok: false, problem: 'collections' }
    const kinds = Object.values(this.#bits)
    if (kinds.every((bits) => bits.size === 0)) return { ok: false, problem: 'no-report' }
    const [input, output, feature] = kinds.map(
      (bits) => new Map([...bits].map(([id, count]) => [id, Math.ceil(count / 8)] as const)),
    )
    const none = new Map<number, number>()
    return {
      ok: true,
      descriptor: {
        fields: this.#fields,
        hasReportIds: this.#hasReportIds,
        lengths: { input: input ?? none, output: output ?? none, feature: feature ?? none },
        collections: this.#collections,
      },
    }
  }

  #take(item: Item): DescriptorProblem | null {
    if (item.kind === 'global') return this.#global(item)
    if (item.kind === 'local') return this.#local(item)
    return item.kind === 'main' ? this.#main(item) : null
  }

  #global({ tag, unsigned, signed }: Item): DescriptorProblem | null {
    const now = this.#globals
    switch (tag) {
      case 0:
        this.#globals = { ...now, page: unsigned % 0x1_0000 }
        return null
      case 1:
        this.#globals = { ...now, logicalMin: signed }
        return null
      case 2:
        this.#globals = { ...now, logicalMax: { signed, unsigned } }
        return null
      case 7:
        this.#globals = { ...now, size: unsigned }
        return null
      case 8:
        if (unsigned === 0 || unsigned > 255) return 'report-id'
        this.#hasReportIds = true
        this.#globals = { ...now, reportId: unsigned }
        return null
      case 9:
        this.#globals = { ...now, count: unsigned }
        return null
      case 10:
        if (this.#stack.length >= deepest) return 'pop'
        this.#stack.push(now)
        return null
      case 11: {
        const before = this.#stack.pop()
        if (before === undefined) return 'pop'
        this.#globals = before
        return null
      }
      default:
        return null
    }
  }

  #local(item: Item): DescriptorProblem | null {
    const locals = this.#locals
    switch (item.tag) {
      case 0:
        this.#name(this.#written(item, item))
        return null
      case 1:
        locals.min = item
        break
      case 2:
        locals.max = item
        break
      case 10:
        if ((item.unsigned !== 0) === locals.isInSet) return 'delimiter'
        locals.isInSet = item.unsigned !== 0
        locals.isSetNamed = false
        return null
      default:
        return null
    }
    if (locals.min !== null && locals.max !== null) {
      this.#name(this.#written(locals.min, locals.max))
      locals.min = null
      locals.max = null
    }
    return null
  }

  #written(min: Item, max: Item): Written {
    const hasOwnPage = min.size === 4
    const page = hasOwnPage ? Math.floor(min.unsigned / 0x1_0000) : this.#globals.page
    return { from: min.unsigned % 0x1_0000, to: max.unsigned % 0x1_0000, page, hasOwnPage, others: [] }
  }

  /** Adds a control; within a delimited set only the first is one, the others are its aliases. */
  #name(written: Written): void {
    const locals = this.#locals
    if (written.to < written.from) return
    if (!locals.isInSet || !locals.isSetNamed) locals.names.push(written)
    else locals.names.at(-1)?.others.push(written)
    locals.isSetNamed = locals.isInSet
  }

  /**
   * Usages take the page that is in force at the main item, from the last one backwards as far as one has it already:
   * so a list may also change its page on the way. This is what Linux does.
   */
  #named(): Named[] {
    const { page } = this.#globals
    const { names } = this.#locals
    for (const written of names.flatMap((one) => [one, ...one.others]).reverse()) {
      if (written.hasOwnPage) continue
      if (written.page === page) break
      written.page = page
    }
    return names.map((one) => ({
      from: usage(one.page, one.from),
      to: usage(one.page, one.to),
      others: one.others.map((other) => usage(other.page, other.from)),
    }))
  }

  #main({ tag, unsigned }: Item): DescriptorProblem | null {
    const names = this.#named()
    this.#locals = noLocals()
    const kind = mainTags[tag]
    if (kind !== undefined) return this.#field(kind, unsigned, names)
    if (tag === 10) {
      const own = names[0]?.from ?? 0
      if (this.#within.length >= deepest) return 'collections'
      if (this.#within.length === 0) this.#collections.push(own)
      this.#within.push(own)
    }
    return tag === 12 && this.#within.pop() === undefined ? 'collections' : null
  }

  #field(kind: ReportKind, flags: number, names: readonly Named[]): DescriptorProblem | null {
    const { size, count, reportId, logicalMin, logicalMax } = this.#globals
    const bits = this.#bits[kind]
    const bit = bits.get(reportId) ?? 0
    const end = bit + size * count
    if (end > longestReport) return 'report-size'
    bits.set(reportId, end)
    const isConstant = (flags & 1) !== 0
    if (isConstant || names.length === 0 || size === 0 || count === 0) return null
    this.#fields.push({
      kind,
      reportId,
      bit,
      size,
      count,
      isArray: (flags & 2) === 0,
      isRelative: (flags & 4) !== 0,
      isPreferred: (flags & 0x20) === 0,
      logicalMin,
      logicalMax: logicalMin < 0 ? logicalMax.signed : logicalMax.unsigned,
      names,
      within: [...this.#within],
    })
    return null
  }
}
