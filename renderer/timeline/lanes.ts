import type { Run, Thread, ThreadId, Visit } from '../../engine/index.ts'
import { formatCount } from '../ui/formatCount.ts'
import { formatDuration } from '../ui/formatDuration.ts'
import { wasInterrupted } from './interruption.ts'
import { formatMoment } from './moment.ts'
import { stepOfFrame } from './stepOfFrame.ts'
import { threadName } from './threadName.ts'
import { type Wait, triesOf, waitOf, waitText } from './waiting.ts'

/** How a lane or a bar stands; each has its own glyph and colour. */
export type LaneState = 'running' | 'waiting' | 'retrying' | 'done' | 'failed' | 'cancelled' | 'kept'

/** One visit of one step, as a bar. Without `to` it goes on until now. */
export interface Bar {
  readonly visit: Visit
  readonly name: string
  /** The step's type, for its icon. */
  readonly type: string
  readonly from: number
  readonly to?: number
  readonly state: LaneState
  /** How many bars of the same lane this one lies in: a step that called a flow holds that flow's steps. */
  readonly depth: number
}

/** One thread of a run, as a row of the timeline. */
export interface Lane {
  readonly thread: ThreadId
  readonly name: string
  readonly water: boolean
  /** A path of a Parallel, or an item of a loop. */
  readonly branch: boolean
  readonly from: number
  readonly to?: number
  readonly state: LaneState
  /** The thread it left, if it was born of one. */
  readonly parent?: ThreadId
  /** Where it is, in a few words: 'Send Email 1 · 431 of 1,200'. */
  readonly place: string
  /** 'started by Go Async 1'. */
  readonly origin?: string
  /** Everything the row shows, in words. */
  readonly description: string
  readonly bars: readonly Bar[]
  /** When steps failed and were going to be tried again. */
  readonly retries: readonly RetryMark[]
  /** Whether items or retries are marked under its bars. */
  readonly busy: boolean
}

/** A step that failed and is tried again. */
export interface RetryMark {
  readonly at: number
  /** The step's name, and the attempt that comes next: 'try 2 of 3'. */
  readonly name: string
  readonly tries: string
  readonly reason: string
}

/** What lanes are told of the kinds of step, and of the time. */
export interface LaneWatch {
  /** Whether a kind of step only waits while it runs. */
  readonly waits: (type: string) => boolean
  /** Milliseconds since the run started. */
  readonly now: number
}

/** The rows of a run in the order in which its threads began. */
export function lanesOf(run: Run, watch: LaneWatch = { waits: () => false, now: run.at }): Lane[] {
  const byThread = new Map<ThreadId, Visit[]>()
  for (const visit of run.visits) {
    const visits = byThread.get(visit.thread)
    if (visits) visits.push(visit)
    else byThread.set(visit.thread, [visit])
  }
  return run.threads.map((thread) => laneOf(run, thread, byThread.get(thread.id) ?? [], watch))
}

/** The name of a step as the flow had it when the run began. */
export function stepNameOf(run: Run, frame: number, step: string): string {
  return stepOfFrame(run, frame, step)?.name ?? step
}

/** 'Send Email 1 · 431 of 1,200' has this as its second half; empty for a step that does not count. */
export function progressText(visit: Visit | undefined): string {
  const progress = visit?.progress
  return progress && visit.state === 'running' ? `${formatCount(progress.done)} of ${formatCount(progress.total)}` : ''
}

function laneOf(run: Run, thread: Thread, visits: readonly Visit[], watch: LaneWatch): Lane {
  const depths = visits.map((visit) => depthOf(run, visit.frame))
  const outermost = Math.min(...depths)
  const bars = visits.map((visit, index) => barOf(run, thread, visit, (depths[index] ?? 0) - outermost, watch))
  const current = visits.findLast((visit) => visit.state === 'running') ?? visits.at(-1)
  const wait = current && waitOf(run, current, watch.waits, watch.now)
  const state = stateOf(thread, wait)
  const waiting = wait && waitText(run, wait, watch.now)
  const place = placeOf(run, thread, current, waiting)
  const retries = visits.flatMap((visit) => retriesOf(run, visit))
  const starter = thread.step === undefined ? undefined : starterOf(run, thread)
  return {
    thread: thread.id,
    name: threadName(run, thread),
    water: inBackground(run, thread),
    branch: thread.kind === 'branch',
    from: birthOf(run, thread, visits),
    ...(thread.endedAt === undefined ? {} : { to: thread.endedAt }),
    state,
    ...(thread.parent === undefined ? {} : { parent: thread.parent }),
    place,
    ...(starter === undefined ? {} : { origin: `started by ${starter}` }),
    description: describe(run, thread, current, starter, visits, waiting),
    bars,
    retries,
    busy:
      retries.length > 0 ||
      visits.some(({ items, progress, state }) => items.length > 0 || (progress !== undefined && state === 'running'))
  }
}

