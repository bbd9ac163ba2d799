// Turns an address of the page into a file below the page's folder, or into nothing. Pure.
import { join, sep } from 'node:path'
import { pageOrigin } from '#contract/page.ts'

/** The file an address means; undefined for another host, a folder, or anything that would lead outside. */
export function assetPath(folder: string, address: string): string | undefined {
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  if (`${url.protocol}//${url.host}` !== pageOrigin) return undefined
  const path = decoded(url.pathname)
  if (path === undefined || path.includes('\0') || path.includes('\\') || path.split('/').includes('..'))
    return undefined
  const file = join(folder, path === '/' ? 'index.html' : path)
  return file.startsWith(folder + sep) && !file.endsWith(sep) ? file : undefined
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
