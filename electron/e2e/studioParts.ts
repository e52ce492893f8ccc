import type { Locator, Page } from 'playwright-core'

/** The thumbnail of a flow in the Designer Folder. */
export function flowCard(page: Page, flow: string): Locator {
  return page.getByRole('article', { name: flow, exact: true })
}

/** Chooses from the menu of a thumbnail. */
export async function chooseFor(page: Page, flow: string, item: string): Promise<void> {
  await flowCard(page, flow)
    .getByRole('button', { name: `More for ${flow}` })
    .click()
  await page.getByRole('menuitem', { name: item }).click()
}

/** Opens a flow in the Flow Designer and answers when its drawing is there. */
export async function editFlow(page: Page, flow: string): Promise<void> {
  await flowCard(page, flow).getByRole('link', { name: 'Edit' }).click()
  await stepOf(page, 'Start').waitFor()
}

/** Goes to a tab of the title bar. */
export async function goToTab(page: Page, name: string): Promise<void> {
  await page.getByRole('tablist', { name: 'Open' }).getByRole('tab', { name }).click()
}

/** Waits until the flow in front has no unsaved edits. (Save is disabled while it works, too: that says nothing.) */
export async function untilSaved(page: Page): Promise<void> {
  const tabs = page.getByRole('tablist', { name: 'Open' })
  await tabs.getByRole('tab', { name: /unsaved edits/, selected: true }).waitFor({ state: 'detached' })
}

/** A step on the canvas that is in front. */
export function stepOf(page: Page, name: string): Locator {
  return page.getByRole('group', { name, exact: true }).filter({ visible: true })
}

/** The first thing on the screen that says so; tabs in the background are not on the screen. */
export function visible(page: Page, text: string | RegExp): Locator {
  return page.getByText(text).filter({ visible: true }).first()
}
