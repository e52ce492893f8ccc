import { createJournal, openJournal, readJournal } from '../../host/index.ts'
import type { MemoryDisk } from '../../host/testing/memoryDisk.ts'
import {
  type DoubtHandling,
  type Recording,
  type Services,
  type StepContext,
  type StepDefinition,
  StepFailure,
  wholeStep,
  type Value
} from '../../model/index.ts'
import type { RunEvent } from '../../run/journal/event.ts'
import type { Journal } from '../../run/journal/journal.ts'
import { resumeFlow } from '../../run/replay/resumeFlow.ts'
import { startFlow } from '../../run/startFlow.ts'
import type { RandomRun } from './randomFlow.ts'
import { testSteps } from '../runInMemory.ts'
import { virtualClock } from '../virtualClock.ts'

/** What a Work step did to the world outside. */
export interface WorkDone {
  /** The visit's key, and which of all tries under that key it was, from 1. */
  readonly id: string
  readonly input: Value
  /** Whether it must not be done twice. */
  readonly unsafe: boolean
  readonly step: string
  /** When, in milliseconds of wall time. */
  readonly now: number
}

/** What is left of a run when its process ends: its journal, and the world outside. */
export interface Remains {
  readonly events: readonly RunEvent[]
  /** The wall time of the last event, in milliseconds. */
  readonly now: number
  /** When the tries of Work began, by key: the world outside knows how far each is. */
  readonly tries: ReadonlyMap<string, readonly number[]>
  readonly done: readonly WorkDone[]
}

/** One thing that happened while a process carried the run. */
type Moment =
  | { readonly kind: 'event'; readonly event: RunEvent; readonly now: number }
  /** So many events are safe from now on. */
  | { readonly kind: 'durable'; readonly events: number }
  | { readonly kind: 'began'; readonly key: string; readonly startedAt: number }
  | { readonly kind: 'done'; readonly work: WorkDone }

/** All that happened while one process carried a run to its end, after `before`. */
export interface Carried {
  readonly before: Remains
  readonly moments: readonly Moment[]
}

export interface CarryOptions {
  readonly run: RandomRun
  readonly recording: Recording
  /** Steps of the type `unsafe-work` say what they begin; this is what is done about those in doubt. */
  readonly handling: DoubtHandling
}

const nothing: Remains = { events: [], now: 0, tries: new Map(), done: [] }

const unused = (): never => {
  throw new Error('Random flows need no such service')
}

/** Carries a run from what is left of it, or from its start, until nothing is due any more. */
export async function carry({ run, recording, handling }: CarryOptions, before = nothing): Promise<Carried> {
  const clock = virtualClock(before.now)
  const moments: Moment[] = []
  let count = before.events.length
  const journal: Journal = {
    append(event) {
      count++
      moments.push({ kind: 'event', event, now: clock.now() })
    },
    async durable() {
      const events = count
      await Promise.resolve()
      moments.push({ kind: 'durable', events })
    },
    close: () => Promise.resolve()
  }
  const tries = new Map([...before.tries].map(([key, times]) => [key, [...times]]))
  const nthTry = (key: string, startedAt: number): number => {
    const times = tries.get(key) ?? []
    tries.set(key, times)
    if (!times.includes(startedAt)) {
      times.push(startedAt)
      moments.push({ kind: 'began', key, startedAt })
    }
    return times.indexOf(startedAt) + 1
  }
  const work = async (context: StepContext): Promise<Value> => {
    const { inputs, signal, startedAt, resumed } = context
    const key = context.key.slice('r/'.length)
    const nth = nthTry(key, startedAt)
    const { takes, fails } = run.work(key, nth)
    const unsafe = context.step.type === unsafeWork
    const leftOut = resumed?.inDoubt.get(wholeStep) === 'skip'
    if (unsafe && !leftOut) await context.begin()
    await clock.sleep(startedAt + takes - clock.now(), signal)
    const input = inputs['In'] ?? null
    if (!leftOut)
      moments.push({
        kind: 'done',
        work: { id: `${key} ${nth}`, input, unsafe, step: context.step.id, now: clock.now() }
      })
    if (fails !== undefined) throw new StepFailure(fails, fails)
    return input
  }
  const services: Services = {
    clock,
    random: unused,
    documents: { readText: unused, add: unused, copy: unused },
    mail: { send: unused },
    script: { run: unused }
  }
  const shared = { definitions: definitionsFor(work), services, journal, recording }
  const handle =
    before.events.length === 0
      ? startFlow({ ...shared, run: 'r', flow: '0', flows: run.flows, inputs: {} })
      : await resumeFlow({ ...shared, events: before.events, inDoubt: handling })
  const cancelled = before.events.some(({ event }) => event === 'CancelRequested')
  if (run.cancelAt !== undefined && !cancelled) clock.after(run.cancelAt - before.now, () => handle.cancel())
  await clock.run()
  return { before, moments }
}

