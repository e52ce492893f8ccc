import { readdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { answerWith, questions } from './answerWith.ts'
import { changeFlow } from './changeFlow.ts'
import { enginePid } from './enginePid.ts'
import { keepFailures } from './keepFailures.ts'
import { startMailServer } from './mailServer.ts'
import { type OpenStudio, openStudio } from './openStudio.ts'
import { shortenList } from './shortenList.ts'
import { editFlow, flowCard, goToTab, stepOf, untilSaved, visible } from './studioParts.ts'
import { useMailServer } from './useMailServer.ts'

const finished = 'Send EmailList Flow, finished'

let studio: OpenStudio
let page: Page

describe('While flows run', () => {
  beforeAll(async () => {
    studio = await openStudio()
    page = studio.page
  })

  afterAll(() => studio.remove())

  keepFailures(() => studio)

  // Only the Designer Folder stays open from one test to the next.
  afterEach(async () => {
    await page.keyboard.press('Control+w')
    await page.keyboard.press('Control+1')
  })

  it('the window and unsaved edits outlive the process of the engine, and the next run works', async () => {
    await editFlow(page, 'Send EmailList Flow')
    await page.getByRole('treeitem', { name: 'Log', exact: true }).click()
    await stepOf(page, 'Log 1').waitFor()
    await goToTab(page, 'Newsletter')
    // Else it would go on by itself.
    await changeFlow(studio, finished, (text) =>
      text.replace('"steps": [', '"running": { "afterRestart": "leave" },\n    "steps": [')
    )
    await debug(finished)
    await visible(page, /^Not settled · \d+ of 1,200/).waitFor()
    const before = await enginePid(studio)
    process.kill(before, 'SIGKILL')

    await visible(page, 'The process in which flows run went down').waitFor()
    await visible(page, /^Interrupted at \d+ of 1,200/).waitFor()
    await visible(page, /^Replied/).waitFor()
    await studio.screenshot('interrupted')
    await goToTab(page, 'Runs')
    await page.getByRole('row', { name: /Interrupted at Send Email 1/ }).waitFor()
    await goToTab(page, 'Send EmailList Flow unsaved edits')
    await stepOf(page, 'Log 1').waitFor()
    await page.keyboard.press('Control+s')
    await untilSaved(page)
    await page.keyboard.press('Control+w')

    await goToTab(page, finished)
    await page.getByRole('button', { name: 'Run again' }).click()
    await visible(page, /^Not settled · \d+ of 1,200/).waitFor()
    expect(await enginePid(studio)).not.toBe(before)
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    await visible(page, /^Stopped after/).waitFor()
  })

  it('Stop ends a run together with its background threads', async () => {
    await debug(finished)
    await visible(page, /^Not settled · \d+ of 1,200/).waitFor()
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    await visible(page, /^Stopped after/).waitFor()
    await visible(page, /^Replied/).waitFor()
    const lane = page.getByRole('region', { name: 'Timeline' }).getByRole('row', { name: 'Background 1' })
    await expect.poll(() => lane.textContent()).toContain('stopped · Send Email 1')
    const sent = await mailsOf(finished)
    await page.waitForTimeout(500)
    expect(await mailsOf(finished)).toBe(sent)
    expect(sent).toBeLessThan(1200)
  })

  it('a failure in the background is shown as such, and the reply is unharmed', async () => {
    await useMailServer(page, await portOfNobody(), 'Nobody')
    await debug(finished)
    await visible(page, 'Background failed at Send Email 1').waitFor()
    await visible(page, /^Replied \d/).waitFor()
    await expect.poll(() => stepOf(page, 'End Step').textContent()).toMatch(/Replied/)
    await stepOf(page, 'Send Email 1').click()
    await page.getByRole('region', { name: 'Inspector' }).getByRole('tab', { name: 'Output' }).click()
    await visible(page, /The mail server “127.0.0.1:\d+” cannot be used: the connection was refused/).waitFor()
    await studio.screenshot('background-failed')
    await page.keyboard.press('Control+w')
    await page.keyboard.press('Control+1')
    await flowCard(page, finished).getByText('Background failed at Send Email 1').waitFor()
    await flowCard(page, finished)
      .getByText(/Replied \d/)
      .waitFor()
  })

  it('recipients that the server refuses are listed with its words', async () => {
    const list = await shortenList(studio.folder, 150)
    const refuses = list.filter((_address, index) => index % 15 === 7)
    const server = await startMailServer({ delay: 0, refuses })
    await useMailServer(page, server.port, 'Choosy')
    await debug(finished)
    await visible(page, /^Settled/).waitFor()
    await server.close()
    expect(server.accepted).toHaveLength(140)
    await stepOf(page, 'Send Email 1').click()
    const inspector = page.getByRole('region', { name: 'Inspector' })
    await inspector.getByRole('button', { name: 'Refused 10' }).click()
    const rows = inspector.getByRole('row').filter({ hasText: 'no such user here' })
    await expect.poll(() => rows.count()).toBeGreaterThan(5)
    for (const address of refuses.slice(0, 5)) await rows.filter({ hasText: address }).waitFor()
    await studio.screenshot('refused-recipients')
    await inspector.getByRole('tab', { name: 'Output' }).click()
    await inspector.getByText('Some Failed').first().waitFor()
  })

  it('the parent finishes its main work first while the child handles its error in the background', async () => {
    await chooseOutbox()
    await debug('Non-critical error')
    const inputs = page.getByRole('dialog', { name: 'Inputs of Non-critical error' })
    await inputs.getByRole('button', { name: 'Debug Flow' }).click()
    const timeline = page.getByRole('region', { name: 'Timeline' })
    const main = timeline.getByRole('row', { name: 'Main', exact: true })
    const background = timeline.getByRole('row', { name: 'Background 1', exact: true })
    await expect.poll(() => main.textContent()).toContain('ended · End Step')
    await expect.poll(() => background.textContent()).toContain('Tell the Team')
    await visible(page, /^Not settled · \d of 3/).waitFor()
    await studio.screenshot('non-critical-error')
    await visible(page, /^Settled/).waitFor({ timeout: 20_000 })
    await expect.poll(() => background.textContent()).toContain('ended · Not Sent')
    await page.getByRole('tab', { name: /^Console/ }).click()
    const lines = await page.getByRole('table', { name: 'Console' }).getByRole('row').allTextContents()
    const at = (text: string) => lines.findIndex((line) => line.includes(text))
    expect([at('was not sent'), at('is confirmed'), at('The team knows')]).toEqual([0, 1, 2])
    expect(studio.errors).toEqual([])
  })

  async function chooseOutbox(): Promise<void> {
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByRole('dialog', { name: 'Settings' }).getByLabel('Mail account').selectOption('Outbox')
    await page.getByRole('button', { name: 'Done' }).click()
  }
})

describe('Closing the window while a background thread runs', () => {
  beforeEach(async () => {
    studio = await openStudio()
    page = studio.page
    await shortenList(studio.folder, 800)
    await debug(finished)
    await visible(page, /^Not settled · \d+ of 800/).waitFor()
  })

  afterEach(() => studio.remove())

  keepFailures(() => studio)

  it('keeps the window, or lets the flow finish in the background and then ends the studio', async () => {
    await answerWith(studio, 'Keep Window Open')
    await closeWindow()
    await expect.poll(() => questions(studio)).toEqual(['A flow is still running.'])
    expect(await windowIsVisible()).toBe(true)
    await visible(page, /^Not settled/).waitFor()

    const ended = studio.closed()
    await answerWith(studio, 'Finish in Background')
    await closeWindow()
    await expect.poll(windowIsVisible).toBe(false)
    expect(await mailsOf(finished)).toBeLessThan(800)
    await ended
    expect(await mailsOf(finished)).toBe(800)

    studio = await openStudio(studio)
    page = studio.page
    await flowCard(page, finished)
      .getByText(/^Settled/)
      .waitFor()
  })

  it('stops the flow and ends the studio', async () => {
    const ended = studio.closed()
    await answerWith(studio, 'Stop and Quit')
    await closeWindow()
    await ended
    const sent = await mailsOf(finished)
    expect(sent).toBeLessThan(800)

    studio = await openStudio(studio)
    page = studio.page
    await flowCard(page, finished)
      .getByText(/^Cancelled after/)
      .waitFor()
    await flowCard(page, finished)
      .getByText(/Replied \d/)
      .waitFor()
    expect(await mailsOf(finished)).toBe(sent)
  })

  const closeWindow = () => page.getByRole('button', { name: 'Close window' }).click()
  const windowIsVisible = () =>
    studio.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((window) => window.isVisible()))
})

async function debug(flow: string): Promise<void> {
  await flowCard(page, flow).getByRole('button', { name: 'Debug' }).click()
}

/** How many mails the newest run of a flow has put into its outbox. */
async function mailsOf(flow: string): Promise<number> {
  const runs = path.join(studio.folder, 'Process Folder', flow)
  const newest = (await readdir(runs)).sort().at(-1) ?? ''
  return (await readdir(path.join(runs, newest, 'outbox'))).filter((file) => file.endsWith('.eml')).length
}

/** A port of this computer that nobody listens on. */
function portOfNobody(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 1))
    })
  })
}
