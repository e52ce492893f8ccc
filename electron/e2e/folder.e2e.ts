import { readFile, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drag, middle } from './drag.ts'
import { keepFailures } from './keepFailures.ts'
import { type OpenStudio, openStudio } from './openStudio.ts'
import { chooseFor, editFlow, flowCard, goToTab, stepOf, untilSaved } from './studioParts.ts'

const sample = 'Send EmailList Flow'

describe('The Designer Folder', () => {
  let studio: OpenStudio
  let page: Page

  beforeAll(async () => {
    studio = await openStudio()
    page = studio.page
  })

  afterAll(() => studio.remove())

  keepFailures(() => studio)

  it('creates a flow, renames and duplicates it, deletes it and brings it back', async () => {
    await page.getByRole('button', { name: 'Create Flow' }).click()
    const create = page.getByRole('dialog', { name: 'Create Flow' })
    await create.getByLabel('Name').fill('Invoices')
    await page.keyboard.press('Enter')
    for (const step of ['Start', 'End Step']) await stepOf(page, step).waitFor()
    await goToTab(page, 'Newsletter')

    await chooseFor(page, 'Invoices', 'Rename')
    const rename = page.getByRole('dialog', { name: 'Rename “Invoices”' })
    await rename.getByLabel('Name').fill(sample)
    await page.keyboard.press('Enter')
    await rename.getByText(`There is a flow named “${sample}” here already`).waitFor()
    await rename.getByLabel('Name').fill('Bills')
    await page.keyboard.press('Enter')
    await flowCard(page, 'Bills').waitFor()

    await chooseFor(page, 'Bills', 'Duplicate')
    await flowCard(page, 'Bills copy').waitFor()
    expect(await flowFiles()).toEqual(expect.arrayContaining(['Bills copy.flow.json', 'Bills.flow.json']))
    expect(await flowFiles()).not.toContain('Invoices.flow.json')
    expect(await idOf('Bills copy')).not.toBe(await idOf('Bills'))

    const text = await readFile(fileOf('Bills'), 'utf8')
    await chooseFor(page, 'Bills', 'Delete')
    await flowCard(page, 'Bills').waitFor({ state: 'detached' })
    expect(await flowFiles()).not.toContain('Bills.flow.json')
    await page.getByRole('status', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click()
    await flowCard(page, 'Bills').waitFor()
    expect(await readFile(fileOf('Bills'), 'utf8')).toBe(text)
  })

  it('finds flows by their names, their steps and the texts in these', async () => {
    const search = page.getByRole('searchbox', { name: 'Search names, steps and text' })
    const found = async (text: string) => {
      await search.fill(text)
      return page.getByRole('article').evaluateAll((cards) => cards.map((card) => card.getAttribute('aria-label')))
    }
    expect(await found('receipt')).toEqual(expect.arrayContaining(['Send Receipt', 'Non-critical error']))
    expect(await found('tell the team')).toEqual(['Send Receipt'])
    expect(await found('welcome to tidewater')).toHaveLength(2)
    expect(await found('no such thing')).toEqual([])
    await page.getByText('No flow here has “no such thing”').waitFor()
    await page.getByRole('button', { name: 'Show all flows' }).click()
    await flowCard(page, sample).waitFor()
  })

  it('lists a broken file and one of a newer version with a clear sentence, and leaves them as they are', async () => {
    const sound = await readFile(fileOf(sample), 'utf8')
    const files = {
      Torn: sound.slice(0, 700),
      Tomorrow: sound.replace('"version": 1', '"version": 99').replace('"steps"', '"blocks"')
    }
    for (const [name, text] of Object.entries(files)) await writeFile(fileOf(name), text)
    const torn = cardOf('Torn')
    const tomorrow = cardOf('Tomorrow')
    await torn.getByText(/Line \d+, column \d+: expected .*, but found the end of the file/).waitFor()
    await tomorrow.getByText('This flow was saved by a newer Tailrace, in version 99').waitFor()
    await torn.scrollIntoViewIfNeeded()
    await studio.screenshot('folder-broken-files')
    for (const card of [torn, tomorrow]) expect(await card.getByRole('link', { name: 'Edit' }).count()).toBe(0)
    for (const [name, text] of Object.entries(files)) expect(await readFile(fileOf(name), 'utf8')).toBe(text)
  })

  it('shows what another program changes on the disk, in the folder and in the open flow', async () => {
    await editFlow(page, 'Send Receipt')
    const file = fileOf('Send Receipt')
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replace('"name": "Note the Error"', '"name": "Write it down"'))
    await stepOf(page, 'Write it down').waitFor()
    await page.keyboard.press('Control+w')
    await writeFile(fileOf('Brought along'), text.replace('"name": "Send Receipt"', '"name": "Brought along"'))
    await flowCard(page, 'Brought along').waitFor()
  })

  it('asks before it writes over what another program has saved meanwhile', async () => {
    await editFlow(page, sample)
    const start = await middle(stepOf(page, 'Start'))
    await drag(page, stepOf(page, 'Start'), { x: start.x, y: start.y + 96 })
    const file = fileOf(sample)
    const theirs = (await readFile(file, 'utf8')).replace('"name": "Send Email 1"', '"name": "Theirs"')
    await writeFile(file, theirs)
    await page.keyboard.press('Control+s')
    const conflict = page.getByRole('dialog', { name: 'The file was changed meanwhile' })
    await conflict.getByRole('button', { name: 'Cancel' }).click()
    expect(await readFile(file, 'utf8')).toBe(theirs)

    await page.keyboard.press('Control+s')
    await conflict.getByRole('button', { name: 'Take the file' }).click()
    await stepOf(page, 'Theirs').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await stepOf(page, 'Send Email 1').waitFor()

    await writeFile(file, theirs.replace('"name": "Theirs"', '"name": "Theirs again"'))
    await page.keyboard.press('Control+s')
    await conflict.getByRole('button', { name: 'Overwrite' }).click()
    await untilSaved(page)
    expect(await readFile(file, 'utf8')).toContain('"name": "Send Email 1"')
    expect(studio.errors).toEqual([])
  })

  const fileOf = (flow: string) => path.join(studio.folder, `${flow}.flow.json`)
  const flowFiles = async () => (await readdir(studio.folder)).filter((file) => file.endsWith('.flow.json'))
  /** The card of a file whose flow cannot be read: it is named as the file. */
  const cardOf = (file: string): Locator => page.locator(`article[data-path="${file}.flow.json"]`)

  async function idOf(flow: string): Promise<string | undefined> {
    return /"id": "([^"]+)"/.exec(await readFile(fileOf(flow), 'utf8'))?.[1]
  }
})
