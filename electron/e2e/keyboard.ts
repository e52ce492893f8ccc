import type { Locator, Page } from 'playwright-core'

/** Presses Tab until a control has the focus, as people do who have no mouse. */
export async function tabTo(page: Page, control: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 120; presses++) {
    if (await hasFocus(control)) return
    await page.keyboard.press(key)
  }
  throw new Error(`${key} does not lead to ${control.toString()}`)
}

/** Whether a control has the keyboard focus. */
export async function hasFocus(control: Locator): Promise<boolean> {
  if ((await control.count()) === 0) return false
  return control.first().evaluate((element) => element === document.activeElement)
}

/** Leads an outcome to a step on the canvas: Enter on the handle, Tab to the step, Enter. */
export async function connectByKeyboard(page: Page, outcome: string, step: string): Promise<void> {
  await tabTo(page, page.getByRole('button', { name: outcome, exact: true }))
  await page.keyboard.press('Enter')
  const chosen = page.getByText(`Connect ${outcome} to ${step},`)
  for (let presses = 0; presses < 30 && (await chosen.count()) === 0; presses++) await page.keyboard.press('Tab')
  await chosen.waitFor({ state: 'attached' })
  await page.keyboard.press('Enter')
}
