import { describe, expect, it } from 'vitest'
import type { Clock, FlowDocument, Mapping } from '../../model/index.ts'
import type { RunEvent } from '../../run/index.ts'
import { builtInSteps } from '../../steps/index.ts'
import { flowFromText } from '../../testing/flowFromText.ts'
import type { Disk } from '../disk/disk.ts'
import { designerFolder } from '../folder/designerFolder.ts'
import { HostError } from '../hostError.ts'
import { openInstallation } from '../installation/installation.ts'
import { readJournal } from '../journal/readJournal.ts'
import { resumeRun } from '../runs/resumeRun.ts'
import { readSummary } from '../runs/runSummary.ts'
import { startRun } from '../runs/startRun.ts'
import { systemClock } from '../systemClock.ts'
import { chanceOf } from './chanceOf.ts'
import { faults, faultyDisk } from './faultyDisk.ts'
import { faultRounds, faultTime, tellFaults } from './faultRounds.ts'
import { type MemoryDisk, memoryDisk } from './memoryDisk.ts'
import { watchedDisk } from './watchedDisk.ts'

/** Nobody has to wait. */
const clock: Clock = { ...systemClock, sleep: () => new Promise(setImmediate) }

const constant = (value: string | readonly { readonly address: string }[]): Mapping => ({
  kind: 'constant',
  value: value as string
})
const folder = designerFolder('/flows', () => 'new', memoryDisk('/flows'))
const people = ['ann', 'bob', 'cid'].map((name) => ({ address: `${name}@example.com` }))
const text = 'x'.repeat(3_000)
const added = { inputs: { Name: constant('notes.txt'), Text: constant(text) } }
const mails = { inputs: { To: constant(people), Subject: constant('Hello'), Body: constant(text) } }

const document: FlowDocument = {
  layout: {},
  flow: flowFromText(
    `Start -> Add Document to Folder 1 -> Go Async -> Send Email -> Add Document to Folder 2 -> End Step
     Send Email -[Some Failed]-> End Step
     Add Document to Folder 1 -[On Exception]-> End Step
     Add Document to Folder 2 -[On Exception]-> End Step
     Send Email -[On Exception]-> End Step`,
    builtInSteps,
    {
      steps: {
        'Add Document to Folder 1': added,
        'Add Document to Folder 2': added,
        'Send Email': { ...mails, settings: { 'At most': 2 } }
      }
    }
  )
}

const installation = (disk: Disk) => openInstallation('/data', disk)
const start = (disk: Disk) =>
  startRun({ installation: installation(disk), folder, path: 'A.flow.json', document, clock, disk })
const resume = (disk: Disk, run: string) => resumeRun({ installation: installation(disk), run, clock, disk })

/** What the run has left that people see, by the end of its path. */
function seen(disk: MemoryDisk): string[] {
  const visible = disk.files().filter((file) => /\/(documents|outbox)\/[^.]/.test(file))
  return visible.map((file) => file.slice(file.lastIndexOf('/') + 1)).sort()
}

const all = [
  '0001 ann@example.com.eml',
  '0002 bob@example.com.eml',
  '0003 cid@example.com.eml',
  'notes (2).txt',
  'notes.txt'
]

/** Goes on with the run on a disk that is well again: it comes to its end, and has done everything once. */
async function goesOn(disk: MemoryDisk, run: string, what: string): Promise<void> {
  // Where only the flush behind the last record failed, there is nothing to go on with.
  const left = await readJournal(run, { disk })
  if (left.events.at(-1)?.event !== 'RunSettled') {
    const resumed = await resume(disk, run)
    expect(await resumed.settled, what).toEqual({ state: 'completed' })
    expect(await readJournal(run, { disk }), what).toMatchObject({ ended: true })
  }
  const withoutNumbers = (names: readonly string[]) => names.map((name) => name.replace(/^\d+/, '')).sort()
  expect(withoutNumbers(seen(disk)), what).toEqual(withoutNumbers(all))
  expect(
    (await disk.readdir(`${run}/documents`)).filter((name) => name.endsWith('.tmp')),
    what
  ).toEqual([])
}

