import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { dialog, shell } from 'electron'
import { type Installation, pathInside, trustedRoot } from '../../engine/host/index.ts'
import type { Handlers } from '../ipc/answer.ts'
import type { FolderListing } from '../ipc/contract.ts'
import { folderOf } from '../ipc/relativePath.ts'
import { Refusal } from '../ipc/refusal.ts'
import { chooseFolder, outboxElsewhere } from '../messages.ts'
import { askForDocument, previewDocument } from './documents.ts'
import type { Drafts } from './drafts.ts'
import { flowTemplate } from './flowTemplates.ts'
import type { InterruptedRuns } from './interruptedRuns.ts'
import type { OpenFolder } from './openFolder.ts'
import { holdsNothing } from './holdsNothing.ts'
import { openFlow } from './openFlow.ts'
import { listOutbox, readMail } from './outbox.ts'
import { samplesFolder } from './resources.ts'
import { processFolders } from './runArchive.ts'
import type { Runs } from './runs.ts'
import type { SettingsKeeper } from './settings.ts'
import type { StudioWindow } from './studioWindow.ts'

/** The parts of the studio that answer. */
export interface Studio {
  readonly installation: Installation
  readonly folder: OpenFolder
  readonly drafts: Drafts
  readonly runs: Runs
  readonly interrupted: InterruptedRuns
  readonly settings: SettingsKeeper
  readonly window: StudioWindow
  /** Opens another Designer Folder and remembers it. */
  readonly openFolder: (root: string) => Promise<FolderListing>
  /** The person trusts the open folder from now on. */
  readonly trustFolder: () => Promise<void>
}

/** What each request of the contract does. */
export function requestHandlers(studio: Studio): Handlers {
  const { installation, folder, drafts, runs, interrupted, settings, window, openFolder, trustFolder } = studio
  const outbox = async (run: string) => {
    const home = await runs.folder(folder.root, run)
    const found = await pathInside(home, 'outbox')
    if (found === undefined) throw new Refusal('outbox-elsewhere', outboxElsewhere())
    return found
  }

  return {
    'folder:read': () => folder.read(),
    'folder:choose': async () => {
      const { filePaths } = await window.dialog((parent) =>
        dialog.showOpenDialog(parent, {
          title: chooseFolder(),
          defaultPath: folder.root,
          properties: ['openDirectory', 'createDirectory']
        })
      )
      const [chosen] = filePaths
      if (chosen === undefined) return undefined
      // A folder made in the dialog.
      if (await holdsNothing(chosen)) await installation.trust(chosen)
      return openFolder(chosen)
    },
    'folder:trust': async () => {
      await trustFolder()
      return undefined
    },
    'folder:create': async (path) => {
      await folder.flows.createFolder(path)
      return folder.read()
    },

    'flow:read': (path) => openFlow(path, folder, drafts, runs),
    'flow:save': async (path, document, base) => {
      const { hash } = await folder.flows.save(path, document, base)
      await drafts.drop(folder.root, path)
      return { hash, savedAt: Date.now() }
    },
    'flow:keep-draft': async (path, document, base) => {
      await drafts.keep(folder.root, path, document, base)
      return undefined
    },
    'flow:drop-draft': async (path) => {
      await drafts.drop(folder.root, path)
      return undefined
    },
    'flow:create': async (into, name, from) => {
      const template = await flowTemplate(from, randomUUID(), name, samplesFolder())
      const path = await folder.flows.create(into, template.document)
      await template.bringDocuments(join(folder.root, folderOf(path)))
      await drafts.drop(folder.root, path)
      return folder.entry(path)
    },
    'flow:rename': async (path, name) => {
      const renamed = await folder.flows.rename(path, name)
      if (renamed !== path) await drafts.move(folder.root, path, renamed)
      return folder.entry(renamed)
    },
    'flow:duplicate': async (path) => {
      const copy = await folder.flows.duplicate(path)
      await drafts.drop(folder.root, copy)
      return folder.entry(copy)
    },
    'flow:delete': async (path) => {
      const { name } = await folder.entry(path)
      return { token: await folder.flows.remove(path), name }
    },
    'flow:restore': async (token) => folder.entry(await folder.flows.restore(token)),

    'document:columns': async (flow, document) =>
      previewDocument(await trustedRoot(installation, folder.root), flow, document),
    'document:choose': (flow) => askForDocument(window, folder.root, flow),

    'run:start': ({ path, document, inputs }) => {
      const { mail, accounts } = settings.read()
      return runs.start({ folder: folder.root, path, document, inputs, mail, accounts })
    },
    'run:cancel': async (run) => {
      if (runs.isGoingOn(run)) runs.cancel(run)
      else await interrupted.cancel(folder.root, run)
      return undefined
    },
    'run:resume': (run, inDoubt) => interrupted.resume(folder.root, run, inDoubt),
    'run:leave': async (run) => {
      await interrupted.leave(folder.root, run)
      return undefined
    },
    'run:cancel-thread': (run, thread) => {
      runs.cancelThread(run, thread)
      return undefined
    },
    'run:signal': (run, signal, value) => {
      runs.signal(run, signal, value)
      return undefined
    },
    'run:read': (run) => runs.events(folder.root, run),
    'run:list': async (flow) => {
      const all = await runs.list(folder.root)
      return flow === undefined ? all : all.filter((run) => run.flow === flow)
    },
    'run:show-folder': async (run) => {
      const root = await trustedRoot(installation, folder.root)
      await shell.openPath(run === undefined ? processFolders(root) : await runs.folder(folder.root, run))
      return undefined
    },
    'outbox:list': async (run) => listOutbox(await outbox(run)),
    'outbox:read': async (run, file) => readMail(await outbox(run), file),

    'settings:read': () => settings.read(),
    'settings:change': (change) => settings.change(change),
    'window:command': (command) => {
      window.command(command)
      return undefined
    }
  }
}
