import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { barriers } from './barriers.ts'
import { keepFailures } from './keepFailures.ts'
import { type OpenStudio, openStudio } from './openStudio.ts'
import { shortenList } from './shortenList.ts'
import { editFlow, flowCard, goToTab, stepOf, visible } from './studioParts.ts'

const flow = 'Send EmailList Flow, finished'

let studio: OpenStudio
let page: Page

beforeAll(async () => {
  studio = await openStudio()
  page = studio.page
  await shortenList(studio.folder, 400)
})

afterAll(() => studio.remove())

keepFailures(() => studio)

it('would notice a button without a name and letters too pale to read', async () => {
  await page.evaluate(() => {
    const pale = document.createElement('button')
    pale.append('pale')
    Object.assign(pale.style, { position: 'fixed', inset: '0 auto auto 0', color: '#bbb', background: '#fff' })
    document.body.append(pale, document.createElement('button'))
  })
  const found = await barriers(page)
  await page.reload()
  await flowCard(page, flow).waitFor()
  expect(found.map((barrier) => barrier.split(':')[0]).sort()).toEqual(['button-name', 'color-contrast'])
})

describe.each(['Light', 'Dark'])('axe finds nothing serious, %s,', (theme) => {
  beforeAll(async () => {
    await goToTab(page, 'Newsletter')
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByRole('dialog', { name: 'Settings' }).getByText(theme, { exact: true }).click()
    await page.getByRole('button', { name: 'Done' }).click()
  })

  it('on the Designer Folder', async () => {
    await flowCard(page, flow).waitFor()
    await look('folder')
  })

  it('in the dialogs', async () => {
    await page.getByRole('button', { name: 'Create Flow' }).click()
    await page.getByRole('dialog', { name: 'Create Flow' }).waitFor()
    await look('create-flow')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByRole('button', { name: 'Add account' }).click()
    await look('settings')
    await page.keyboard.press('Escape')
  })

  it('in the Flow Designer with the properties of a step', async () => {
    await editFlow(page, flow)
    await stepOf(page, 'Send Email 1').click()
    await page.getByRole('textbox', { name: 'Subject' }).waitFor()
    await page
      .getByRole('button', { name: /^Problems/ })
      .filter({ visible: true })
      .click()
    await look('designer')
    await page
      .getByRole('button', { name: /^Problems/ })
      .filter({ visible: true })
      .click()
  })

  it('in the debugger, while the flow runs and after it', async () => {
    await page.getByRole('button', { name: 'Debug Flow' }).click()
    await page.getByRole('region', { name: 'Timeline' }).getByRole('row', { name: 'Background 1' }).waitFor()
    await visible(page, /^Not settled · \d+ of 400/).waitFor()
    await look('debugger')
    await visible(page, /^Settled/).waitFor({ timeout: 30_000 })
    await look('debugger-after')
    await page.getByRole('tab', { name: /^Outbox/ }).click()
    await look('debugger-outbox')
    await page.getByRole('button', { name: 'Back to design' }).click()
    await page.keyboard.press('Control+w')
  })

  it('among the runs', async () => {
    await goToTab(page, 'Runs')
    await page.getByRole('row', { name: flow }).first().waitFor()
    await look('runs')
  })

  /** Waits until everything that fades or slides in is there; what turns for ever is not waited for. */
  async function untilStill(): Promise<void> {
    await page.evaluate(async () => {
      const ending = document
        .getAnimations()
        .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime))
      await Promise.allSettled(ending.map(({ finished }) => finished))
    })
  }

  async function look(screen: string): Promise<void> {
    await untilStill()
    await studio.screenshot(`${screen}-${theme.toLowerCase()}`)
    expect.soft(await barriers(page), screen).toEqual([])
  }
})
