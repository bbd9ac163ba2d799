// Reads the password this desk shows to its brokers from a file beside the site file, so that the site file itself can be passed around.
import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

export type BrokerPassword = { readonly password: string | undefined; readonly problems: readonly string[] }

/**
 * The first line of `passwordFile` (relative to the site file's folder). A file that cannot be read is a problem to be told, not
 * a reason to stop: the desk works without its brokers.
 */
export async function readBrokerPassword(siteFile: string, passwordFile: string | undefined): Promise<BrokerPassword> {
  if (passwordFile === undefined) return { password: undefined, problems: [] }
  const file = resolve(dirname(siteFile), passwordFile)
  try {
    const [password = ''] = (await readFile(file, 'utf8')).split(/\r?\n/)
    if (password !== '') return { password, problems: [] }
  } catch {
    // Told below like an empty file: the cure is the same.
  }
  return {
    password: undefined,
    problems: [`${file}: kata sandi broker tidak terbaca; yang boleh: berkas teks dengan kata sandi di baris pertama`],
  }
}
