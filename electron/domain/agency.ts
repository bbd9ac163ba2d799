// Which agencies an incident should go to and how each is told. Decides nothing for the operator and sends nothing.
import type { AgencyEntry, Target } from './reference.ts'
import type { Channel } from './relay.ts'
import type { Instant } from './time.ts'

/** An agency as this site knows it: reference data, overlaid by the site file. */
export type Agency = {
  readonly code: string
  readonly name: string
  /** In the order in which the site wants it told. */
  readonly channels: readonly Channel[]
  /** The number to dial; null = not known, and the health page says so. */
  readonly phone: string | null
  /** Codes of the districts or villages it covers; null = the whole regency. */
  readonly area: readonly string[] | null
  readonly units: readonly { readonly code: string; readonly name: string }[]
}

/** What a site file says of an agency; what is left out comes from the reference data. */
export type SiteAgency = {
  readonly code: string
  readonly name?: string | undefined
  readonly channels: readonly Channel[]
  readonly phone: string | null
  readonly area: readonly string[] | null
}

/**
 * The agencies that are switched on at a site. A site file without the list switches on all of the pack, by phone;
 * an agency that only the site knows is taken as it stands there.
 */
export function agencyDirectory(pack: readonly AgencyEntry[], site: readonly SiteAgency[] | undefined): Agency[] {
  const all = site ?? pack.map(({ code }) => ({ code, channels: ['phone'] as const, phone: null, area: null }))
  return all.map((own: SiteAgency) => {
    const entry = pack.find(({ code }) => code === own.code)
    return {
      code: own.code,
      name: own.name ?? entry?.name ?? own.code,
      channels: own.channels,
      phone: own.phone ?? entry?.shortNumber ?? null,
      area: own.area,
      units: entry?.units ?? [],
    }
  })
}

/** Where an incident is, as far as that is known. */
export type Whereabouts = { readonly villageCode: string | null; readonly districtCode: string | null }

/** An unknown place counts as covered: an agency told in vain is better than one that was not told. */
function covers(agency: Agency, where: Whereabouts): boolean {
  if (agency.area === null || (where.villageCode === null && where.districtCode === null)) return true
  const district = where.districtCode ?? where.villageCode?.split('.').slice(0, 3).join('.') ?? null
  return agency.area.some((code) => code === where.villageCode || code === district)
}

export type Recommendation = {
  readonly agency: Agency
  readonly part: 'lead' | 'support'
  /** Name of the unit that should hear of it, e.g. "Satlantas". */
  readonly unit: string | null
}

/**
 * The agencies to tell about an incident, lead first, each once. `missing` are the codes of the parts that no
 * agency of this site can take here, so that the screen can say it instead of leaving them out silently.
 */
export function recommendAgencies(
  type: { readonly lead: Target | null; readonly support: readonly Target[] },
  where: Whereabouts,
  directory: readonly Agency[],
): { recommended: Recommendation[]; missing: string[] } {
  const recommended: Recommendation[] = []
  const missing: string[] = []
  const targets = type.lead === null ? type.support : [type.lead, ...type.support]
  for (const target of targets) {
    const part = target === type.lead ? 'lead' : 'support'
    const able = firstAble(target, where, directory)
    if (able === null) missing.push(target.map(({ agency }) => agency).join('/'))
    else if (!recommended.some(({ agency }) => agency.code === able.agency.code)) recommended.push({ ...able, part })
  }
  return { recommended, missing }
}

function firstAble(
  target: Target,
  where: Whereabouts,
  directory: readonly Agency[],
): { agency: Agency; unit: string | null } | null {
  for (const { agency: wanted, unit } of target) {
    const agency = directory.find(({ code }) => code === wanted)
    if (agency === undefined || !covers(agency, where)) continue
    return { agency, unit: agency.units.find(({ code }) => code === unit)?.name ?? unit }
  }
  return null
}

/** What the desk last heard of the programs of an agency. */
export type AgencyLink = { readonly isOnline: boolean; readonly haveAt: Instant | null }

/** How long a `have` proves that an agency's program listens (ms). */
const haveFreshMs = 60_000

/** An agency is connected while its presence says online and its newest `have` is younger than 60 s. */
export function isConnected(link: AgencyLink, now: Instant): boolean {
  return link.isOnline && link.haveAt !== null && now - link.haveAt < haveFreshMs
}

/**
 * How an agency is told now: by message while it is connected and the site lets it, else by the first other channel
 * in the site's order. An agency with nothing but messages is phoned when they cannot reach it.
 */
export function chooseChannel(agency: Pick<Agency, 'channels'>, link: AgencyLink, now: Instant): Channel {
  if (agency.channels.includes('mqtt') && isConnected(link, now)) return 'mqtt'
  return agency.channels.find((channel) => channel !== 'mqtt') ?? 'phone'
}
