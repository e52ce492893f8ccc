import { spawn } from 'node:child_process'
import { cp, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { barriers } from './barriers.ts'
import { changeFlow } from './changeFlow.ts'
import { keepFailures } from './keepFailures.ts'
import { type MailServer, startMailServer } from './mailServer.ts'
import { type OpenStudio, openStudio } from './openStudio.ts'
import { editFlow, flowCard, goToTab, visible } from './studioParts.ts'
import { useMailServer } from './useMailServer.ts'

const flow = 'Send EmailList Flow, finished'

let studio: OpenStudio
let page: Page
let server: MailServer

const banner = () => page.getByRole('region', { name: 'Folder not trusted' })

/** Closes the studio and opens it on another folder, with the same accounts and all that it has kept. */
async function openOn(folder: string): Promise<void> {
  await studio.quit()
  studio = await openStudio({ folder, userData: studio.userData })
  page = studio.page
}

/** The folder of the only run of the flow. */
async function runIn(folder: string): Promise<string> {
  const home = path.join(folder, 'Process Folder', flow)
  const [run = ''] = await readdir(home)
  return path.join(home, run)
}

describe('A folder from somewhere else, with a run that was interrupted while it sent mails', () => {
  let copy: string

  beforeEach(async () => {
    server = await startMailServer({ delay: 5 })
    studio = await openStudio()
    page = studio.page
    await changeFlow(studio, flow, (text) =>
      text.replace(/"Rate limit": \d+/, '"At most": 4, "In doubt": "Send again", "Account": "Test server"')
    )
    await useMailServer(page, server.port)
    copy = path.join(path.dirname(studio.folder), 'Copied')
  })

  afterEach(async () => {
    await studio.remove()
    await server.close()
  })

  keepFailures(() => studio)

  it('opens and is shown, and nothing in it runs or is sent, until it is trusted', async () => {
    await flowCard(page, flow).getByRole('button', { name: 'Debug' }).click()
    await expect.poll(() => server.accepted.length, { timeout: 30_000 }).toBeGreaterThan(100)
    expect(await banner().count()).toBe(0)
    await studio.killAll()
    await cp(studio.folder, copy, { recursive: true })
    const run = await runIn(copy)
    await writeFile(
      path.join(run, 'start.json'),
      JSON.stringify({ mail: `smtp://127.0.0.1:${server.port}`, root: '/' })
    )
    const journal = path.join(run, 'journal.jsonl')
    const bytes = await readFile(journal)
    const [connections, sent] = [server.connections(), server.accepted.length]

    studio = await openStudio({ folder: copy, userData: studio.userData })
    page = studio.page
    await banner().waitFor()
    await flowCard(page, flow).getByText('Interrupted at Send Email 1').waitFor()
    expect(await page.getByRole('article').count()).toBe(5)
    expect(await page.getByRole('dialog').count()).toBe(0)
    expect(await barriers(page)).toEqual([])
    await studio.screenshot('trust-folder')

    expect(await refused(path.basename(run))).toEqual({
      'run:start': 'folder-untrusted',
      'run:resume': 'folder-untrusted',
      'run:cancel': 'folder-untrusted',
      'run:show-folder': 'folder-untrusted',
      'document:columns': 'folder-untrusted'
    })
    await flowCard(page, flow).getByRole('button', { name: 'Run', exact: true }).click()
    await visible(page, /came from somewhere else and you have not said that you trust it/).waitFor()

    await goToTab(page, 'Runs')
    const row = page.getByRole('row', { name: /Interrupted at Send Email 1/ })
    await row.getByText('Not started here: shown, not resumed').waitFor()
    expect(await row.getByRole('button', { name: 'Resume' }).count()).toBe(0)
    await row.getByRole('button', { name: 'Open' }).click()
    await page.getByRole('region', { name: 'Timeline' }).getByRole('row', { name: 'Background 1' }).waitFor()
    await studio.screenshot('trust-run')
    await goToTab(page, 'Copied')
    await editFlow(page, 'Order Checks')
    await page.getByRole('button', { name: 'Check', exact: true }).click()
    await page.emulateMedia({ colorScheme: 'dark' })
    await studio.screenshot('trust-designer-dark')
    expect(await barriers(page)).toEqual([])

    // Half a second is what a resume took to send its first mails.
    await page.waitForTimeout(1_500)
    expect([server.connections(), server.accepted.length]).toEqual([connections, sent])
    expect(await readFile(journal)).toEqual(bytes)
    const kept = await readdir(path.join(copy, 'Process Folder'))
    expect(kept.filter((name) => !name.startsWith('.'))).toEqual([flow])

    await banner().getByRole('button', { name: 'Trust Folder' }).click()
    await banner().waitFor({ state: 'detached' })
    await goToTab(page, 'Copied')
    await flowCard(page, 'Order Checks').getByRole('button', { name: 'Run', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Run', exact: true }).click()
    await flowCard(page, 'Order Checks')
      .getByText(/^Settled/)
      .waitFor()
    // What was started elsewhere does not go on for all that.
    expect(await refused(path.basename(run))).toEqual({ 'run:resume': 'run-foreign', 'run:cancel': 'run-foreign' })
    expect(await readFile(journal)).toEqual(bytes)
    expect([server.connections(), server.accepted.length]).toEqual([connections, sent])

    await openOn(copy)
    await flowCard(page, flow).getByText('Interrupted at Send Email 1').waitFor()
    expect(await banner().count()).toBe(0)
    expect(server.accepted).toHaveLength(sent)
  })

  it('goes on with a run of the command line of this person once it is trusted, and sends nothing before', async () => {
    await cp(studio.folder, copy, { recursive: true })
    await commandLineRun(60)
    const [connections, sent] = [server.connections(), server.accepted.length]
    await openOn(copy)
    await flowCard(page, flow).getByText('Interrupted at Send Email 1').waitFor()
    await page.waitForTimeout(1_000)
    expect(await page.getByRole('dialog').count()).toBe(0)
    expect([server.connections(), server.accepted.length]).toEqual([connections, sent])

    await banner().getByRole('button', { name: 'Trust Folder' }).click()
    await visible(page, /was interrupted and goes on/).waitFor()
    await flowCard(page, flow)
      .getByText(/^Settled/)
      .waitFor({ timeout: 60_000 })
    expect(new Set(server.accepted).size).toBe(1200)
  })

  /** What the studio answers to requests that would run, work out or open something in the folder. */
  function refused(run: string): Promise<Record<string, string>> {
    return page.evaluate(
      async ({ run: id, path: file }) => {
        const listing = await window.studio.request('folder:read')
        const entries = listing.ok ? listing.value.folders.flatMap(({ flows }) => flows) : []
        const document = entries.find((entry) => entry.path === file)?.document
        if (!document) throw new Error('The flow is not listed.')
        const trusted = listing.ok && listing.value.trusted
        const replies = {
          'run:resume': await window.studio.request('run:resume', id, 'retry'),
          'run:cancel': await window.studio.request('run:cancel', id),
          ...(!trusted && {
            'run:start': await window.studio.request('run:start', { path: file, document, inputs: {} }),
            'run:show-folder': await window.studio.request('run:show-folder', id),
            'document:columns': await window.studio.request('document:columns', file, 'subscribers.csv')
          })
        }
        return Object.fromEntries(
          Object.entries(replies).map(([name, reply]) => [name, reply.ok ? 'granted' : reply.error.code])
        )
      },
      { run, path: `${flow}.flow.json` }
    )
  }

  /** Runs the flow from the command line, and stops that so that it can be resumed, after so many mails. */
  async function commandLineRun(mails: number): Promise<void> {
    const cli = path.join(import.meta.dirname, '../../out/main/cli.js')
    const child = spawn(process.execPath, [cli, 'run', flow, '--folder', copy], {
      env: { ...process.env, TAILRACE_USER_DATA: studio.userData },
      stdio: 'ignore'
    })
    const ended = new Promise((resolve) => child.on('close', resolve))
    await expect.poll(() => server.accepted.length, { timeout: 30_000 }).toBeGreaterThan(mails)
    child.kill('SIGTERM')
    expect(await ended).toBe(143)
  }
})
