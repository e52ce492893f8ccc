import { spawnSync } from 'node:child_process'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { drag, middle } from './drag.ts'
import { keepFailures } from './keepFailures.ts'
import { connectByKeyboard, hasFocus, tabTo } from './keyboard.ts'
import { type OpenStudio, openStudio } from './openStudio.ts'
import { chooseFor, editFlow, flowCard, stepOf, untilSaved, visible } from './studioParts.ts'

const sample = 'Send EmailList Flow'

let studio: OpenStudio
let page: Page

describe('The Flow Designer', () => {
  beforeAll(async () => {
    studio = await openStudio()
    page = studio.page
  })

  afterAll(() => studio.remove())

  // Each test has a copy of the sample of its own.
  let flow: string

  beforeEach(async () => {
    await chooseFor(page, sample, 'Duplicate')
    flow = `${sample} copy`
    await flowCard(page, flow).waitFor()
  })

  afterEach(async () => {
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+w')
    const drop = page.getByRole('button', { name: "Don't save" })
    if (await drop.isVisible()) await drop.click()
    await page.keyboard.press('Control+1')
    await chooseFor(page, flow, 'Delete')
    await flowCard(page, flow).waitFor({ state: 'detached' })
  })

  keepFailures(() => studio)

  it('lets the seed’s flow be finished, saved and debugged with the keyboard alone', async () => {
    await tabTo(page, flowCard(page, flow).getByRole('link', { name: 'Edit' }))
    await page.keyboard.press('Enter')
    await stepOf(page, 'Start').waitFor()
    // A step that is added while another is selected comes to stand behind it, connected.
    await tabTo(page, stepOf(page, 'Email Address List'))
    await page.keyboard.press('Space')
    await page.keyboard.press('t')
    await page.keyboard.type('go async')
    await page.keyboard.press('Enter')
    await expect.poll(() => hasFocus(stepOf(page, 'Go Async 1'))).toBe(true)
    await connectByKeyboard(page, 'Done of Go Async 1', 'Send Email 1')
    await page.keyboard.press('Control+s')
    await untilSaved(page)
    expect(await connectionsOf(flow)).toEqual([
      'email-address-list-1 Done go-async-1',
      'go-async-1 Done send-email-1',
      'send-email-1 Done end-1',
      'start Done email-address-list-1'
    ])
    await page.keyboard.press('F5')
    await page.getByRole('region', { name: 'Timeline' }).getByRole('row', { name: 'Background 1' }).waitFor()
    await visible(page, /^Not settled/).waitFor()
    await page.keyboard.press('Shift+F5')
    await page.getByRole('button', { name: 'Run again' }).waitFor()
  })

  it('undoes and redoes adding, moving, connecting, deleting, renaming and changing a property', async () => {
    await editFlow(page, flow)
    const log = stepOf(page, 'Log 1')
    await stepOf(page, 'Send Email 1').click()
    await page.getByRole('treeitem', { name: 'Log', exact: true }).click()
    await log.waitFor()
    await undoAndRedo(() => log.count(), [0, 1])

    const before = await placeOf(log)
    await drag(page, log, { x: before.x - 80, y: before.y + 160 })
    await expect.poll(() => placeOf(log)).not.toEqual(before)
    const moved = await placeOf(log)
    await undoAndRedo(() => placeOf(log), [before, moved])
    await page.getByRole('button', { name: 'Fit', exact: true }).click()

    const list = 'Done of Email Address List'
    await drag(page, page.getByLabel(list, { exact: true }), page.getByLabel('Entry of Log 1', { exact: true }))
    const line = page.getByLabel(`${list} to Log 1`)
    await line.waitFor({ state: 'attached' })
    await undoAndRedo(() => line.count(), [0, 1])

    await log.click()
    await page.getByLabel('Name of the step').fill('Note it')
    await page.keyboard.press('Enter')
    const noted = stepOf(page, 'Note it')
    await undoAndRedo(() => noted.count(), [0, 1])

    await noted.click()
    const message = page.getByRole('region', { name: 'Properties' }).getByRole('textbox', { name: 'Message' })
    await message.click()
    await page.keyboard.type('Read')
    await noted.click()
    await undoAndRedo(() => message.inputValue(), ['', 'Read'])

    await noted.click()
    await page.keyboard.press('Delete')
    await undoAndRedo(() => noted.count(), [1, 0])
    for (let undone = 0; undone < 6; undone++) await press('Undo')
    expect([await enabled('Undo'), await enabled('Save')]).toEqual([false, false])
  })

  it('adds a clicked step behind the selected one, and deletes the selected connection', async () => {
    await editFlow(page, flow)
    await stepOf(page, 'Email Address List').click()
    await page.getByRole('treeitem', { name: 'Log', exact: true }).click()
    const line = page.getByLabel('Done of Email Address List to Log 1')
    await line.waitFor({ state: 'attached' })
    expect(await overlapping()).toEqual([])
    const from = await middle(page.getByLabel('Done of Email Address List', { exact: true }))
    await page.mouse.click(from.x + 24, from.y)
    await page.getByRole('region', { name: 'Properties' }).getByLabel('Goes to').waitFor()
    await page.keyboard.press('Delete')
    await line.waitFor({ state: 'detached' })
  })

  it('lists what is wrong, and a click there leads to the field', async () => {
    await editFlow(page, flow)
    await stepOf(page, 'Email Address List').click()
    await page.getByRole('treeitem', { name: 'Log', exact: true }).click()
    await stepOf(page, 'Start').click()
    await press('Check')
    const problems = page.getByRole('region', { name: 'Problems' })
    await problems
      .getByRole('button', { name: /Message/ })
      .first()
      .click()
    const properties = page.getByRole('region', { name: 'Properties' })
    await expect.poll(() => properties.getByLabel('Name of the step').inputValue()).toBe('Log 1')
    await expect.poll(() => hasFocus(properties.getByRole('textbox', { name: 'Message' }))).toBe(true)
  })

  it('writes a small change as a small change of the file, positions apart from the logic', async () => {
    await editFlow(page, flow)
    const file = fileOf(flow)
    const before = path.join(studio.userData, 'before.json')
    await writeFile(before, await readFile(file))

    const mail = stepOf(page, 'Send Email 1')
    const place = await middle(mail)
    await drag(page, mail, { x: place.x + 64, y: place.y })
    await save()
    const moved = changedLines(before, file)
    expect(moved).toHaveLength(2)
    expect(moved[1]).toMatch(/^\+ {4}"send-email-1": \{ "x": \d+, "y": \d+ \}/)

    await writeFile(before, await readFile(file))
    await stepOf(page, 'Email Address List').click()
    await page.getByLabel('Name of the step').fill('Subscribers')
    await page.keyboard.press('Enter')
    await save()
    expect(changedLines(before, file)).toEqual([
      '-        "name": "Email Address List",',
      '+        "name": "Subscribers",'
    ])
  })

  async function save(): Promise<void> {
    await press('Save')
    await untilSaved(page)
  }

  const button = (name: string) => page.getByRole('toolbar', { name: 'Flow' }).getByRole('button', { name })
  const press = (name: string) => button(name).click()
  const enabled = (name: string) => button(name).isEnabled()

  /** What is to be seen after Undo, and after Redo. */
  async function undoAndRedo<T>(look: () => Promise<T>, [without, withIt]: readonly [T, T]): Promise<void> {
    await expect.poll(look).toEqual(withIt)
    await press('Undo')
    await expect.poll(look).toEqual(without)
    await press('Redo')
    await expect.poll(look).toEqual(withIt)
  }

  /** Whole pixels, since the drawing may be zoomed. */
  async function placeOf(step: Locator): Promise<{ x: number; y: number }> {
    const { x, y } = await middle(step)
    return { x: Math.round(x), y: Math.round(y) }
  }

  /** The pairs of steps that lie on one another. */
  async function overlapping(): Promise<string[]> {
    const steps = await page.locator('[aria-roledescription=step]:visible').all()
    const boxes = await Promise.all(
      steps.map(async (step) => ({ name: await step.getAttribute('aria-label'), box: await step.boundingBox() }))
    )
    return boxes.flatMap(({ name, box }, index) =>
      boxes
        .slice(index + 1)
        .filter(({ box: other }) => box && other && overlap(box, other))
        .map((other) => `${name} and ${other.name}`)
    )
  }

  const fileOf = (name: string) => path.join(studio.folder, `${name}.flow.json`)

  async function connectionsOf(name: string): Promise<string[]> {
    const { flow } = JSON.parse(await readFile(fileOf(name), 'utf8')) as {
      flow: { connections: { from: string; outcome: string; to: string }[] }
    }
    return flow.connections.map(({ from, outcome, to }) => `${from} ${outcome} ${to}`).sort()
  }
})

