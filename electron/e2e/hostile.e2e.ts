import { spawnSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { hostileFolders } from './hostileFolders.ts'
import { keepFailures } from './keepFailures.ts'
import { type OpenStudio, openStudio } from './openStudio.ts'
import { flowCard, goToTab } from './studioParts.ts'

const root = path.join(import.meta.dirname, '../..')
const samples = path.join(root, 'resources/samples')
const sound = 'Order Checks'

let work: string
let base: string
let studio: OpenStudio | undefined

/** The folder of the run in a Designer Folder. */
async function runIn(folder: string): Promise<string> {
  const home = path.join(folder, 'Process Folder', sound)
  const [run = ''] = (await readdir(home)).filter((name) => !name.startsWith('.'))
  return path.join(home, run)
}

describe('A folder that somebody has made to do harm', () => {
  beforeAll(async () => {
    work = await mkdtemp(path.join(os.tmpdir(), 'tailrace-e2e-'))
    base = path.join(work, 'base')
    await cp(samples, base, { recursive: true })
    const cli = path.join(root, 'out/main/cli.js')
    const { status, stderr } = spawnSync(process.execPath, [cli, 'run', sound, '--folder', base], {
      env: { ...process.env, TAILRACE_USER_DATA: path.join(work, 'elsewhere') },
      encoding: 'utf8'
    })
    expect([status, stderr]).toEqual([0, ''])
    // As if the process had ended in the midst of it.
    const run = await runIn(base)
    await rm(path.join(run, 'run.json'))
    const lines = (await readFile(path.join(run, 'journal.jsonl'), 'utf8')).split('\n')
    await writeFile(path.join(run, 'journal.jsonl'), `${lines.slice(0, 12).join('\n')}\n`)
  })

  afterEach(async () => {
    await studio?.quit()
    studio = undefined
  })

  afterAll(() => rm(work, { recursive: true, force: true }))

  keepFailures(() => studio)

  it.each(hostileFolders)(
    'is listed with all that is sound in it, and nothing runs or hangs: $name',
    async ({ make }) => {
      const place = await mkdtemp(path.join(work, 'place-'))
      const folder = path.join(place, 'Copied')
      await cp(base, folder, { recursive: true })
      await make(folder, await runIn(folder))
      await mkdir(path.join(place, 'user-data'))
      studio = await openStudio({ folder, userData: path.join(place, 'user-data') })
      const { page, errors } = studio

      const banner = page.getByRole('region', { name: 'Folder not trusted' })
      await banner.waitFor()
      for (const flow of ['Non-critical error', 'Send EmailList Flow', 'Send Receipt', sound])
        await flowCard(page, flow).waitFor()
      await goToTab(page, 'Runs')
      await page
        .getByRole('row', { name: new RegExp(sound) })
        .first()
        .waitFor()
      expect(await page.getByRole('dialog').count()).toBe(0)
      const kept = (await readdir(path.join(folder, 'Process Folder'))).filter((name) => !name.startsWith('.'))
      expect(kept).toEqual([sound])

      await banner.getByRole('button', { name: 'Trust Folder' }).click()
      await banner.waitFor({ state: 'detached' })
      await goToTab(page, 'Copied')
      await flowCard(page, sound).getByRole('button', { name: 'Run', exact: true }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Run', exact: true }).click()
      await flowCard(page, sound)
        .getByText(/^Settled/)
        .waitFor()
      expect(errors).toEqual([])
    }
  )
})