describe('a run whose disk is full', () => {
  it(
    'is suspended with the cause wherever that happens, and goes on when there is room',
    { timeout: faultTime },
    async () => {
      const [first, last, step] = [1_000_000, 1_040_000, faultRounds(1500, 100)]
      const counts = { runs: 0, suspended: 0, notStarted: 0 }
      for (let space = first; space <= last; space += step) {
        const disk = memoryDisk('/flows')
        disk.space = space
        counts.runs++
        const what = `${String(space)} bytes`
        const started = await start(disk).catch((error: unknown) => error)
        if (!('settled' in (started as object))) {
          expect(started, what).toMatchObject({
            code: 'disk-trouble',
            message: expect.stringContaining('the disk is full') as unknown
          })
          counts.notStarted++
          continue
        }
        const run = started as Awaited<ReturnType<typeof start>>
        const settled = await run.settled
        const path = run.processFolder.path
        disk.space = Infinity
        if (settled.state === 'completed') continue
        counts.suspended++
        const message = 'The run is suspended, because the disk is full. Make room on the disk, then resume it.'
        expect(settled, what).toEqual({ state: 'suspended', error: { code: 'disk-trouble', message } })
        expect((await run.reply).kind, what).toMatch(/replied|failed/)
        expect(await readSummary(path, disk), what).toMatchObject({ suspended: message })
        await goesOn(disk, path, what)
        expect((await readSummary(path, disk))?.suspended).toBeUndefined()
      }
      tellFaults('runs on a full disk', counts)
      expect(counts.suspended).toBeGreaterThan(10)
    }
  )
})

describe('a run on a disk of which any one call fails, for ever', () => {
  it(
    'is not started or suspended with the cause, and goes on when the disk is well',
    { timeout: faultTime },
    async () => {
      const counts: Record<string, number> = { runs: 0, notStarted: 0, suspended: 0, completed: 0 }
      for (const fault of faults.filter((one) => one !== 'EPERM'))
        for (let at = 1; ; at += faultRounds(7, 1)) {
          const disk = memoryDisk('/flows')
          const broken = faultyDisk(disk, fault, at, true)
          const what = `${fault} from call ${String(at)} on`
          counts['runs']!++
          const run = await start(broken).catch((error: unknown) => {
            expect(error, what).toBeInstanceOf(HostError)
            return undefined
          })
          if (!run) {
            counts['notStarted']!++
            continue
          }
          const settled = await run.settled
          counts[settled.state] = 1 + (counts[settled.state] ?? 0)
          expect(['suspended', 'completed'], what).toContain(settled.state)
          if (settled.state === 'suspended') {
            expect(settled.error?.message, what).not.toMatch(/run the flow again/)
            if (fault !== 'ENOSPC') expect(settled.error?.message, what).not.toMatch(/Make room/)
            await goesOn(disk, run.processFolder.path, what)
          }
          if (!broken.met) break
        }
      tellFaults('runs on a disk that fails', counts)
      expect(counts['suspended']).toBeGreaterThan(20)
    }
  )
})

/** How the paths end of what the event calls done. */
function doneIn(event: RunEvent): string[] {
  if (event.event === 'StepProgressed' && event.item?.state === 'done') return [` ${event.item.label}.eml`]
  if (event.event !== 'StepCompleted' || !event.step.startsWith('Add Document')) return []
  return [event.step.endsWith('1') ? '/notes.txt' : '/notes (2).txt']
}

describe('a run whose power goes off', () => {
  it('has every mail and document that its journal calls done, and goes on', { timeout: faultTime }, async () => {
    const counts = { cuts: 0, done: 0, lost: 0 }
    for (let seed = 1; seed <= faultRounds(60, 3000); seed++) {
      const chance = chanceOf(seed)
      const disk = memoryDisk('/flows')
      let found = disk
      let calls = 1 + Math.floor(chance() * 250)
      const watched = watchedDisk(disk, () => {
        if (--calls === 0) found = disk.powerCut(chance)
        return undefined
      })
      const run = await start(watched)
      await run.settled
      const { path } = run.processFolder
      const content = await readJournal(path, { disk: found }).catch(() => undefined)
      if (found === disk || content?.events[0]?.event !== 'RunStarted') continue
      counts.cuts++
      for (const name of content.events.flatMap(doneIn)) {
        counts.done++
        const file = found.files().find((one) => one.endsWith(name))
        const bytes = file === undefined ? undefined : await found.readFile(file)
        if (!bytes?.includes('x'.repeat(60))) counts.lost++
      }
      // The process that carried it is this one: for the next one it is gone.
      for (const name of await found.readdir(path)) if (name.startsWith('running')) await found.rm(`${path}/${name}`)
      await goesOn(found, path, `seed ${String(seed)}`)
    }
    tellFaults('runs whose power went off', counts)
    expect(counts.lost).toBe(0)
    expect(counts.done).toBeGreaterThan(20)
  })
})
