// Lets pins and names stand beside each other instead of on top of each other. Works on pixels and draws nothing.
import type { Size } from './plane.ts'

export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
/** Something with a middle on the screen and the size of its text. */
export type Wanted<Item> = {
  readonly item: Item
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
export type Laid<Item> = { readonly item: Item; readonly box: Box }

/** Where a pin may stand that others cover: rows below and above its place, the nearest first. More are only counted. */
const rows = [0, 1, -1, 2, -2, 3, -3]

/** True when two boxes cover each other. */
export function isCovering(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

/**
 * Pins in the order of their weight: each at its place, else in a free row near it. `hidden` counts those that found
 * no room; pins outside the map are in neither.
 */
export function layPins<Item>(
  wanted: readonly Wanted<Item>[],
  map: Size,
): { readonly pins: readonly Laid<Item>[]; readonly hidden: number } {
  const pins: Laid<Item>[] = []
  let hidden = 0
  for (const one of wanted) {
    if (!isOnMap(one, map)) continue
    const box = inside(boxOf(one), map)
    const free = rows
      .map((row) => ({ ...box, y: box.y + row * (box.height + 2) }))
      .find((row) => isWhole(row, map) && pins.every((other) => !isCovering(other.box, row)))
    if (free === undefined) hidden += 1
    else pins.push({ item: one.item, box: free })
  }
  return { pins, hidden }
}

/** Names that cover neither a taken box nor a name before them. */
export function layNames<Item>(
  wanted: readonly Wanted<Item>[],
  taken: readonly Box[],
  map: Size,
): readonly Laid<Item>[] {
  const names: Laid<Item>[] = []
  for (const one of wanted) {
    const box = boxOf(one)
    const isFree = [...taken, ...names.map((name) => name.box)].every((other) => !isCovering(other, box))
    if (isFree && isWhole(box, map)) names.push({ item: one.item, box })
  }
  return names
}

function boxOf({ x, y, width, height }: Wanted<unknown>): Box {
  return { x: x - width / 2, y: y - height / 2, width, height }
}

/** The box moved so far that all of it is on the map. */
function inside(box: Box, { width, height }: Size): Box {
  const x = Math.max(0, Math.min(box.x, width - box.width))
  const y = Math.max(0, Math.min(box.y, height - box.height))
  return { ...box, x, y }
}

function isOnMap({ x, y }: Wanted<unknown>, { width, height }: Size): boolean {
  return x >= 0 && y >= 0 && x <= width && y <= height
}

function isWhole({ x, y, width, height }: Box, map: Size): boolean {
  return x >= 0 && y >= 0 && x + width <= map.width && y + height <= map.height
}
