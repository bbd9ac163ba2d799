// No pin covers another and none hangs over the edge; a name gives way to both.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isCovering, layNames, layPins } from './lay-out.ts'

const map = { width: 600, height: 300 }
const wanted = fc.array(
  fc.record({
    item: fc.nat(),
    x: fc.integer({ min: -50, max: 650 }),
    y: fc.integer({ min: -50, max: 350 }),
    width: fc.integer({ min: 40, max: 90 }),
    height: fc.constant(24),
  }),
  { maxLength: 60 },
)
const isFree = (boxes: readonly { box: Parameters<typeof isCovering>[0] }[]): boolean =>
  boxes.every(({ box }, at) => boxes.slice(at + 1).every((other) => !isCovering(box, other.box)))

it('lays pins apart, inside the map, and counts every one that found no room', () => {
  fc.assert(
    fc.property(wanted, (all) => {
      const { pins, hidden } = layPins(all, map)
      const onMap = all.filter(({ x, y }) => x >= 0 && y >= 0 && x <= 600 && y <= 300)
      expect(pins.length + hidden).toBe(onMap.length)
      expect(isFree(pins)).toBe(true)
      for (const { box } of pins) {
        expect([box.x >= 0, box.y >= 0, box.x + box.width <= 600, box.y + box.height <= 300]).not.toContain(false)
      }
    }),
  )
})

it('puts the first pin at its place and the next ones of that place around it', () => {
  const one = { x: 300, y: 150, width: 80, height: 24 }
  const { pins, hidden } = layPins(
    [1, 2, 3, 4, 5, 6, 7, 8, 9].map((item) => ({ ...one, item })),
    map,
  )
  expect(pins[0]).toEqual({ item: 1, box: { x: 260, y: 138, width: 80, height: 24 } })
  expect(pins).toHaveLength(7)
  expect(hidden).toBe(2)
})

it('leaves a name out that would cover a pin or another name', () => {
  fc.assert(
    fc.property(wanted, wanted, (pinned, named) => {
      const { pins } = layPins(pinned, map)
      const names = layNames(
        named,
        pins.map(({ box }) => box),
        map,
      )
      expect(isFree([...pins, ...names])).toBe(true)
    }),
  )
})
