// Writes an invented, labelled day as lines for `ask duplicates`: `node scripts/duplicate-day.ts NAME [SEED]`.
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { loadGazetteer } from '../electron/core/gazetteer.ts'
import { inventDay } from './duplicate-days/day.ts'
import { heldOutDays, tuningDays } from './duplicate-days/plans.ts'

const plans = [...tuningDays, ...heldOutDays]
const [name, seed] = process.argv.slice(2)
const plan = plans.find((one) => one.name === name)
if (plan === undefined || (seed !== undefined && !/^\d+$/.test(seed))) {
  process.stderr.write(`usage: node scripts/duplicate-day.ts ${plans.map((one) => one.name).join('|')} [SEED]\n`)
  process.exit(2)
}
const areas = dirname(createRequire(import.meta.url).resolve('idn-area-data/data/villages.csv'))
const { villages } = await loadGazetteer(areas, '33.21')
for (const report of inventDay(seed === undefined ? plan : { ...plan, seed: Number(seed) }, villages)) {
  process.stdout.write(`${JSON.stringify(report)}\n`)
}
