// INVENTED borders for tests: wavy hexagons, one for each village code, in the box around Demak. No village looks like this.

type Given = {
  readonly codes: readonly string[]
  /** Property that holds the code. */
  readonly property?: string
  /** Points on each side of a hexagon. */
  readonly detail?: number
}
export type TestFeature = {
  type: string
  id?: unknown
  properties: Record<string, unknown> | null
  geometry: { type: string; coordinates: unknown } | null
}
export type TestCollection = { type: string; crs?: unknown; features: TestFeature[] }

const box = { west: 110.45, south: -7.1, width: 0.36, height: 0.34 }

/** A collection with one polygon for each code; neighbours share every point of their common side. */
export function inventedBorders({ codes, property = 'kode', detail = 6 }: Given): TestCollection {
  const columns = Math.ceil(Math.sqrt(codes.length))
  const rows = Math.ceil(codes.length / columns)
  const side = Math.min(box.width / (columns * 1.5 + 0.5), box.height / ((rows + 0.5) * Math.sqrt(3)))
  const features = codes.map((code, index): TestFeature => {
    const column = Math.floor(index / rows)
    // Up one column and down the next, so that villages of one district lie together.
    const row = column % 2 === 0 ? index % rows : rows - 1 - (index % rows)
    const x = box.west + side + column * side * 1.5
    const y = box.south + side + (row + (column % 2) / 2) * side * Math.sqrt(3)
    return {
      type: 'Feature',
      properties: { [property]: code, nama: `Karangan ${index + 1}` },
      geometry: { type: 'Polygon', coordinates: [hexagon({ x, y, side }, detail)] },
    }
  })
  return { type: 'FeatureCollection', features }
}

/** The text of a collection, one feature a line; the first feature stands in line 2. */
export function geoJsonText({ features, ...rest }: TestCollection): string {
  const head = Object.entries(rest).map(([key, value]) => `"${key}":${JSON.stringify(value)}`)
  return `{${head.join(',')},"features":[\n${features.map((feature) => JSON.stringify(feature)).join(',\n')}\n]}`
}

function hexagon({ x, y, side }: { x: number; y: number; side: number }, detail: number): number[][] {
  const corner = (n: number): [number, number] => {
    const angle = (n * Math.PI) / 3
    return [x + side * Math.cos(angle), y + side * Math.sin(angle)]
  }
  const ring = [0, 1, 2, 3, 4, 5].flatMap((n) => {
    const [ax, ay] = corner(n)
    const [bx, by] = corner(n + 1)
    return Array.from({ length: detail }, (_, at) => {
      const part = at / detail
      return waved(ax + (bx - ax) * part, ay + (by - ay) * part, side)
    })
  })
  return [...ring, ring[0] ?? [x, y]]
}

/** Moves a point by its place alone, so that both neighbours move it alike. */
function waved(lon: number, lat: number, side: number): number[] {
  const reach = side * 0.12
  const round = (value: number): number => Math.round(value * 1e6) / 1e6
  const x = Math.round(lon * 1e5) / 1e5
  const y = Math.round(lat * 1e5) / 1e5
  return [round(x + reach * Math.sin(y * 200 + x * 80)), round(y + reach * Math.sin(x * 240 - y * 110))]
}
