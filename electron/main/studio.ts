import { join } from 'node:path'
import { app, nativeTheme } from 'electron'
import { handleRequests } from '../ipc/handle.ts'
import { refusalOf } from '../ipc/refusalOf.ts'
import { Drafts } from './drafts.ts'
import { firstFolder, sampleFolder } from './firstFolder.ts'
import { Lifecycle } from './lifecycle.ts'
import { logError } from './log.ts'
import { setMenu } from './menu.ts'
import { replaceMissingFolder } from './missingFolder.ts'
import { noticeEnd } from './notices.ts'
import { OpenFolder } from './openFolder.ts'
import { serveStudio } from './protocol.ts'
import { requestHandlers } from './requests.ts'
import { samplesFolder } from './resources.ts'
import { Runs } from './runs.ts'
import { secureSession } from './security.ts'
import { keepSettings } from './settings.ts'
import { secondStart } from './startArguments.ts'
import { openStore } from './store.ts'
import { StudioWindow } from './studioWindow.ts'

/** Puts the parts of the studio together and opens its window. Call once, when the app is ready. */
export async function openStudio(): Promise<void> {
  secureSession()
  serveStudio(join(import.meta.dirname, '../renderer'))

  const userData = app.getPath('userData')
  const store = openStore(userData, logError)
  const settings = keepSettings(store)
  const drafts = new Drafts(userData, Date.now)

  const runs = new Runs(join(import.meta.dirname, 'runner.js'), {
    events: (run, events) => window.send('run:events', { run, events }),
    changed: (summary) => window.send('run:changed', summary),
    ended: (summary) => {
      noticeEnd(summary, () => window.show())
      lifecycle.runEnded()
    },
    restarted: (interrupted) => window.send('runner:restarted', { interrupted }),
    report: logError
  })
  const lifecycle: Lifecycle = new Lifecycle(runs, () => window)
  const folder = new OpenFolder(await firstFolder(store, samplesFolder(), logError), {
    drafts,
    lastRuns: async (root) => new Map((await runs.list(root)).reverse().map((run) => [run.flow, run])),
    tell: (listing) => window.send('folder:changed', listing),
    report: logError
  })
  const window: StudioWindow = new StudioWindow(store, {
    mayClose: () => lifecycle.mayClose(),
    focused: () => void folder.look(),
    report: logError
  })

  const openFolder = async (root: string) => {
    const listing = await folder.open(root)
    store.set('folder', folder.root)
    return listing
  }
  /** As if the studio had been started with it: the page's open flows belong to the folder before. */
  const startWithFolder = (root: string) =>
    openFolder(root).then(
      () => window.reload(),
      (error: unknown) => window.warn(error)
    )
  handleRequests(
    requestHandlers({ folder, drafts, runs, settings, window, openFolder }),
    (event) => window.trusts(event),
    { refusalOf, report: logError }
  )

  const useTheme = () => (nativeTheme.themeSource = settings.read().theme)
  useTheme()
  settings.onChange((changed) => {
    useTheme()
    window.send('settings:changed', changed)
  })
  setMenu((command) => window.send('menu:command', command))

  app.on('second-instance', (_event, _argv, _workingFolder, data) => {
    lifecycle.comeBack()
    const { folder: asked } = secondStart(data)
    if (asked !== undefined) void startWithFolder(asked)
  })
  app.on('activate', () => lifecycle.comeBack())
  app.on('window-all-closed', () => app.quit())
  lifecycle.leaveWith(async () => {
    await drafts.settled()
    folder.close()
    runs.close()
  })

  runs.open()
  window.show()
  const other = await replaceMissingFolder(window, folder.root, () => sampleFolder(store, samplesFolder(), logError))
  if (other !== undefined) await startWithFolder(other)
}
