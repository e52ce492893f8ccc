import { isSettled } from '../../../run/journal/event.ts'
import { createJournal, openJournal, readJournal } from '../../../host/index.ts'
import { memoryDisk, type MemoryDisk } from '../../../host/testing/memoryDisk.ts'
import { carry, type CarryOptions } from './carry.ts'
import { addedBy, type Carried, effectsOf, type Moment, type Remains, triesOf } from './carried.ts'

/** When a process ends: after the part `at` of what happens, from 0 up to 1. */
export interface Kill {
  readonly at: number
  /** The part that is lost of those events that were not yet safe then. */
  readonly lost: number
}

/** A run that was broken off now and then, as its last process has carried it to its end, and what was left each time. */
export interface Broken {
  readonly last: Carried
  readonly remains: readonly Remains[]
}

/** What is left when the process ends after so many of the events that it has added, with all that happened until then. */
export function cutAfter(carried: Carried, count: number): Remains {
  let seen = 0
  const end = carried.moments.findIndex(({ kind }) => kind === 'event' && ++seen === count)
  return remainsOf(carried, carried.moments.slice(0, end + 1), count)
}

/** What is left when the process has let go of the run. */
export const remainsAtEnd = (carried: Carried): Remains => {
  const { length } = addedBy(carried)
  return remainsOf(carried, carried.moments, length)
}

/** Ends the process that carried the run. */
function killed(carried: Carried, { at, lost }: Kill): Remains {
  const lived = livedUntil(carried, at)
  const { length } = addedBy({ moments: lived })
  const safe = lived.reduce((most, moment) => (moment.kind === 'durable' ? Math.max(most, moment.events) : most), 1)
  const least = Math.max(safe - carried.before.events.length, 0)
  return remainsOf(carried, lived, Math.max(least, Math.ceil(length - lost * (length - least + 1))))
}

/** Ends the process at some point of the run, and again while it is being gone on with, then carries it to its end. */
export async function killedAndResumed(options: CarryOptions, first: Carried, kills: readonly Kill[]): Promise<Broken> {
  let last = first
  const remains: Remains[] = []
  for (const kill of kills) {
    const left = killed(last, kill)
    if (isSettled(left.events)) break
    remains.push(left)
    last = await carry(options, left)
  }
  return { last, remains }
}

/** As killedAndResumed, by cutting the power, with the journal on a disk that loses what was not made safe. */
export async function unpoweredAndResumed(
  options: CarryOptions,
  first: Carried,
  kills: readonly Kill[],
  chance: () => number
): Promise<Broken> {
  let last = first
  let disk = memoryDisk(runFolder)
  const remains: Remains[] = []
  for (const { at } of kills) {
    const left = await withoutPower(last, at, disk, chance)
    if (!left || isSettled(left.remains.events)) break
    remains.push(left.remains)
    disk = left.disk
    last = await carry(options, left.remains)
  }
  return { last, remains }
}

/**
 * Ends the power after the part `at` of what happened, which was written to the journal on `disk`; it gets back what the
 * disk still has. Answers that disk with what is left; nothing, when the disk knows of no run.
 */
async function withoutPower(
  carried: Carried,
  at: number,
  disk: MemoryDisk,
  chance: () => number
): Promise<{ readonly disk: MemoryDisk; readonly remains: Remains } | undefined> {
  const lived = livedUntil(carried, at)
  const { length } = carried.before.events
  const journal =
    length === 0 ? await createJournal(runFolder, { disk }) : (await openJournal(runFolder, { disk })).journal
  for (const moment of lived) {
    if (moment.kind === 'event') journal.append(moment.event)
    if (moment.kind === 'durable') await journal.durable()
  }
  const left = disk.powerCut(chance)
  await journal.close()
  const { events } = await readJournal(runFolder, { disk: left }).catch(() => ({ events: [] }))
  return events.length === 0 ? undefined : { disk: left, remains: remainsOf(carried, lived, events.length - length) }
}

/** Where the journal of a run is on a disk in memory. */
const runFolder = '/run'

const livedUntil = ({ moments }: Carried, at: number): readonly Moment[] =>
  moments.slice(0, 1 + Math.floor(at * moments.length))

/** What is left when so many of the events of this process were kept. */
function remainsOf({ before }: Carried, moments: readonly Moment[], count: number): Remains {
  const kept = moments.flatMap((moment) => (moment.kind === 'event' ? [moment] : [])).slice(0, count)
  const lived = { before, moments }
  return {
    events: [...before.events, ...kept.map(({ event }) => event)],
    now: kept.at(-1)?.now ?? before.now,
    tries: triesOf(lived),
    effects: effectsOf(lived)
  }
}
