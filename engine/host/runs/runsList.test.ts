import { spawnSync } from 'node:child_process'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Flow, Step } from '../../model/index.ts'
import type { RunEvent, RunFact, SettledState } from '../../run/index.ts'
import { claimRun } from './claimRun.ts'
import { createJournal } from '../journal/createJournal.ts'
import { pruneRuns } from './pruneRuns.ts'
import { listRuns, readRun } from './runsList.ts'
import { readSummary, summarize } from './runSummary.ts'
import { summaryKeeper } from './summaryKeeper.ts'
import { temporaryFolder } from '../files/temporaryFolder.ts'
import { journalEvents } from '../testing/journalEvents.ts'

/** The events of a run that goes on in the background, and fails there, after it has replied. */
function runEvents(startedAt: string, state?: SettledState): RunEvent[] {
  const place = { thread: 1, frame: 0, step: 'send' }
  const step: Step = { id: 'send', name: 'Send it', type: 'log', settings: {}, inputs: {}, outputs: {} }
  const flow: Flow = { id: 'a', name: 'Newsletter', inputs: [], outputs: [], steps: [step], connections: [] }
  const start = { run: 'r', flow: 'a.flow.json', flows: { 'a.flow.json': flow }, inputs: {}, startedAt }
  const facts: RunFact[] = [
    { event: 'RunStarted', ...start },
    { event: 'ThreadStarted', thread: 0, name: 'Main', kind: 'main' },
    { event: 'FrameEntered', thread: 0, frame: 0, flow: 'a', path: 'a.flow.json', inputs: {} },
    { event: 'ThreadStarted', thread: 1, name: 'Background 1', kind: 'background', parent: 0, frames: [0] },
    { event: 'Replied', thread: 0, outcome: 'End Step', step: 'end', outputs: { Count: 3 } },
    { event: 'ThreadEnded', thread: 0, end: 'detached' }
  ]
  if (state) {
    const error = { code: 'x', message: 'No.' }
    const failed = state === 'background failed'
    if (failed) facts.push({ event: 'StepFailed', ...place, error, handled: false })
    facts.push({ event: 'ThreadEnded', thread: 1, end: failed ? 'failed' : 'completed' })
    facts.push({ event: 'RunSettled', state, ...(failed && { error }) })
  }
  return facts.map((fact, i): RunEvent => ({ seq: i + 1, at: i / 8, ...fact }))
}

interface Given {
  readonly base: string
  readonly id: string
  readonly flow?: string
  readonly startedAt?: string
  readonly state?: SettledState
}

/** A run as a process leaves it: in its folder, with journal and summary. */
async function run({ base, id, flow = 'Newsletter', startedAt = '2026-01-02T03:04:05.000Z', state }: Given) {
  const folder = path.join(base, flow, id)
  await mkdir(folder, { recursive: true })
  const journal = await createJournal(folder)
  const summary = summaryKeeper(folder, 1)
  for (const event of runEvents(startedAt, state)) {
    journal.append(event)
    summary.add(event)
  }
  await journal.close()
  await summary.close()
  return folder
}

