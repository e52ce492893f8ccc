/*
 * The journal on disk beside the bare disk, in turns in one process; the middle of all rounds counts. Prints one JSON line for
 * each workload, with the ratio to the bare disk:
 * - record: one thread records the steps of a loop with small numbers, at standard durability, beside the writing of
 *   ready-made lines with one flush at the end. Times are those of the processor as well, for a machine that is shared.
 * - commit: 100 writers, each of whom waits until its event is safe before it makes the next, beside the same loop that
 *   writes and flushes ready-made lines.
 * - reopen: a run of 10,000 steps is read and folded, beside the reading of its file alone.
 */
import { mkdir, mkdtemp, open, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { createJournal } from '../host/journal/createJournal.ts'
import { journalLine } from '../host/journal/journalLine.ts'
import { readJournal } from '../host/journal/readJournal.ts'
import type { RunEvent } from '../run/journal/event.ts'
import { foldRun } from '../run/journal/foldRun.ts'

const [steps, writers, commits, reopened, rounds] = [500_000, 100, 100_000, 10_000, 5]
/** How often room is waited for, in events. */
const turn = 1024

const home = await mkdtemp(path.join(os.tmpdir(), 'tailrace-bench-'))
let folders = 0

async function freshFolder(): Promise<string> {
  const folder = path.join(home, String(++folders))
  await mkdir(folder)
  return folder
}

/** The events of a loop of two steps, as the interpreter records them. */
function stepEvent(i: number): RunEvent {
  const [seq, at, step] = [i + 1, Math.round(i * 2.5) / 1000, i & 2 ? 'add' : 'read']
  return i & 1
    ? { seq, at, event: 'StepCompleted', thread: 0, frame: 0, step, outcome: 'Done', outputs: { acc: 3 * i } }
    : { seq, at, event: 'StepStarted', thread: 0, frame: 0, step, inputs: { acc: 3 * i, item: i % 7 } }
}

function startEvent(): RunEvent {
  const flow = { id: 'a', name: 'A', inputs: [], outputs: [], steps: [], connections: [] }
  const startedAt = '2026-01-01T00:00:00.000Z'
  return { seq: 1, at: 0, event: 'RunStarted', run: 'a', flow: 'a', flows: { a: flow }, inputs: {}, startedAt }
}

async function record(): Promise<void> {
  const journal = await createJournal(await freshFolder())
  for (let i = 0; i < 2 * steps; i++) {
    journal.append(stepEvent(i))
    if (i % turn === 0) await journal.pressure()
  }
  await journal.close()
}

const readyLines = Buffer.from(Array.from({ length: 2000 }, (_, i) => journalLine(stepEvent(1_000_000 + i))).join(''))

async function recordBare(): Promise<void> {
  const file = await open(path.join(await freshFolder(), 'bare'), 'ax')
  for (let i = 0; i < 2 * steps; i += 2000) await file.write(readyLines)
  await file.datasync()
  await file.close()
}

/** Writers that wait for `safe` after each of their events. */
async function commitWith(add: (i: number) => void, safe: () => Promise<void>): Promise<void> {
  let next = 0
  const writer = async (): Promise<void> => {
    while (next < commits) {
      add(next++)
      await safe()
    }
  }
  await Promise.all(Array.from({ length: writers }, writer))
}

async function commit(): Promise<void> {
  const journal = await createJournal(await freshFolder())
  await commitWith(
    (i) => journal.append(stepEvent(i)),
    () => journal.durable()
  )
  await journal.close()
}

const readyLine = journalLine(stepEvent(1_000_000))

async function commitBare(): Promise<void> {
  const file = await open(path.join(await freshFolder(), 'bare'), 'ax')
  let lines: string[] = []
  let work: Promise<void> = Promise.resolve()
  let next: Promise<void> | undefined
  const flush = async (): Promise<void> => {
    next = undefined
    const text = lines.join('')
    lines = []
    await file.write(text)
    await file.datasync()
  }
  await commitWith(
    () => void lines.push(readyLine),
    () => (next ??= work = work.then(flush))
  )
  await file.close()
}

async function filledFolder(): Promise<string> {
  const folder = await freshFolder()
  const journal = await createJournal(folder)
  journal.append(startEvent())
  for (let i = 1; i <= 2 * reopened; i++) journal.append({ ...stepEvent(i - 1), seq: i + 1 })
  await journal.close()
  return folder
}

const filled = await filledFolder()

async function reopen(): Promise<void> {
  const { events } = await readJournal(filled)
  if (foldRun(events).visits.length !== reopened)
    throw new Error('The journal does not tell the run that it was given.')
}

async function reopenBare(): Promise<void> {
  await readFile(path.join(filled, 'journal.jsonl'))
}

const processor = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

async function time(task: () => Promise<void>): Promise<{ readonly ms: number; readonly cpuMs: number }> {
  const [began, cpu] = [performance.now(), processor()]
  await task()
  return { ms: performance.now() - began, cpuMs: processor() - cpu }
}

const middle = (times: readonly number[]): number =>
  times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0

/** Times both in turns; the first round is for warming up. */
async function compare(workload: string, n: number, ours: () => Promise<void>, bare: () => Promise<void>) {
  const times = { ms: [] as number[], cpuMs: [] as number[], bareMs: [] as number[] }
  for (let round = 0; round <= rounds; round++) {
    const { ms, cpuMs } = await time(ours)
    const bareTime = await time(bare)
    if (round === 0) continue
    times.ms.push(ms)
    times.cpuMs.push(cpuMs)
    times.bareMs.push(bareTime.ms)
  }
  const [ms, cpuMs, bareMs] = [middle(times.ms), middle(times.cpuMs), middle(times.bareMs)]
  const perSec = Math.round((1000 * n) / ms)
  const perCpuSec = Math.round((1000 * n) / cpuMs)
  const ratio = middle(times.ms.map((one, round) => one / (times.bareMs[round] ?? NaN)))
  console.log(JSON.stringify({ engine: 'tailrace', workload, n, ms, perSec, perCpuSec, bareMs, ratio }))
}

try {
  await compare('journal record', steps, record, recordBare)
  await compare('journal commit', commits, commit, commitBare)
  await compare('journal reopen', reopened, reopen, reopenBare)
} finally {
  await rm(home, { recursive: true, force: true })
}
