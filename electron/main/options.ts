// Reads the command line of the workstation. It touches no file.
import { parseArgs } from 'node:util'

const themes = ['dark', 'light', 'hc'] as const
export type Theme = (typeof themes)[number]

/** How this run was asked to be. `siteFile` null means the embedded trial site. */
export type Options = {
  readonly siteFile: string | null
  readonly dataDir: string | null
  readonly theme: Theme
}

/** Reads the arguments after the program (and its app folder). Unknown ones belong to Chromium and are left to it. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    allowPositionals: true,
    options: { site: { type: 'string' }, data: { type: 'string' }, theme: { type: 'string' } },
  })
  return {
    siteFile: textOf(values.site),
    dataDir: textOf(values.data),
    theme: themes.find((theme) => theme === values.theme) ?? 'dark',
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