describe('the list of runs', () => {
  it.runIf(process.platform !== 'win32')(
    'waits for nothing that is no file, and tells what stands in its place',
    async () => {
      const base = await temporaryFolder()
      for (const [at, name] of ['running.json', 'run.json', 'journal.jsonl'].entries()) {
        const folder = await run({ base, id: `2026-01-02-03040${at}-aaaa` })
        await rm(path.join(folder, name), { force: true })
        expect(spawnSync('mkfifo', [path.join(folder, name)]).status).toBe(0)
      }
      await run({ base, id: '2026-01-02-030404-aaaa' })
      await writeFile(
        path.join(base, 'Newsletter', '2026-01-02-030404-aaaa', 'run.json'),
        '{"version":1,"epoch":1e308}'
      )
      expect((await listRuns(base)).map(({ state, problem }) => [state, problem?.includes('it is no file')])).toEqual([
        ['interrupted', undefined],
        ['damaged', true],
        ['interrupted', undefined],
        ['interrupted', undefined]
      ])
    }
  )

  it('is the same from the summaries as from the journals', async () => {
    const base = await temporaryFolder()
    const folders = [
      await run({ base, id: '2026-01-02-030405-aaaa', state: 'completed' }),
      await run({ base, id: '2026-01-02-030406-aaaa', state: 'background failed' }),
      await run({ base, id: '2026-01-02-030407-aaaa' }),
      await run({ base, id: '2026-01-02-030408-aaaa' })
    ]
    const claim = await claimRun(folders[3] ?? '')
    const listed = await listRuns(base)
    expect(listed.map(({ number, state }) => [number, state])).toEqual([
      [4, 'running'],
      [3, 'interrupted'],
      [2, 'background failed'],
      [1, 'completed']
    ])
    expect(listed[2]?.summary).toEqual({
      id: 'r',
      flow: 'a.flow.json',
      name: 'Newsletter',
      startedAt: '2026-01-02T03:04:05.000Z',
      epoch: 1,
      events: 9,
      at: 1,
      background: 0,
      reply: { outcome: 'End Step', at: 0.5, outputs: { Count: 3 } },
      settled: { state: 'background failed', at: 1, error: { code: 'x', message: 'No.' } },
      failedAt: 'Send it'
    })
    for (const folder of folders) await rm(path.join(folder, 'run.json'))
    expect(await listRuns(base)).toEqual(listed)
    await claim.release()
  })

  it('does not read the journal of a run whose summary says that it is settled', async () => {
    const base = await temporaryFolder()
    const folder = await run({ base, id: '2026-01-02-030405-aaaa', state: 'completed' })
    const listed = await listRuns(base)
    await rm(path.join(folder, 'journal.jsonl'))
    expect(await listRuns(base)).toEqual(listed)
  })

  it('reads the journal where the summary cannot be used', async () => {
    const base = await temporaryFolder()
    const folder = await run({ base, id: '2026-01-02-030405-aaaa', state: 'completed' })
    const listed = await listRuns(base)
    const summary = await readFile(path.join(folder, 'run.json'), 'utf8')
    for (const broken of [
      '',
      summary.slice(0, 40),
      '[]',
      summary.replace('"version":1', '"version":2'),
      '{"version":1}'
    ]) {
      await writeFile(path.join(folder, 'run.json'), broken)
      expect(await readSummary(folder)).toBeUndefined()
      expect(await listRuns(base)).toEqual(listed)
    }
  })

  it('leaves large outputs of the reply to the journal', () => {
    const events = runEvents('2026-01-02T03:04:05.000Z').map((event): RunEvent =>
      event.event === 'Replied' ? { ...event, outputs: { List: 'x'.repeat(5000) } } : event
    )
    expect(summarize(events)?.reply).toEqual({ outcome: 'End Step', at: 0.5 })
  })
})

describe('a run that is opened', () => {
  it('shows its good part when the journal is damaged', async () => {
    const folder = await run({ base: await temporaryFolder(), id: '2026-01-02-030405-aaaa' })
    const file = path.join(folder, 'journal.jsonl')
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replace('"event":"Replied"', '"event":"Replaed"'))
    const opened = await readRun(folder, 1)
    expect(opened).toMatchObject({ state: 'damaged', problem: expect.stringContaining('line 5') })
    expect(opened.events).toHaveLength(4)
    expect(opened.run?.threads).toHaveLength(2)
    expect(opened.run?.reply).toBeUndefined()
  })

  it('tells when a settled run has lost the end of its journal', async () => {
    const folder = await run({ base: await temporaryFolder(), id: '2026-01-02-030405-aaaa', state: 'completed' })
    const file = path.join(folder, 'journal.jsonl')
    const lines = (await readFile(file, 'utf8')).split('\n').slice(0, -1)
    expect(lines).toHaveLength(9)
    expect((await readRun(folder, 1)).problem).toBeUndefined()
    await writeFile(file, `${lines.slice(0, 8).join('\n')}\n`)
    expect(await readRun(folder, 1)).toMatchObject({
      state: 'completed',
      problem: expect.stringContaining('is missing or damaged')
    })
    await writeFile(file, `${lines.slice(0, 6).join('\n')}\n`)
    expect(await readRun(folder, 1)).toMatchObject({
      state: 'damaged',
      problem: expect.stringContaining('of 8 events, 6 are left')
    })
  })

  it('is told to be damaged when nothing of it can be read', async () => {
    const folder = await temporaryFolder()
    expect(await readRun(folder, 1)).toMatchObject({ state: 'damaged', run: undefined, summary: undefined })
    await writeFile(path.join(folder, 'journal.jsonl'), 'nothing\n')
    expect(await readRun(folder, 1)).toMatchObject({ state: 'damaged', events: [] })
  })
})

