// Reads the site file and keeps the last good one in force. Connects to nothing and changes no setting itself.
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { siteSchema, type Site } from '#domain/site.ts'
import { checkYaml, problemText, type Checked } from './checked-yaml.ts'

/** Checks the text of a site file, YAML or JSON. */
export function parseSite(text: string): Checked<Site> {
  return checkYaml(text, siteSchema)
}

export type LoadedSite = {
  /** Null only when neither the file nor an earlier good one can be used. */
  readonly site: Site | null
  readonly from: 'file' | 'last-good' | 'none'
  /** What is wrong with the file, one sentence each, in the words of the person who edits it. */
  readonly problems: readonly string[]
}

/**
 * Loads the site file. A good one is copied to `lastGood`; while the file is wrong or gone, the copy stays in force
 * and the problems are told. Never throws.
 */
export async function loadSite(file: string, lastGood: string): Promise<LoadedSite> {
  const found = await readChecked(file)
  if (found.site !== null) {
    const problems = await keep(found.text, lastGood)
    return { site: found.site, from: 'file', problems }
  }
  const before = await readChecked(lastGood)
  return before.site === null
    ? { site: null, from: 'none', problems: found.problems }
    : { site: before.site, from: 'last-good', problems: found.problems }
}

type Read = { site: Site; text: string } | { site: null; problems: readonly string[] }

async function readChecked(file: string): Promise<Read> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'tidak ada' : 'tidak dapat dibaca'
    return {
      site: null,
      problems: [`${file}: berkas pusat ${why}; yang boleh: berkas YAML atau JSON yang dapat dibaca`],
    }
  }
  const checked = parseSite(text)
  if (checked.ok) return { site: checked.value, text }
  return { site: null, problems: checked.problems.map((problem) => problemText(file, problem)) }
}

/** Writes the copy whole or not at all, so that a power cut leaves the one before. */
async function keep(text: string, lastGood: string): Promise<string[]> {
  const fresh = `${lastGood}.new`
  try {
    await mkdir(dirname(lastGood), { recursive: true })
    const handle = await open(fresh, 'w', 0o600)
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(fresh, lastGood)
    return []
  } catch {
    return [`${lastGood}: salinan berkas pusat tidak dapat ditulis; yang boleh: folder yang dapat ditulis`]
  }
}
