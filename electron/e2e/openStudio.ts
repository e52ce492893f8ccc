import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { type ElectronApplication, type Page, _electron } from 'playwright-core'

const root = path.join(import.meta.dirname, '../..')

/** A studio that runs, on a Designer Folder and settings of its own. */
export interface OpenStudio {
  readonly app: ElectronApplication
  readonly page: Page
  /** The Designer Folder, and where the studio keeps its own things. */
  readonly folder: string
  readonly userData: string
  /** Texts that the window wrote to its console as errors, CSP violations among them. */
  readonly errors: readonly string[]
  /** Takes a picture of the window into results/. */
  screenshot(name: string): Promise<void>
  /** Resolves once the program has ended, however. */
  closed(): Promise<void>
  /** Ends all its processes at once, without a word of warning, as losing power would. */
  killAll(): Promise<void>
  /** Quits as a person would. */
  quit(): Promise<void>
  /** Quits and removes its folders. */
  remove(): Promise<void>
}

/** Starts the built studio, on the folders of an earlier one if given. */
export async function openStudio(earlier?: Pick<OpenStudio, 'folder' | 'userData'>): Promise<OpenStudio> {
  const work = earlier ? path.dirname(earlier.folder) : await mkdtemp(path.join(os.tmpdir(), 'tailrace-e2e-'))
  const folder = earlier?.folder ?? path.join(work, 'Newsletter')
  const userData = earlier?.userData ?? path.join(work, 'user-data')
  const app = await _electron.launch({
    executablePath: electronProgram(),
    args: [root, '--log-level=3', '--force-prefers-reduced-motion=0', ...sandboxArguments()],
    env: { ...environment(), TAILRACE_FOLDER: folder, TAILRACE_USER_DATA: userData }
  })
  const page = await app.firstWindow()
  page.setDefaultTimeout(10_000)
  const errors: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  page.on('pageerror', (error) => errors.push(String(error)))
  await page.getByRole('region', { name: 'Designer Folder' }).waitFor()
  const closed = () =>
    new Promise<void>((resolve) => {
      app.once('close', () => resolve())
    })
  const quit = async (): Promise<void> => {
    await app.close()
  }
  return {
    app,
    page,
    folder,
    userData,
    errors,
    screenshot: async (name) => {
      await page.screenshot({ path: path.join(import.meta.dirname, 'results', `${name}.png`) })
    },
    closed,
    killAll: async () => {
      const gone = closed()
      const { pid } = app.process()
      if (pid === undefined) throw new Error('The studio has no process.')
      // Playwright makes it the leader of a group of processes.
      process.kill(-pid, 'SIGKILL')
      await gone
    },
    quit,
    remove: async () => {
      await quit()
      await rm(work, { recursive: true, force: true })
    }
  }
}

function environment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value ? [[name, value]] : [])))
}

function sandboxArguments(): string[] {
  return process.env['NO_SANDBOX'] === '1' ? ['--no-sandbox'] : []
}

function electronProgram(): string {
  const named = process.env['ELECTRON_EXEC_PATH']
  if (named) return named
  const installed: unknown = createRequire(import.meta.url)('electron')
  if (typeof installed === 'string') return installed
  throw new Error('There is no Electron to test with. Run `npm run test:e2e`, which prepares one.')
}
