import { join } from 'node:path'
import { app, nativeTheme } from 'electron'
import { openInstallation } from '../../engine/host/index.ts'
import { handleRequests } from '../ipc/handle.ts'
import { refusalOf } from '../ipc/refusalOf.ts'
import { Drafts } from './drafts.ts'
import { firstFolder, sampleFolder } from './firstFolder.ts'
import { InterruptedRuns } from './interruptedRuns.ts'
import { Lifecycle } from './lifecycle.ts'
import { logError } from './log.ts'
import { setMenu } from './menu.ts'
import { replaceMissingFolder } from './missingFolder.ts'
import { noticeEnd } from './notices.ts'
import { OpenFolder } from './openFolder.ts'
import { serveStudio } from './protocol.ts'
import { requestHandlers } from './requests.ts'
import { samplesFolder } from './resources.ts'
import { RunRetention } from './retention.ts'
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
  const installation = openInstallation(userData)
  const settings = keepSettings(store)
  const drafts = new Drafts(userData, Date.now)

  const runs = new Runs(join(import.meta.dirname, 'runner.js'), userData, installation, {
    events: (run, events) => window.send('run:events', { run, events }),
    changed: (summary) => window.send('run:changed', summary),
    ended: (summary) => {
      noticeEnd(summary, () => window.show())
      lifecycle.runEnded()
      void pruneRuns()
    },
    restarted: (interrupted) => window.send('runner:restarted', { interrupted }),
    reopened: () => void interrupted.goOn(folder.root),
    report: logError
  })
  const interrupted = new InterruptedRuns({
    runs,
    trusts: (root) => installation.trusts(root),
    left: { get: () => store.get('leftRuns') ?? [], set: (left) => store.set('leftRuns', left) },
    kept: { get: () => store.get('keptRuns') ?? [], set: (kept) => store.set('keptRuns', kept) },
    accounts: () => settings.read().accounts,
    resumed: (resumed) => window.tell('runs:resumed', { runs: resumed }),
    refusalOf,
    report: logError
  })
  const retention = new RunRetention({
    wanted: () => settings.read().retention,
    pruned: (pruned) => {
      const ids = pruned.map(({ id }) => id)
      runs.forget(ids)
      window.send('runs:pruned', { runs: ids })
      for (const { folder: gone } of pruned)
        void installation.forget(gone).catch((error: unknown) => logError('forgetting a run', error))
    },
    now: Date.now,
    report: logError
  })
  const lifecycle: Lifecycle = new Lifecycle(
    {
      count: () => runs.count(),
      held: () => runs.held(),
      cancelAll: () => runs.cancelAll(),
      keepForNextStart: () => interrupted.keepForNextStart()
    },
    () => window
  )
  const folder = new OpenFolder(await firstFolder(store, installation, samplesFolder(), logError), {
    drafts,
    trusts: (root) => installation.trusts(root),
    lastRuns: async (root) => new Map((await runs.list(root)).reverse().map((run) => [run.flow, run])),
    tell: (listing) => window.send('folder:changed', listing),
    report: logError
  })
  const window: StudioWindow = new StudioWindow(store, {
    mayClose: () => lifecycle.mayClose(),
    focused: () => void folder.look(),
    report: logError
  })

  /** Nothing is deleted either in a folder that is not trusted. */
  const pruneRuns = async () => {
    const { root } = folder
    if (await installation.trusts(root)) await retention.prune(root)
  }
  const lookAtRuns = async () => {
    await interrupted.goOn(folder.root)
    await pruneRuns()
  }
  const openFolder = async (root: string) => {
    const listing = await folder.open(root)
    store.set('folder', folder.root)
    void lookAtRuns()
    return listing
  }
  const trustFolder = async () => {
    await installation.trust(folder.root)
    window.send('folder:changed', await folder.read())
    void lookAtRuns()
  }
  /** As if the studio had been started with it: the page's open flows belong to the folder before. */
  const startWithFolder = (root: string) =>
    openFolder(root).then(
      () => window.reload(),
      (error: unknown) => window.warn(error)
    )
  handleRequests(
    requestHandlers({
      installation,
      folder,
      drafts,
      runs,
      interrupted,
      settings,
      window,
      openFolder,
      trustFolder
    }),
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
  const other = await replaceMissingFolder(window, folder.root, () =>
    sampleFolder(store, installation, samplesFolder(), logError)
  )
  if (other === undefined) await lookAtRuns()
  else await startWithFolder(other)
}