/** The type of Work that must not be done twice. */
export const unsafeWork = 'unsafe-work'

function definitionsFor(work: (context: StepContext) => Promise<Value>): StepDefinition[] {
  return testSteps(work).flatMap((definition): StepDefinition[] =>
    definition.type === 'work'
      ? [
          { ...definition, effect: 'idempotent' },
          { ...definition, type: unsafeWork, effect: 'unsafe' }
        ]
      : [definition]
  )
}

/** All events of the run, those of earlier processes first. */
export const eventsOf = ({ before, moments }: Carried): readonly RunEvent[] => [
  ...before.events,
  ...moments.flatMap((moment) => (moment.kind === 'event' ? [moment.event] : []))
]

/** All that was done outside, by earlier processes too. */
export const doneIn = ({ before, moments }: Carried): readonly WorkDone[] => [
  ...before.done,
  ...moments.flatMap((moment) => (moment.kind === 'done' ? [moment.work] : []))
]

/** What was done by steps that the run had given up before, so that it took no notice of it. */
export function unheardIn({ moments }: Carried): ReadonlySet<string> {
  const ends = new Set<string>()
  for (const moment of moments)
    if (moment.kind === 'event' && endsAttempt(moment.event)) ends.add(`${moment.event.step} at ${moment.now}`)
  const unheard = moments.flatMap((moment) =>
    moment.kind === 'done' && !ends.has(`${moment.work.step} at ${moment.work.now}`) ? [moment.work.id] : []
  )
  return new Set(unheard)
}

type AttemptEnd = Extract<RunEvent, { event: 'StepCompleted' | 'StepFailed' | 'StepRetried' }>

const endsAttempt = (event: RunEvent): event is AttemptEnd =>
  event.event === 'StepCompleted' || event.event === 'StepFailed' || event.event === 'StepRetried'

/**
 * Ends the process after the part `at` of what happened while it carried the run, and loses the part `lost` of those
 * events that were not yet safe then; both from 0 up to 1.
 */
export function killed(carried: Carried, at: number, lost: number): Remains {
  const lived = livedUntil(carried, at)
  const { length } = lived.flatMap((moment) => (moment.kind === 'event' ? [moment] : []))
  const safe = lived.reduce((most, moment) => (moment.kind === 'durable' ? Math.max(most, moment.events) : most), 1)
  const least = Math.max(safe - carried.before.events.length, 0)
  return remainsOf(carried, lived, Math.max(least, Math.ceil(length - lost * (length - least + 1))))
}

/**
 * Ends the power after the part `at` of what happened, which was written to the journal on `disk`; it gets back what the
 * disk still has. Answers that disk with what is left; nothing, when the disk knows of no run.
 */
export async function withoutPower(
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
export const runFolder = '/run'

const livedUntil = ({ moments }: Carried, at: number): readonly Moment[] =>
  moments.slice(0, 1 + Math.floor(at * moments.length))

/** What is left when so many of the events of this process were kept. */
function remainsOf({ before }: Carried, lived: readonly Moment[], count: number): Remains {
  const kept = lived.flatMap((moment) => (moment.kind === 'event' ? [moment] : [])).slice(0, count)
  const tries = new Map([...before.tries].map(([key, times]) => [key, [...times]]))
  for (const moment of lived)
    if (moment.kind === 'began') tries.set(moment.key, [...(tries.get(moment.key) ?? []), moment.startedAt])
  return {
    events: [...before.events, ...kept.map(({ event }) => event)],
    now: kept.at(-1)?.now ?? before.now,
    tries,
    done: [...before.done, ...lived.flatMap((moment) => (moment.kind === 'done' ? [moment.work] : []))]
  }
}
