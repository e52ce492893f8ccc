import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { answerWith } from './answerWith.ts'
import { barriers } from './barriers.ts'
import { changeFlow } from './changeFlow.ts'
import { enginePid } from './enginePid.ts'
import { keepFailures } from './keepFailures.ts'
import { type MailServer, startMailServer } from './mailServer.ts'
import { type OpenStudio, openStudio } from './openStudio.ts'
import { flowCard, goToTab, visible } from './studioParts.ts'
import { useMailServer } from './useMailServer.ts'

const flow = 'Send EmailList Flow, finished'

let studio: OpenStudio
let page: Page
let server: MailServer
let everybody: readonly string[]

describe('A run that is interrupted while it sends 1,200 mails', () => {
  beforeEach(async () => {
    server = await startMailServer({ delay: 5 })
    studio = await openStudio()
    page = studio.page
    everybody = await subscribers()
    await changeFlow(studio, flow, (text) => text.replace(/"Rate limit": \d+/, '"At most": 8'))
    await useMailServer(page, server.port)
  })

  afterEach(async () => {
    await studio.remove()
    await server.close()
  })

  keepFailures(() => studio)

  it('goes on after the engine process was killed, once it is said what happens to the mails in doubt', async () => {
    await debugUntil(150)
    process.kill(await enginePid(studio), 'SIGKILL')
    const dialog = page.getByRole('dialog', { name: 'A run was interrupted' })
    await dialog.waitFor()
    await visible(page, /^Interrupted at \d+ of 1,200/).waitFor()
    const text = (await dialog.textContent()) ?? ''
    expect(text).toMatch(/replied, in the background/)
    await studio.screenshot('resume-asked')
    expect(await barriers(page)).toEqual([])
    const doubtful = everybody.filter((address) => text.includes(address))
    expect(doubtful.length).toBeGreaterThan(0)
    expect(doubtful.length).toBeLessThanOrEqual(8)

    await dialog.getByRole('button', { name: 'Send again' }).click()
    await dialog.waitFor({ state: 'detached' })
    await visible(page, /^Not settled · \d+ of 1,200/).waitFor()
    await studio.screenshot('resume-goes-on')
    await visible(page, /^Settled/).waitFor({ timeout: 60_000 })
    everyoneOnce(doubtful)
    const sheet = page.getByRole('region', { name: 'Timeline' })
    await expect.poll(() => sheet.getByRole('row', { name: 'Background 1' }).textContent()).toContain('ended')
    await goToTab(page, 'Runs')
    await page.getByRole('row', { name: /Send EmailList Flow.*Settled \d/ }).waitFor()
    await studio.screenshot('resume-settled')
  })

  it('goes on by itself after the engine process was killed, where the step says what happens in doubt', async () => {
    await changeFlow(studio, flow, (text) => text.replace(/"At most": 8/, '"At most": 8, "In doubt": "Send again"'))
    await debugUntil(150)
    for (const mails of [350, 600]) {
      process.kill(await enginePid(studio), 'SIGKILL')
      await visible(page, /was interrupted and goes on/).waitFor()
      await expect.poll(() => server.accepted.length, { timeout: 60_000 }).toBeGreaterThan(mails)
    }
    await visible(page, /^Settled/).waitFor({ timeout: 60_000 })
    everyoneOnce(twice(), 16)
    expect(await page.getByRole('dialog').count()).toBe(0)
  })

  it('is offered after the whole studio was killed, and can be left, and resumed from Runs later', async () => {
    await debugUntil(150)
    await studio.killAll()
    const sent = server.accepted.length
    studio = await openStudio(studio)
    page = studio.page
    const dialog = page.getByRole('dialog', { name: 'A run was interrupted' })
    await dialog.waitFor()
    expect(server.accepted.length).toBeLessThanOrEqual(sent + 8)
    await dialog.getByRole('button', { name: 'Leave', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    await flowCard(page, flow).getByText('Interrupted at Send Email 1').waitFor()

    await goToTab(page, 'Runs')
    const row = page.getByRole('row', { name: /Interrupted at Send Email 1/ })
    await studio.screenshot('resume-runs')
    await row.getByRole('button', { name: 'Resume' }).click()
    const text = (await dialog.textContent()) ?? ''
    const doubtful = everybody.filter((address) => text.includes(address))
    await dialog.getByRole('button', { name: 'Leave out' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('row', { name: /Send EmailList Flow.*Settled \d/ }).waitFor({ timeout: 60_000 })
    const got = new Set(server.accepted)
    expect(server.accepted).toHaveLength(got.size)
    expect(everybody.filter((address) => !got.has(address) && !doubtful.includes(address))).toEqual([])
    expect(await stateOfRun()).toMatchObject({ settled: { state: 'completed' } })
  })

  it('is settled as cancelled without another mail, when that is chosen', async () => {
    await debugUntil(100)
    process.kill(await enginePid(studio), 'SIGKILL')
    const dialog = page.getByRole('dialog', { name: 'A run was interrupted' })
    await dialog.getByRole('button', { name: 'Cancel run' }).click()
    await dialog.waitFor({ state: 'detached' })
    await visible(page, /^Stopped after/).waitFor()
    expect(server.accepted.length).toBeLessThan(1000)
    const sent = server.accepted.length
    await page.waitForTimeout(300)
    expect(server.accepted).toHaveLength(sent)
    expect(await stateOfRun()).toMatchObject({ settled: { state: 'cancelled' } })
  })

  it('is kept for the next start when the window closes, and goes on then', async () => {
    await changeFlow(studio, flow, (text) =>
      text.replace(/"steps": \[/, '"running": { "afterRestart": "leave" },\n    "steps": [')
    )
    await debugUntil(150)
    await answerWith(studio, 'Keep for Next Start')
    const ended = studio.closed()
    const asked = Date.now()
    await page.getByRole('button', { name: 'Close window' }).click()
    await ended
    expect(Date.now() - asked).toBeLessThan(6_000)
    const sent = server.accepted.length
    expect(sent).toBeLessThan(1200)

    studio = await openStudio(studio)
    page = studio.page
    await visible(page, /was interrupted and goes on/).waitFor()
    await flowCard(page, flow)
      .getByText(/^Settled/)
      .waitFor({ timeout: 60_000 })
    everyoneOnce()
    expect(server.accepted.length).toBeGreaterThan(sent)
  })
})

async function debugUntil(mails: number): Promise<void> {
  await page.keyboard.press('Control+1')
  await flowCard(page, flow).getByRole('button', { name: 'Debug' }).click()
  await expect.poll(() => server.accepted.length, { timeout: 30_000 }).toBeGreaterThan(mails)
}

/** Everybody has a mail; nobody has two, but for those who may. */
function everyoneOnce(mayHaveTwo: readonly string[] = [], most = mayHaveTwo.length): void {
  const got = new Set(server.accepted)
  expect(everybody.filter((address) => !got.has(address))).toEqual([])
  expect(twice().filter((address) => !mayHaveTwo.includes(address))).toEqual([])
  expect(server.accepted.length).toBeLessThanOrEqual(everybody.length + most)
}

const twice = (): string[] => server.accepted.filter((address, index) => server.accepted.indexOf(address) !== index)

async function subscribers(): Promise<string[]> {
  const lines = (await readFile(path.join(studio.folder, 'subscribers.csv'), 'utf8')).trimEnd().split('\n').slice(1)
  return lines.map((line) => /[^\s,"]+@[^\s,"]+/.exec(line)?.[0] ?? line)
}

/** The summary in the folder of the only run. */
async function stateOfRun(): Promise<unknown> {
  const runs = path.join(studio.folder, 'Process Folder', flow)
  const [run = ''] = await readdir(runs)
  return JSON.parse(await readFile(path.join(runs, run, 'run.json'), 'utf8'))
}