describe('the summary of a run that goes on', () => {
  it('is there from the start, and settled only once the journal is closed', async () => {
    const folder = await temporaryFolder()
    const events = runEvents('2026-01-02T03:04:05.000Z', 'completed')
    const keeper = summaryKeeper(folder, 2, events.slice(0, 2))
    for (const event of events.slice(2)) keeper.add(event)
    await expect.poll(() => readSummary(folder)).toMatchObject({ epoch: 2, name: 'Newsletter' })
    expect((await readSummary(folder))?.settled).toBeUndefined()
    await keeper.close()
    expect(await readSummary(folder)).toMatchObject({ settled: { state: 'completed' }, events: 8, background: 0 })
    expect(await readdir(folder)).toEqual(['run.json'])
  })
})

describe('runs that need not be kept', () => {
  const now = Date.parse('2026-02-01T00:00:00Z')
  const started = (day: number): string => `2026-01-${String(day).padStart(2, '0')}T12:00:00.000Z`
  const id = (day: number): string => `2026-01-${String(day).padStart(2, '0')}-120000-aaaa`

  /** A settled run on each of these days of January, in two flows; others on the days before them. */
  async function runs(): Promise<string> {
    const base = await temporaryFolder()
    for (const day of [10, 20, 25, 30])
      for (const flow of ['A', 'B']) await run({ base, flow, id: id(day), startedAt: started(day), state: 'completed' })
    await run({ base, flow: 'A', id: id(1), startedAt: started(1) })
    await run({ base, flow: 'A', id: id(2), startedAt: started(2), state: 'background failed' })
    const damaged = await run({ base, flow: 'A', id: id(3), startedAt: started(3) })
    await rm(path.join(damaged, 'run.json'))
    await writeFile(path.join(damaged, 'journal.jsonl'), 'nothing\n')
    const running = await run({ base, flow: 'A', id: id(4), startedAt: started(4) })
    await claimRun(running)
    return base
  }
  const left = async (base: string, flow: string): Promise<string[]> => (await readdir(path.join(base, flow))).sort()
  const others = [id(1), id(2), id(3), id(4)]

  it('are deleted beyond a number of each flow', async () => {
    const base = await runs()
    const pruned = await pruneRuns(base, { keepPerFlow: 2, now })
    expect(pruned.map((one) => one.id).sort()).toEqual([id(10), id(10), id(20), id(20)])
    expect(await left(base, 'A')).toEqual([...others, id(25), id(30)])
    expect(await left(base, 'B')).toEqual([id(25), id(30)])
    expect(await pruneRuns(base, { keepPerFlow: 2, now })).toEqual([])
  })

  it('are deleted beyond an age, with what an earlier attempt has left', async () => {
    const base = await runs()
    await mkdir(path.join(base, 'B', '.deleted-x'))
    await pruneRuns(base, { keepDays: 10, now })
    expect(await left(base, 'A')).toEqual([...others, id(25), id(30)])
    expect(await left(base, 'B')).toEqual([id(25), id(30)])
  })

  it('are kept without a limit', async () => {
    const base = await runs()
    expect(await pruneRuns(base, { now })).toEqual([])
    expect(await left(base, 'A')).toHaveLength(8)
  })
})

describe('a long run', () => {
  it('is opened with all its events', async () => {
    const folder = await temporaryFolder()
    const journal = await createJournal(folder)
    for (const event of journalEvents(20_000)) journal.append(event)
    await journal.close()
    const opened = await readRun(folder, 1)
    expect(opened.events).toHaveLength(20_000)
    expect(opened.run?.visits).toHaveLength(5_000)
  })
})