describe('Unsaved edits', () => {
  afterEach(() => studio.remove())

  keepFailures(() => studio)

  it('survive the sudden end of the whole studio, and are offered at the next start', async () => {
    studio = await openStudio()
    page = studio.page
    await editFlow(page, sample)
    await page.getByRole('treeitem', { name: 'Go Async', exact: true }).click()
    await stepOf(page, 'Go Async 1').waitFor()
    const file = path.join(studio.folder, `${sample}.flow.json`)
    const before = await readFile(file, 'utf8')
    const drafts = path.join(studio.userData, 'drafts')
    // Not the temporary file that becomes the draft once it is whole.
    const kept = async (): Promise<string[]> =>
      (await readdir(drafts).catch(() => [])).filter((name) => /^[0-9a-f]+\.json$/.test(name))
    await expect.poll(kept, { timeout: 30_000 }).toHaveLength(1)
    await studio.killAll()

    studio = await openStudio(studio)
    page = studio.page
    await editFlow(page, sample)
    const offer = page.getByRole('dialog', { name: 'Unsaved changes were kept' })
    await offer.getByRole('button', { name: 'Restore' }).click()
    await stepOf(page, 'Go Async 1').waitFor()
    expect(await readFile(file, 'utf8')).toBe(before)
    await page.getByRole('button', { name: 'Undo' }).click()
    await stepOf(page, 'Go Async 1').waitFor({ state: 'detached' })
    expect(studio.errors).toEqual([])
  })
})

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

/** The lines that git shows as taken out and put in. */
function changedLines(before: string, after: string): string[] {
  const { status, stdout } = spawnSync('git', ['diff', '--no-index', '--unified=0', before, after], {
    encoding: 'utf8'
  })
  if (status !== 1) throw new Error(status === 0 ? 'Nothing has changed.' : 'git cannot compare the two.')
  return stdout.split('\n').filter((line) => /^[+-](?![+-])/.test(line))
}
