// Reads the command line of the workstation. It touches no file.
import { parseArgs } from 'node:util'

const themes = ['dark', 'light', 'hc'] as const
export type Theme = (typeof themes)[number]

/** How this run was asked to be. `siteFile` null means the embedded trial site. */
export type Options = {
  readonly siteFile: string | null
  readonly dataDir: string | null
  /** Folder on a second disk for the running copy. */
  readonly copyDir: string | null
  readonly theme: Theme
  /** Inner size of the window in pixels; null lets it fill the screen. */
  readonly size: { readonly width: number; readonly height: number } | null
}

/** Reads the arguments after the program (and its app folder). Unknown ones belong to Chromium and are left to it. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    allowPositionals: true,
    options: {
      site: { type: 'string' },
      data: { type: 'string' },
      copy: { type: 'string' },
      theme: { type: 'string' },
      size: { type: 'string' },
    },
  })
  return {
    siteFile: textOf(values.site),
    dataDir: textOf(values.data),
    copyDir: textOf(values.copy),
    theme: themes.find((theme) => theme === values.theme) ?? 'dark',
    size: sizeOf(textOf(values.size)),
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function sizeOf(text: string | null): Options['size'] {
  const [, width, height] = /^(\d{3,5})x(\d{3,5})$/.exec(text ?? '') ?? []
  return width === undefined || height === undefined ? null : { width: Number(width), height: Number(height) }
}
