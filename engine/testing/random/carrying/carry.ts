import { CancelSource, type Clock, type DoubtHandling, type Durability, type Recording } from '../../../model/index.ts'
import type { RunReply, Settled } from '../../../run/state/outcome.ts'
import type { Journal } from '../../../run/journal/journal.ts'
import { isSettled } from '../../../run/journal/event.ts'
import { resumeFlow } from '../../../run/replay/resumeFlow.ts'
import { retryEvent } from '../../../run/replay/retryEvent.ts'
import type { RunHandle } from '../../../run/queue/runHandle.ts'
import { seededSchedule } from '../../../run/schedule/seededSchedule.ts'
import { startFlow } from '../../../run/startFlow.ts'
import { virtualClock } from '../../virtualClock.ts'
import { loopGuard, type Outside, type RandomRun } from '../flows/randomRun.ts'
import { dice, lengthOf } from '../flows/dice.ts'
import { type Carried, effectsOf, type Moment, type Remains } from './carried.ts'
import { definitionsOf, servicesOf, type World } from './world.ts'
import { watchUnhandled } from './watchUnhandled.ts'

/** A random run and how it is carried. */
export interface CarryOptions {
  readonly run: RandomRun
  readonly recording?: Recording
  readonly durability?: Durability
  /** What is done about effects in doubt where the step leaves it open. Retry unless given. */
  readonly handling?: DoubtHandling
  /** Whether a resume is only to settle the run as cancelled. */
  readonly cancel?: boolean
  /** Draws the order in which threads go on; as they are woken unless given. */
  readonly order?: number | undefined
  readonly slowScripts?: boolean
  /** Whether nothing of it survives the process, so that nothing waits for a flush. */
  readonly inMemory?: boolean
  /** Whether flushes take differently long, as on a disk that others use too. */
  readonly unevenFlushes?: boolean
  /** From which flush on the journal fails. */
  readonly failsAtFlush?: number | undefined
  /** Done in the very tick in which the caller gets control back. */
  readonly atReply?: 'cancel' | 'suspend' | undefined
  /** What whoever sees the events does at one of them, in the midst of a move. */
  readonly atEvent?: { readonly nth: number; readonly act: 'cancel' | 'signal' } | undefined
  /** Whether a debugger holds threads now and then. */
  readonly debugged?: boolean
  /** Whether it is retried where it had settled. */
  readonly retry?: boolean
  /** When the process stops carrying the run, so that another can go on. */
  readonly suspendAt?: number | undefined
}

/** More events than any run here has that comes to an end. */
const tooMany = 5_000

const nothing: Remains = { events: [], now: 0, tries: new Map(), effects: [] }

/** Carries a run from what is left of it, or from its start, until nothing is due any more. */
export async function carry(options: CarryOptions, before: Remains = nothing): Promise<Carried> {
  const { run, recording, durability, handling = 'retry', order, atReply, suspendAt } = options
  const clock = virtualClock(before.now)
  const moments: Moment[] = []
  const world: World = {
    clock,
    run,
    slowScripts: options.slowScripts === true,
    effects: () => effectsOf({ before, moments }),
    did: (effect) => void moments.push({ kind: 'done', effect }),
    nthTry: nthTryOf(before, moments)
  }
  let [seen, holds] = [0, 0]
  let handle: RunHandle | undefined
  const shared = {
    onEvent: () => {
      if (++seen !== options.atEvent?.nth) return
      if (options.atEvent.act === 'cancel') handle?.cancel()
      else handle?.signal('red', 1)
    },
    definitions: definitionsOf(world),
    services: servicesOf(world),
    journal: journalOf(options, before, moments, () => clock.now()),
    limits: { loopGuard },
    ...(recording && { recording }),
    ...(durability && { durability })
  }
  let reply: RunReply | undefined
  let settled: Settled | undefined
  const late: string[] = []
  const broken = await watchUnhandled(async () => {
    const carried =
      before.events.length === 0
        ? startFlow({
            ...shared,
            run: 'r',
            flow: '0',
            flows: run.flows,
            inputs: {},
            ...(order !== undefined && { schedule: seededSchedule(order, clock) })
          })
        : await resumeFlow({
            ...shared,
            ...retryOf(options, before),
            events: before.events,
            inDoubt: handling,
            cancel: options.cancel === true
          })
    handle = carried
    if (options.debugged) carried.attach({ before: () => holdOf(clock, `${run.seed} hold ${++holds}`) })
    const suspend = (): void =>
      void carried.suspend().catch((error: unknown) => late.push(`suspend() rejects: ${String(error)}`))
    void carried.reply.then((given) => {
      reply = given
      moments.push({ kind: 'told' })
      if (atReply === 'cancel') carried.cancel()
      if (atReply === 'suspend') suspend()
    })
    void carried.settled.then((given) => (settled = given))
    for (const one of outsideStill(run.outside, before)) clock.after(one.at - before.now, () => act(carried, one))
    if (suspendAt !== undefined) clock.after(suspendAt, suspend)
    await clock.run()
  })
  return { before, moments, reply, settled, broken: [...broken, ...late] }
}

