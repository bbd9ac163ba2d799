// What a measured desk is made of: its name, its key, and a data folder with years of work that is built once and kept.
import { fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { rulesVersion } from '#db/apply/rebuild.ts'
import { cacheFolder, makeOnce } from '../setup/cache.mjs'
import { root } from '../setup/setup.mjs'

export const benchSite = 'demak-uji'
export const deskMember = 'B'
/** The database key of every measured desk, 64 hex digits. */
export const deskKey = '11'.repeat(32)
/** The file `desk.key` as the key store of key-store.cjs would have sealed it: not at all. */
export const sealedKey = JSON.stringify({ version: 1, sealed: Buffer.from(deskKey).toString('base64') })

/** Changes when a folder that was built before would not be built the same, or would first have to be brought up to date. */
function recipe(): string {
  const hash = createHash('sha256').update(`rules ${rulesVersion}`)
  for (const folder of ['db/migrations', 'db/fixture']) {
    const names = readdirSync(join(root, folder)).filter((name) => !name.endsWith('.test.ts'))
    for (const name of names.sort()) hash.update(readFileSync(join(root, folder, name)))
  }
  return hash.digest('hex').slice(0, 12)
}

function build(folder: string, incidents: number, say: (text: string) => void): Promise<void> {
  return new Promise((settle, reject) => {
    const child = fork(join(root, 'scripts', 'bench', 'build-years.ts'), [folder, String(incidents)], { cwd: root })
    const end = (): void => void child.kill()
    process.once('exit', end)
    let said = 0
    child.on('message', (share) => {
      if (typeof share !== 'number' || share < said + 0.05) return
      said = share
      say(`building ${incidents} incidents: ${Math.round(share * 100)} %`)
    })
    child.once('exit', (code) => {
      process.off('exit', end)
      if (code === 0) settle()
      else reject(new Error(`building the years of work ended with code ${code}`))
    })
  })
}

/** The kept folder with so many incidents over three years; built when it is not there, all of it or nothing. */
export async function yearsFolder(incidents: number, say: (text: string) => void): Promise<string> {
  const folder = join(cacheFolder(), 'bench', `years-${incidents}-${recipe()}`)
  await makeOnce(
    folder,
    (building) => build(building, incidents, say),
    () => say('another run is building the years of work; waiting'),
  )
  return folder
}

/** A copy of the kept folder in `dir`, to be worked in. */
export async function copyOfYears(incidents: number, dir: string, say: (text: string) => void): Promise<void> {
  const folder = await yearsFolder(incidents, say)
  say(`copying the desk with ${incidents} incidents`)
  await cp(folder, dir, { recursive: true })
}
