// Finds the coordinates that a map link or a geo: URI carries in its own text. Opens no link: a desk may have no network.

export type LinkRead =
  /** The part of the link that says where, to be read as text; `isView`: only the middle of the map that was shown. */
  | { readonly kind: 'text'; readonly text: string; readonly isView: boolean }
  | { readonly kind: 'short-link' | 'what3words' | 'place-link' | 'crs' }

const pair = /(-?\d{1,3}(?:\.\d+)?)\s*(?:,|~|;|%2c|\/|\s)\s*(-?\d{1,3}(?:\.\d+)?)/i
const precisePair = /(-?\d{1,3}\.\d{3,})(?:,|~|\/|_|\+|\s)+(-?\d{1,3}\.\d{3,})/

const at = (lat: string | undefined, lon: string | undefined, isView = false): LinkRead | null =>
  lat === undefined || lon === undefined ? null : { kind: 'text', text: `${lat}, ${lon}`, isView }

function pairIn(text: string | null | undefined, isView = false): LinkRead | null {
  const found = pair.exec(text ?? '')
  return at(found?.[1], found?.[2], isView)
}

/** A geo: URI (RFC 5870); telephones also write "geo:0,0?q=lat,lon(label)". Null when the text holds none. */
function readGeo(text: string): LinkRead | null {
  const found = /\bgeo:\s*([^\s]*)/i.exec(text)?.[1]
  if (found === undefined) return null
  const [path = '', query = ''] = found.split('?')
  const [position, ...parameters] = path.split(';')
  const crs = parameters.find((one) => /^crs=/i.test(one))
  if (crs !== undefined && !/^crs=wgs84$/i.test(crs)) return { kind: 'crs' }
  const asked = new URLSearchParams(query).get('q')
  const [lat, lon] = (position ?? '').split(',')
  if (asked !== null && Number(lat) === 0 && Number(lon) === 0) return pairIn(asked) ?? textOrPlace(asked)
  return at(lat, lon) ?? { kind: 'place-link' }
}

const shortHosts =
  /^(?:maps\.app\.goo\.gl|goo\.gl|g\.co|g\.page|bit\.ly|tinyurl\.com|s\.id|t\.co|cutt\.ly|is\.gd|osm\.org|maps\.apple|binged\.it|her\.is|share\.google|w\.tiny\.link|ow\.ly|rb\.gy|shorturl\.at)$/
const mapHosts =
  /(?:^|\.)(?:google\.[a-z.]+|waze\.com|openstreetmap\.org|osm\.org|apple\.com|bing\.com|yandex\.[a-z.]+|here\.com|wa\.me|whatsapp\.com|gojek\.com|grab\.com|mapcarta\.com|maps\.me)$/

/** Keys of a query that hold a position, the surest first. */
const positionKeys = [
  'q',
  'query',
  'll',
  'latlng',
  'daddr',
  'destination',
  'coordinate',
  'loc',
  'to',
  'navigate',
  'where1',
  'rtp',
  'sp',
  'address',
]
const viewKeys = ['center', 'sll', 'cp', 'cbll', 'viewpoint', 'map']

/** Reads the first link of a text; null when it holds none. */
export function readLink(text: string): LinkRead | null {
  const geo = readGeo(text)
  if (geo !== null) return geo
  if (/\/\/\/\s*\p{L}+[.．。]\p{L}+[.．。]\p{L}+/u.test(text)) return { kind: 'what3words' }
  const written =
    /(?:https?:\/\/|\b(?:www\.)?(?:[a-z0-9-]+\.)+(?:gl|com|org|co|co\.id|id|ly|apple|io)\/)[^\s<>]+/i.exec(text)?.[0]
  if (written === undefined) return null
  const url = URL.parse(/^https?:/i.test(written) ? written : `https://${written}`)
  return url === null ? null : readUrl(url)
}

function readUrl(url: URL): LinkRead | null {
  const host = url.hostname.replace(/^(?:www|m)\./, '')
  if (/(?:^|\.)(?:what3words\.com|w3w\.co|w3w\.io)$/.test(host)) return { kind: 'what3words' }
  const inner = innerLink(url)
  if (inner !== null) return inner
  const found = readPath(url, host) ?? readQuery(url, host) ?? readView(url) ?? pairAnywhere(url)
  if (found !== null) return found
  if (shortHosts.test(host) || (host === 'waze.com' && /^\/(?:ul|livemap)?\/?h/.test(url.pathname)))
    return { kind: 'short-link' }
  return mapHosts.test(host) ? { kind: 'place-link' } : null
}