const retryOf = ({ retry }: CarryOptions, { events, now }: Remains) =>
  retry && isSettled(events) ? { retried: retryEvent(events, now) } : {}

/** One of four steps is held, some of them for hours. */
function holdOf(clock: Clock, roll: string): Promise<void> | undefined {
  const drawn = dice(roll)
  if (drawn % 4 > 0) return undefined
  return drawn % 8 === 0 ? clock.sleep(lengthOf(drawn), new CancelSource()) : Promise.resolve()
}

const act = (handle: RunHandle, one: Outside): void =>
  one.kind === 'signal' ? handle.signal(one.signal, one.value) : handle.cancel(one.thread)

/** What somebody outside still has to do: all that the journal does not tell and that is not over. */
function outsideStill(outside: readonly Outside[], { events, now }: Remains): readonly Outside[] {
  if (events.length === 0) return outside
  return outside.filter((one) => {
    const told = events.some((event) =>
      one.kind === 'signal'
        ? event.event === 'SignalReceived' && event.value === one.value
        : event.event === 'CancelRequested' && event.target === one.thread
    )
    return one.at >= now && !told
  })
}

function nthTryOf(before: Remains, moments: Moment[]): World['nthTry'] {
  const tries = new Map([...before.tries].map(([key, times]) => [key, [...times]]))
  return (key, startedAt) => {
    const times = tries.get(key) ?? []
    tries.set(key, times)
    if (!times.includes(startedAt)) {
      times.push(startedAt)
      moments.push({ kind: 'began', key, startedAt })
    }
    return times.indexOf(startedAt) + 1
  }
}

/** A journal whose flushes take some turns, and fail from one on. */
function journalOf(
  { run, inMemory = false, unevenFlushes = false, failsAtFlush = Infinity }: CarryOptions,
  before: Remains,
  moments: Moment[],
  now: () => number
): Journal {
  let count = before.events.length
  let flushes = 0
  let closed = false
  const flush = async (): Promise<void> => {
    const events = count
    const fails = ++flushes >= failsAtFlush
    const turns = unevenFlushes ? 1 + (dice(`${run.seed} flush ${flushes}`) % 20) : 3
    for (let turn = 0; turn < turns; turn++) await Promise.resolve()
    if (fails) throw new Error('No space left on the disk')
    moments.push({ kind: 'durable', events })
  }
  return {
    append(event) {
      if (closed) throw new Error(`${event.event} after the journal was closed`)
      if (count >= tooMany) throw new Error('The run does not come to an end')
      count++
      moments.push({ kind: 'event', event, now: now() })
    },
    ...(!inMemory && { durable: flush }),
    close() {
      closed = true
      return flush()
    }
  }
}
