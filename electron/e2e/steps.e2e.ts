import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { barriers } from './barriers.ts'
import { keepFailures } from './keepFailures.ts'
import { type OpenStudio, openStudio } from './openStudio.ts'
import { editFlow, goToTab, stepOf, visible } from './studioParts.ts'

const sample = 'Order Checks'

let studio: OpenStudio
let page: Page
let properties: Locator

describe('Steps and data', () => {
  beforeAll(async () => {
    studio = await openStudio()
    page = studio.page
    properties = page.getByRole('region', { name: 'Properties' }).filter({ visible: true })
  })

  afterAll(() => studio.remove())

  keepFailures(() => studio)

  it('run in the sample: a loop, a variable, two paths at once, a signal and a script', async () => {
    await editFlow(page, sample)
    await page.getByRole('button', { name: 'Debug Flow' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Debug Flow' }).click()
    const threads = page.getByRole('region', { name: 'Timeline' })
    await threads.getByText(/^Wait for the Clerk · waiting since \d\d:\d\d$/).waitFor()
    await threads.getByRole('row', { name: 'Path 2' }).waitFor()
    expect(await barriers(page)).toEqual([])
    await visible(page, /^Settled/).waitFor()
    await visible(page, 'ended · Checked').waitFor()
    await page.getByRole('tab', { name: /^Console/ }).click()
    await visible(page, 'Large Orders = [1042,1044]').waitFor()
    await page.getByRole('button', { name: 'Back to design' }).click()
  })

  it('can be set by forms in which axe finds nothing serious', async () => {
    for (const [step, tabs] of [
      ['Orders', ['Inputs']],
      ['Is It Large?', ['Inputs', 'Retry']],
      ['Keep Its Number', ['Outcomes']],
      ['Add Up', ['Inputs', 'Retry']]
    ] as const) {
      await stepOf(page, step).click()
      for (const tab of tabs) {
        await properties.getByRole('tab', { name: tab }).click()
        expect(await barriers(page)).toEqual([])
      }
    }
  })

  it('offer names in an expression, and mend a wrong one with a click', async () => {
    await stepOf(page, 'Is It Large?').click()
    await properties.getByRole('tab', { name: 'Inputs' }).click()
    const condition = properties.getByRole('textbox', { name: 'Condition' })
    await condition.fill('order.Total > flow.La')
    await page.keyboard.press('Control+Space')
    await page.getByRole('option', { name: /Large From/ }).waitFor()
    await page.keyboard.press('Enter')
    await expect.poll(() => condition.inputValue()).toBe('order.Total > flow["Large From"]')
    await condition.fill('order.Total > flow["Large Form"]')
    await properties.getByRole('button', { name: /^Use “/ }).click()
    await expect.poll(() => condition.inputValue()).toBe('order.Total > flow["Large From"]')
    await properties.getByText('Gives Boolean').waitFor()
  })

  it('are placed, set and run: a signal from outside lets the step go on that waits for it', async () => {
    await goToTab(page, 'Newsletter')
    await page.getByRole('button', { name: 'Create Flow' }).click()
    const create = page.getByRole('dialog')
    await create.getByRole('textbox').first().fill('Waits')
    await create.getByText(/empty/i).first().click()
    await create.getByRole('button', { name: /^Create/ }).click()
    await add('Set Value')
    await properties.getByLabel('Variable', { exact: true }).selectOption({ label: 'New variable…' })
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('Answer')
    await dialog.getByRole('button', { name: 'Add variable' }).click()
    await add('Wait for Signal')
    await properties.getByLabel('Signal', { exact: true }).fill('go on')
    await lead('Start', 'Done', 'Wait for Signal 1')
    await lead('Wait for Signal 1', 'Received', 'Set Value 1')
    await lead('Set Value 1', 'Done', 'End Step')
    await stepOf(page, 'Set Value 1').click()
    await properties.getByRole('tab', { name: 'Inputs' }).click()
    await properties.getByLabel('How Value gets its value').selectOption({ label: 'Expression' })
    await properties.getByRole('textbox', { name: 'Value' }).fill('steps.wait-for-signal-1.Value')

    await page.getByRole('button', { name: 'Debug Flow' }).click()
    await page.getByRole('button', { name: 'Send signal…' }).click()
    await page.getByRole('dialog').getByLabel('Value').fill('{"by": "Ada"}')
    await page.getByRole('dialog').getByRole('button', { name: 'Send signal' }).click()
    await visible(page, /^Settled/).waitFor()
    await page.getByRole('tab', { name: /^Console/ }).click()
    await visible(page, 'Answer = {"by":"Ada"}').waitFor()
    await page.getByRole('button', { name: 'Back to design' }).click()
    expect(studio.errors).toEqual([])
  })

  it('wait for the first of several signals as they are placed, and keep a connection whose signal is renamed', async () => {
    await add('Wait for First Signal')
    await lead('Set Value 1', 'Done', 'Wait for First Signal 1')
    await lead('Wait for First Signal 1', 'Rejected', 'End Step')
    await stepOf(page, 'Wait for First Signal 1').click()
    await properties.getByRole('tab', { name: 'Inputs' }).click()
    const signals = properties.getByLabel('Signals')
    await signals.fill('Approved\nNothing Came\nOn Exception')
    await properties.getByText('“Nothing Came” in “Signals”').waitFor()
    await signals.fill('Approved\nRejected')
    await signals.fill('Approved\nSent Back')
    await properties.getByRole('tab', { name: /^Outcomes/ }).click()
    await expect
      .poll(() => properties.getByLabel('Sent Back', { exact: true }).locator('option:checked').textContent())
      .toBe('Goes to End Step')
    await page.keyboard.press('Control+z')
    await properties.getByLabel('Rejected', { exact: true }).waitFor()

    await page.getByRole('button', { name: 'Debug Flow' }).click()
    await send('go on')
    await send('Rejected')
    await visible(page, /^Settled/).waitFor()
    await stepOf(page, 'Wait for First Signal 1').getByText('Rejected in').waitFor()
    expect(await barriers(page)).toEqual([])
    expect(studio.errors).toEqual([])
  })
})

/** Gives the run a signal once a step waits for it. */
async function send(signal: string): Promise<void> {
  await page.getByRole('button', { name: 'Send signal…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Signal', { exact: true }).selectOption(signal)
  await dialog.getByRole('button', { name: 'Send signal' }).click()
}

/** Places a step where nothing is selected, so that it is not connected. */
async function add(step: string): Promise<void> {
  await page
    .getByRole('searchbox', { name: /^Search \d+ steps/ })
    .filter({ visible: true })
    .fill(step)
  await page.getByRole('treeitem', { name: step, exact: true }).filter({ visible: true }).click()
  await stepOf(page, `${step} 1`).waitFor()
}

async function lead(from: string, outcome: string, to: string): Promise<void> {
  await page.getByRole('button', { name: 'Fit' }).filter({ visible: true }).click()
  await stepOf(page, from).click()
  await properties.getByRole('tab', { name: /^Outcomes/ }).click()
  await properties.getByLabel(outcome, { exact: true }).selectOption({ label: `Goes to ${to}` })
}
