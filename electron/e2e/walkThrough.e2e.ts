import { copyFile, readFile, readdir } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import { drag } from './drag.ts'
import { keepFailures } from './keepFailures.ts'
import { type MailServer, startMailServer } from './mailServer.ts'
import { type OpenStudio, openStudio } from './openStudio.ts'
import { untilSaved, visible } from './studioParts.ts'
import { useMailServer } from './useMailServer.ts'

const results = path.join(import.meta.dirname, 'results')
/** Taken anew with UPDATE_SCREENSHOT=1 in the environment. */
const readmePicture = path.join(import.meta.dirname, '../../docs/screenshot.png')

// The document this product starts from, done with the hands of a person.
describe('Running steps asynchronously with the Go Async component', () => {
  let studio: OpenStudio
  let server: MailServer | undefined

  afterEach(async () => {
    await studio.remove()
    await server?.close()
    server = undefined
  })

  keepFailures(() => studio)

  it('sends the mails to a server in the background while the flow has reached the End Step', async () => {
    server = await startMailServer({ delay: 5 })
    studio = await openStudio()
    const { page } = studio
    await useMailServer(page, server.port)
    await finishTheFlow(studio)
    await debugTheFlow(studio, () => server?.accepted.length ?? 0)
    expect(new Set(server.accepted).size).toBe(1200)
    expect(server.accepted).toHaveLength(1200)
    expect(studio.errors).toEqual([])
  })

  it('does the same with the outbox, and shows the same flow after quitting', async () => {
    studio = await openStudio()
    await finishTheFlow(studio)
    await debugTheFlow(studio, async () => (await outboxOf(studio)).length)
    const recipients = await Promise.all(
      (await outboxOf(studio)).map(async (file) => /^To: .*$/im.exec(await readFile(file, 'utf8'))?.[0])
    )
    expect(new Set(recipients).size).toBe(1200)
    expect(recipients).toHaveLength(1200)
    const { page } = studio
    await page.getByRole('button', { name: 'Back to design' }).click()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await untilSaved(page)
    await studio.quit()

    studio = await openStudio(studio)
    await studio.page
      .getByRole('article', { name: 'Send EmailList Flow', exact: true })
      .getByRole('link', { name: 'Edit' })
      .click()
    for (const step of ['Start', 'Email Address List', 'Go Async 1', 'Send Email 1', 'End Step'])
      await studio.page.getByRole('group', { name: step, exact: true }).waitFor()
    await studio.screenshot('opened-again')
    expect(studio.errors).toEqual([])
  })
})

/** From the thumbnail to a finished flow, by mouse. */
async function finishTheFlow(studio: OpenStudio): Promise<void> {
  const { page } = studio
  await studio.screenshot('1-folder')
  await page
    .getByRole('article', { name: 'Send EmailList Flow', exact: true })
    .getByRole('link', { name: 'Edit' })
    .click()
  const list = page.getByRole('group', { name: 'Email Address List', exact: true })
  const mail = page.getByRole('group', { name: 'Send Email 1', exact: true })
  await list.waitFor()
  await mail.waitFor()
  await studio.screenshot('2-designer-as-found')

  const toolbox = page.getByRole('tree', { name: 'Toolbox' })
  await toolbox.getByRole('treeitem', { name: 'Flow Management', exact: true }).waitFor()
  const listBox = await list.boundingBox()
  if (!listBox) throw new Error('Email Address List is not on the screen')
  await drag(page, toolbox.getByRole('treeitem', { name: 'Go Async', exact: true }), {
    x: listBox.x + listBox.width + 150,
    y: listBox.y + 40
  })
  await page.getByRole('group', { name: 'Go Async 1', exact: true }).waitFor()
  await connect(page, 'Done of Email Address List', 'Entry of Go Async 1')
  await connect(page, 'Done of Go Async 1', 'Entry of Send Email 1')
  await studio.screenshot('2-designer')
}

async function connect(page: Page, outcome: string, entry: string): Promise<void> {
  await drag(page, page.getByLabel(outcome, { exact: true }), page.getByLabel(entry, { exact: true }))
}

/** Debug Flow, and all that is to be seen until the run has settled. */
async function debugTheFlow(studio: OpenStudio, sent: () => number | Promise<number>): Promise<void> {
  const { page } = studio
  await page.getByRole('button', { name: 'Debug Flow' }).click()
  const timeline = page.getByRole('region', { name: 'Timeline' })
  await timeline.getByRole('row', { name: 'Background 1' }).waitFor()
  await visible(page, /^Replied \d/).waitFor()
  expect(await sent()).toBeLessThan(60)
  const end = page.getByRole('group', { name: 'End Step', exact: true })
  await expect.poll(() => end.textContent()).toMatch(/Replied/)
  await expect
    .poll(() => page.getByRole('group', { name: 'Send Email 1', exact: true }).textContent())
    .toMatch(/\d+ of 1,200/)
  await expect.poll(sent, { timeout: 30_000, interval: 20 }).toBeGreaterThan(428)
  await visible(page, /^Not settled/).waitFor()
  await studio.screenshot('3-debugger')
  if (process.env['UPDATE_SCREENSHOT'] === '1') await copyFile(path.join(results, '3-debugger.png'), readmePicture)
  await visible(page, /^Settled/).waitFor({ timeout: 90_000 })
  expect(await sent()).toBe(1200)
  await studio.screenshot('3-debugger-settled')
}

async function outboxOf(studio: OpenStudio): Promise<string[]> {
  const runs = path.join(studio.folder, 'Process Folder', 'Send EmailList Flow')
  const [run] = await readdir(runs)
  const outbox = path.join(runs, run ?? '', 'outbox')
  const files = await readdir(outbox).catch(() => [])
  return files.filter((file) => file.endsWith('.eml')).map((file) => path.join(outbox, file))
}
