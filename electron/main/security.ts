import { app, session } from 'electron'
import { studioOrigin } from './protocol.ts'

/** The page of the development server, only when the program is not packaged; undefined otherwise. */
export function developmentPage(): string | undefined {
  const page = process.env.ELECTRON_RENDERER_URL
  return page && !app.isPackaged ? page : undefined
}

/** Whether pages of this origin are the studio's own. */
export function isStudioOrigin(origin: string): boolean {
  const page = developmentPage()
  return origin === studioOrigin || (page !== undefined && origin === new URL(page).origin)
}

function isStudioPage(url: string): boolean {
  const page = developmentPage()
  return url.startsWith(`${studioOrigin}/`) || (page !== undefined && url.startsWith(page))
}

/** Shuts every way out of the studio's page that it does not need; copying text is one it does. Call when the app is ready. */
export function secureSession(): void {
  const copies = (permission: string, url: string) => permission === 'clipboard-sanitized-write' && isStudioPage(url)
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) =>
    answer(copies(permission, requestingUrl))
  )
  session.defaultSession.setPermissionCheckHandler((_contents, permission, origin) => copies(permission, origin))
  session.defaultSession.setDevicePermissionHandler(() => false)
  session.defaultSession.on('will-download', (event) => event.preventDefault())
}

/** No page goes anywhere else, embeds anything or opens windows. Call before the first window is made. */
export function securePages(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault())
    contents.on('will-redirect', (event) => event.preventDefault())
    contents.on('will-frame-navigate', (event) => event.preventDefault())
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  })
}