/** A link inside a link: consent and redirection pages carry the real one. */
function innerLink(url: URL): LinkRead | null {
  for (const key of ['continue', 'link', 'url', 'u']) {
    const inner = url.searchParams.get(key)
    if (inner !== null && /^https?:\/\//i.test(inner)) return readLink(inner)
  }
  return null
}

/** What stands in the path and behind "!": the pin of a Google place, a search, a directions target. */
function readPath(url: URL, host: string): LinkRead | null {
  const path = decoded(url.pathname)
  const data = decoded(url.href)
  const pin = /!3d(-?\d+(?:\.\d+)?)!4d(-?\d+(?:\.\d+)?)/.exec(data)
  if (pin !== null) return at(pin[1], pin[2])
  const embedded = /!2d(-?\d+(?:\.\d+)?)!3d(-?\d+(?:\.\d+)?)/.exec(data)
  if (embedded !== null) return at(embedded[2], embedded[1])
  const named = /\/maps\/(?:place|search|dir\/[^/]*)\/([^/@]+)/.exec(path)?.[1]
  const said = named === undefined ? null : textOrPlace(named.replaceAll('+', ' '))
  if (said?.kind === 'text') return said
  if (host.endsWith('here.com')) return pairIn(/\/l\/(.*)/.exec(path)?.[1])
  return null
}

function readQuery(url: URL, host: string): LinkRead | null {
  const query = url.searchParams
  const mark = at(query.get('mlat') ?? undefined, query.get('mlon') ?? undefined)
  if (mark !== null) return mark
  if (query.has('lat')) return at(query.get('lat') ?? undefined, query.get('lon') ?? query.get('lng') ?? undefined)
  // Yandex writes the longitude first.
  const isLonFirst = /yandex\./.test(host)
  for (const key of isLonFirst ? ['pt', 'll'] : positionKeys) {
    const value = query.get(key)
    if (value === null) continue
    const said = textOrPlace(
      value
        .replace(/^(?:loc:|ll\.|pos\.|point\.|~)/i, '')
        .replaceAll('_', ' ')
        .replace('~', ','),
    )
    if (said.kind !== 'text') continue
    const found = isLonFirst ? pair.exec(value) : null
    return found === null ? said : at(found[2], found[1])
  }
  return null
}

/** The middle of the map: "@lat,lon,17z", "#map=17/lat/lon", cp=lat~lon. */
function readView(url: URL): LinkRead | null {
  const hash = /map=[\d.]+\/(-?[\d.]+)\/(-?[\d.]+)/.exec(decoded(url.hash))
  if (hash !== null) return at(hash[1], hash[2], true)
  const view = /@(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)/.exec(decoded(url.href))
  if (view !== null) return at(view[1], view[2], true)
  for (const key of viewKeys) {
    const found = pairIn(url.searchParams.get(key)?.replace('~', ','), true)
    if (found !== null) return found
  }
  return null
}

function pairAnywhere(url: URL): LinkRead | null {
  const found = precisePair.exec(decoded(url.href))
  return at(found?.[1], found?.[2])
}

/** Text with digits and signs of a position or a plus code is read on; a name alone cannot be looked up. */
function textOrPlace(text: string): LinkRead {
  const isPosition =
    pair.test(text) ||
    /\d\s*°/.test(text) ||
    /[2-9CFGHJMPQRVWX]{2,8}\+[2-9CFGHJMPQRVWX]{2,}/i.test(text.replaceAll(' ', '+'))
  if (!isPosition) return { kind: 'place-link' }
  // A plus that was read as a space: "4J4P 9C Demak".
  const mended = text.replace(/\b([2-9CFGHJMPQRVWX]{4}(?:[2-9CFGHJMPQRVWX]{4})?) ([2-9CFGHJMPQRVWX]{2,3})\b/i, '$1+$2')
  return { kind: 'text', text: mended, isView: false }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
