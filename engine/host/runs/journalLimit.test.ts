import { expect, it } from 'vitest'
import { builtInSteps } from '../../steps/index.ts'
import { flowFromText } from '../../testing/flowFromText.ts'
import { temporaryFolder } from '../files/temporaryFolder.ts'
import { designerFolder } from '../folder/designerFolder.ts'
import { openInstallation } from '../installation/installation.ts'
import { journalLimit } from '../journal/journalLimit.ts'
import { readJournal } from '../journal/readJournal.ts'
import { resumeRun } from './resumeRun.ts'
import { listRun, readRun } from './runsList.ts'
import { startRun } from './startRun.ts'

/** A run of a loop that records more than 100,000 bytes, which is all it may. */
async function longRun() {
  const flow = flowFromText('Start -> Repeat -[Loop]-> Log -> Repeat -[Done]-> End Step', builtInSteps, {
    steps: {
      Repeat: { inputs: { Times: { kind: 'constant', value: 20_000 } } },
      Log: { inputs: { Message: { kind: 'constant', value: 'again' } } }
    }
  })
  const installation = openInstallation(await temporaryFolder())
  const run = await startRun({
    folder: designerFolder(await temporaryFolder(), () => 'new'),
    installation,
    path: 'a.flow.json',
    document: { flow, layout: {} },
    journalLimit: 100_000
  })
  await run.settled.catch(() => undefined)
  return { installation, run: run.processFolder.path }
}

it('suspends a run whose journal has reached its limit, to be resumed with a higher one', async () => {
  const { installation, run } = await longRun()
  expect(await listRun(run, 1)).toMatchObject({ state: 'interrupted', suspended: expect.stringContaining('0.1 MB') })
  const again = await resumeRun({ installation, run, journalLimit: 100_000 })
  await again.settled.catch(() => undefined)
  expect(await listRun(run, 1)).toMatchObject({
    state: 'interrupted',
    suspended: expect.stringContaining('resume the run')
  })
  const last = await resumeRun({ installation, run })
  expect(await last.settled).toEqual({ state: 'completed' })
  expect((await readRun(run, 1)).run?.settled).toMatchObject({ state: 'completed' })
})

it('does not read at once what would not find room, and says so', async () => {
  const { run } = await longRun()
  await expect(readJournal(run, { most: 50_000 })).rejects.toMatchObject({ code: 'journal-large' })
})

it('takes the limit in megabytes from the environment', () => {
  expect(journalLimit({ TAILRACE_JOURNAL_LIMIT: '1000' })).toBe(1e9)
  for (const TAILRACE_JOURNAL_LIMIT of [undefined, '', 'much', '-1', '0'])
    expect(journalLimit({ TAILRACE_JOURNAL_LIMIT })).toBe(250e6)
})
