// Serves the page's own files under app://meja-112 with a strict policy. It never reaches outside the page's folder.
import { protocol, type Session } from 'electron'
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { pageOrigin } from '#contract/page.ts'
import { assetPath } from './asset-path.ts'

/** Nothing inline, nothing evaluated, nothing from elsewhere, no frame around it and none inside. */
export const contentSecurityPolicy = [
  "default-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "frame-src 'none'",
  "object-src 'none'",
  "worker-src 'none'",
].join('; ')

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.wav': 'audio/wav',
  '.ogg': 'audio/ogg',
  '.mp3': 'audio/mpeg',
}

/** Must run before the program is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: new URL(pageOrigin).protocol.slice(0, -1),
      privileges: { standard: true, secure: true, supportFetchAPI: true },
    },
  ])
}

/** A reply with the headers that every one of them carries. */
export function pageResponse(body: string | Uint8Array<ArrayBuffer>, type: string, status = 200): Response {
  return new Response(body, {
    status,
    headers: {
      'content-type': type,
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    },
  })
}

/** Serves the files of `folder`; `extra` answers addresses that have no file. */
export function serveScheme(session: Session, folder: string, extra: (path: string) => Response | undefined): void {
  session.protocol.handle(new URL(pageOrigin).protocol.slice(0, -1), async (request) => {
    const made = extra(new URL(request.url).pathname)
    if (made !== undefined) return made
    const path = request.method === 'GET' ? assetPath(folder, request.url) : undefined
    if (path === undefined) return pageResponse('', 'text/plain', 404)
    try {
      return pageResponse(new Uint8Array(await readFile(path)), types[extname(path)] ?? 'application/octet-stream')
    } catch {
      return pageResponse('', 'text/plain', 404)
    }
  })
}
