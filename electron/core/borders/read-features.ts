// Takes a GeoJSON text apart: its features with the line each begins at, or why it is none. Looks at no geometry.
import { visit } from 'jsonc-parser'
import type { BorderProblem } from '#domain/borders.ts'

/** A feature as it stands in the file; nothing of it is trusted. */
export type RawFeature = {
  readonly value: unknown
  /** 1-based. */
  readonly line: number
}
export type ReadFeatures =
  | { readonly ok: true; readonly features: readonly RawFeature[] }
  | { readonly ok: false; readonly problems: readonly BorderProblem[] }

/** RFC 7946 knows only WGS 84; older files name it. */
const wgs84 = /(?:CRS84|EPSG:{1,2}4326)$/i

const refuse = (kind: BorderProblem['kind'], line: number | null, read: string): ReadFeatures => ({
  ok: false,
  problems: [{ kind, line, feature: null, read }],
})

/** Reads a text. Never throws. */
export function readFeatures(text: string): ReadFeatures {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return refuse('notJson', errorLine(text), '')
  }
  if (!isRecord(json) || json['type'] !== 'FeatureCollection' || !Array.isArray(json['features'])) {
    return refuse('notCollection', 1, shown(isRecord(json) ? json['type'] : json))
  }
  const crs = crsName(json['crs'])
  if (crs !== null && !wgs84.test(crs)) return refuse('otherCrs', lineOfKey(text, 'crs'), shown(crs))
  const features: readonly unknown[] = json['features']
  if (features.length === 0) return refuse('noFeatures', 1, '')
  const lines = featureLines(text)
  return { ok: true, features: features.map((value, index) => ({ value, line: lines[index] ?? 1 })) }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What was read, short enough for a line on the screen. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? typeof value)
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}

function crsName(crs: unknown): string | null {
  if (crs === undefined || crs === null) return null
  const name = isRecord(crs) && isRecord(crs['properties']) ? crs['properties']['name'] : null
  return typeof name === 'string' ? name : shown(crs)
}

class Found extends Error {}

/** The line of the first thing that is no JSON. */
function errorLine(text: string): number {
  let line = 1
  try {
    visit(
      text,
      {
        onError: (_code, _offset, _length, startLine) => {
          line = startLine + 1
          throw new Found()
        },
      },
      { disallowComments: true, allowTrailingComma: false },
    )
  } catch (error) {
    if (!(error instanceof Found)) throw error
  }
  return line
}

/** Lines of the objects right inside the array under the top key `features`. */
function featureLines(text: string): number[] {
  const lines: number[] = []
  let depth = 0
  let isWanted = false
  visit(text, {
    onObjectProperty: (name) => {
      if (depth === 1) isWanted = name === 'features'
    },
    onArrayBegin: () => void (depth += 1),
    onArrayEnd: () => void (depth -= 1),
    onObjectBegin: (_offset, _length, line) => {
      if (isWanted && depth === 2) lines.push(line + 1)
      depth += 1
    },
    onObjectEnd: () => void (depth -= 1),
  })
  return lines
}

function lineOfKey(text: string, key: string): number {
  let found = 1
  let depth = 0
  visit(text, {
    onObjectBegin: () => void (depth += 1),
    onObjectEnd: () => void (depth -= 1),
    onObjectProperty: (name, _offset, _length, line) => {
      if (depth === 1 && name === key) found = line + 1
    },
  })
  return found
}
