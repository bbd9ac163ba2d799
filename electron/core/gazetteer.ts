// Loads the villages and districts of one regency out of the open area data (ODbL). Searches nothing.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { soundText } from '#domain/name-sound.ts'
import { villageKind, type Elsewhere, type Gazetteer } from '#domain/place.ts'

/** Rows of a two- or three-column table whose code stands under `under`; names may hold commas inside quotes. */
function rowsUnder(table: string, under: string): { code: string; parent: string; name: string }[] {
  const rows: { code: string; parent: string; name: string }[] = []
  const mark = `\n${under}`
  for (let at = table.indexOf(mark); at >= 0; at = table.indexOf(mark, at + 1)) {
    const end = table.indexOf('\n', at + 1)
    const line = table.slice(at + 1, end < 0 ? undefined : end).trimEnd()
    const [code = '', parent = '', ...rest] = line.split(',')
    rows.push({
      code,
      parent,
      name: rest
        .join(',')
        .replace(/^"(.*)"$/, '$1')
        .replaceAll('""', '"'),
    })
  }
  return rows
}

/**
 * Reads `regencies.csv`, `districts.csv` and `villages.csv` from the folder of the area data for one regency, given
 * by its Ministry of Home Affairs code ("33.21"). Throws an Error in the operator's words when the regency is not in it.
 */
export async function loadGazetteer(folder: string, regency: string): Promise<Gazetteer> {
  const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8')
  const [regencies, districtTable, villageTable] = await Promise.all([
    read('regencies.csv'),
    read('districts.csv'),
    read('villages.csv'),
  ])
  const own = rowsUnder(regencies, `${regency},`)[0]
  if (own === undefined) throw new Error(`kabupaten/kota dengan kode ${regency} tidak ada di data wilayah`)
  const districts = rowsUnder(districtTable, `${regency}.`).map(({ code, name }) => ({ code, name }))
  const nameOf = new Map(districts.map(({ code, name }) => [code, name]))
  const villages = rowsUnder(villageTable, `${regency}.`).map(({ code, parent, name }) => ({
    code,
    name,
    district: nameOf.get(parent) ?? parent,
    districtCode: parent,
    kind: villageKind(code),
  }))
  const elsewhere = elsewhereOf({ regencies, districts: districtTable, villages: villageTable }, regency)
  return { regency: { code: own.code, name: own.name }, districts, villages, elsewhere }
}

/**
 * Every other regency and district of the country and the villages of the same province, as they sound.
 */
function elsewhereOf(tables: Tables, regency: string): Elsewhere {
  const [province = ''] = regency.split('.')
  const own = `${regency}.`
  const outside = (table: string, under: string): string[] =>
    rowsUnder(table, under).flatMap(({ code, name }) =>
      code === regency || code.startsWith(own) ? [] : [placeSound(name)],
    )
  return {
    regencies: [...new Set(outside(tables.regencies, ''))],
    others: [...new Set([...outside(tables.districts, ''), ...outside(tables.villages, `${province}.`)])],
  }
}

/** "Kabupaten Kudus" and "Kudus" are the same to who asks for a place. */
function placeSound(name: string): string {
  return soundText(name.replace(/^(?:Kabupaten|Kota)( Adm\.?| Administrasi)? /, ''))
}

type Tables = { readonly regencies: string; readonly districts: string; readonly villages: string }