function barOf(run: Run, thread: Thread, visit: Visit, depth: number, watch: LaneWatch): Bar {
  const step = stepOfFrame(run, visit.frame, visit.step)
  const to = visit.endedAt ?? thread.endedAt
  return {
    visit,
    name: step?.name ?? visit.step,
    type: step?.type ?? '',
    from: visit.startedAt,
    ...(to === undefined ? {} : { to }),
    state: waitOf(run, visit, watch.waits, watch.now)?.kind ?? (wasInterrupted(visit) ? 'kept' : visit.state),
    depth
  }
}

function stateOf(thread: Thread, wait: Wait | undefined): LaneState {
  if (thread.end === undefined) return wait?.kind ?? 'running'
  if (wasInterrupted(thread)) return 'kept'
  return thread.end === 'failed' || thread.end === 'cancelled' ? thread.end : 'done'
}

function placeOf(run: Run, thread: Thread, current: Visit | undefined, waiting: string | undefined): string {
  const step = current && stepNameOf(run, current.frame, current.step)
  if (thread.end === undefined)
    return step === undefined
      ? 'starting'
      : [step, waiting ? lower(waiting) : progressText(current)].filter(Boolean).join(' · ')
  if (thread.end === 'completed' || thread.end === 'detached') {
    const outcome = run.reply?.thread === thread.id ? run.reply.outcome : thread.outcome
    return outcome === undefined ? 'ended' : `ended · ${outcome}`
  }
  const word = wasInterrupted(thread) ? 'interrupted' : thread.end === 'failed' ? 'failed' : 'stopped'
  return step === undefined ? word : `${word} · ${step}`
}

function describe(
  run: Run,
  thread: Thread,
  current: Visit | undefined,
  starter: string | undefined,
  visits: readonly Visit[],
  waiting: string | undefined
): string {
  const parts = [threadName(run, thread)]
  if (starter !== undefined) parts.push(`started by ${starter} at ${formatMoment(thread.startedAt)}`)
  const step = current && stepNameOf(run, current.frame, current.step)
  if (thread.end === undefined)
    parts.push(step === undefined ? 'starting' : `running ${step}`, waiting ? lower(waiting) : progressText(current))
  else if (run.reply?.thread === thread.id)
    parts.push(`replied ${run.reply.outcome} after ${formatDuration(run.reply.at)} and ended there`)
  else
    parts.push(
      `${placeOf(run, thread, current, undefined).replace(' ·', ' at')} after ${formatDuration(thread.endedAt ?? run.at)}`
    )
  const failed = visits.reduce((sum, visit) => sum + visit.items.filter((item) => item.state === 'failed').length, 0)
  if (failed > 0) parts.push(`${formatCount(failed)} failed`)
  return parts.filter(Boolean).join(', ')
}

/** A background thread goes on once the reply is given; until then it only waits, which is not worth a gap. */
function birthOf(run: Run, thread: Thread, visits: readonly Visit[]): number {
  const { reply } = run
  if (!reply || thread.parent !== reply.thread || reply.at < thread.startedAt) return thread.startedAt
  return Math.min(reply.at, visits[0]?.startedAt ?? reply.at)
}

/** The step that started the thread stands in a flow of the thread that it left. */
function starterOf(run: Run, thread: Thread): string | undefined {
  const visit = run.visits.findLast((visit) => visit.step === thread.step && visit.startedAt <= thread.startedAt)
  return visit ? stepNameOf(run, visit.frame, visit.step) : thread.step
}

/** Whether it goes on after the reply: a background thread, and the branches of one. */
function inBackground(run: Run, thread: Thread): boolean {
  if (thread.kind !== 'branch') return thread.kind === 'background'
  const parent = thread.parent === undefined ? undefined : run.threads[thread.parent]
  return parent !== undefined && inBackground(run, parent)
}

function retriesOf(run: Run, visit: Visit): RetryMark[] {
  const name = stepNameOf(run, visit.frame, visit.step)
  return (visit.retries ?? []).map((retried) => ({
    at: retried.at,
    name,
    tries: triesOf(run, { ...visit, retries: [retried] }),
    reason: retried.error.message
  }))
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

function depthOf(run: Run, frame: number): number {
  let depth = 0
  for (let at = run.frames[frame]; at?.parent !== undefined; at = run.frames[at.parent]) depth++
  return depth
}
