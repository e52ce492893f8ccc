import type { Locator, Page } from 'playwright-core'

/** Drags with a real mouse, from the middle of one thing to the middle of another or to a place on the screen. */
export async function drag(page: Page, from: Locator, to: Locator | { x: number; y: number }): Promise<void> {
  const start = await middle(from)
  const end = 'x' in to ? to : await middle(to)
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  await page.mouse.move(start.x + 6, start.y + 6, { steps: 3 })
  await page.mouse.move(end.x, end.y, { steps: 12 })
  await page.mouse.move(end.x, end.y)
  await page.mouse.up()
}

/** The middle of what a locator finds, in pixels of the window. */
export async function middle(locator: Locator): Promise<{ x: number; y: number }> {
  const box = await locator.boundingBox()
  if (!box) throw new Error(`${locator.toString()} is not on the screen`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}
