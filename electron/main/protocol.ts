import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { protocol } from 'electron'
import { isRelativePath } from '../ipc/relativePath.ts'

/** Where the studio's own page lives. */
export const studioOrigin = 'app://studio'

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'"
].join('; ')

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.json': 'application/json'
}

/** Must run before the app is ready. */
export function registerStudioScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }
  ])
}

/** Serves the built page in `root` at app://studio, under the strict content security policy. */
export function serveStudio(root: string): void {
  protocol.handle('app', async (request) => {
    const { host, pathname } = new URL(request.url)
    const path = decodePath(pathname)
    if (host !== 'studio' || request.method !== 'GET' || path === undefined) return missing()
    const type = types[extname(path)]
    if (!type) return missing()
    try {
      return new Response(new Uint8Array(await readFile(join(root, path))), {
        headers: {
          'Content-Type': type,
          'Content-Security-Policy': policy,
          'X-Content-Type-Options': 'nosniff',
          'Cache-Control': 'no-cache'
        }
      })
    } catch {
      return missing()
    }
  })
}

/** The file that a path of the address names; undefined when it names none inside the page's folder. */
function decodePath(pathname: string): string | undefined {
  try {
    const path = decodeURIComponent(pathname).slice(1) || 'index.html'
    return isRelativePath(path) ? path : undefined
  } catch {
    return undefined
  }
}

const missing = () => new Response('Not found', { status: 404, headers: { 'Content-Type': 'text/plain' } })
