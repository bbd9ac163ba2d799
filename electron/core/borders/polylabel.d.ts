// The one function of polylabel; the package brings no types.

/** The point inside a polygon (outer ring, holes) that is farthest from its edge. */
export default function polylabel(polygon: number[][][], precision?: number): [number, number]
