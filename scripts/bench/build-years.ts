// Builds the data folder of a desk with years of work, in a process of its own so that it can be stopped at any moment.
import { writeFileSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { buildFixture } from '#db/fixture/build.ts'
import { chainFormat, writeChainLine } from '#db/log/chain-line.ts'
import { copyFiles } from '#db/log/copy.ts'
import { openDatabase, type Db } from '#db/open.ts'
import { seedTrialOperators } from '../../electron/core/trial-operators.ts'
import { benchSite, deskKey, deskMember, sealedKey } from './desk-folder.ts'

const seed = 112

type LastOp = { readonly row: number; readonly origin: string; readonly seq: number; readonly bytes: Buffer }

/** The chain file of the second copy as if it had been kept all the time; nobody reads its beginning here. */
function writeChainEnd(db: Db, dir: string): void {
  const last = db
    .prepare('SELECT op AS row, origin, seq, bytes FROM op JOIN log USING (log) ORDER BY op DESC LIMIT 1')
    .get() as LastOp
  const { row, origin, seq } = last
  const line = writeChainLine({ row, origin, branch: 0, seq, op: last.bytes.toString('utf8'), seal: null })
  mkdirSync(dir, { recursive: true })
  writeFileSync(join(dir, copyFiles.chain), `${JSON.stringify({ format: chainFormat, site: benchSite })}\n${line}\n`)
}

const [folder = '', incidents = '0'] = process.argv.slice(2)
const file = join(folder, 'meja.db')
buildFixture({
  file,
  key: deskKey,
  migrations: resolve('db/migrations'),
  incidents: Number(incidents),
  seed,
  // The years end with the day of the build: what is open is from the last days.
  endMs: Date.now(),
  site: benchSite,
  member: deskMember,
  // Throws when nobody listens any more, which ends the build.
  onProgress: (share) => process.send?.(share),
})
const db = openDatabase({ file, key: deskKey })
await seedTrialOperators(db, false)
writeChainEnd(db, join(folder, 'copy'))
db.close()
writeFileSync(join(folder, 'desk.key'), sealedKey)
