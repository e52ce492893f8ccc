import {
  type Flow,
  type Run,
  type StepDefinition,
  type StepId,
  type Value,
  type Visit,
  connectionKey,
  onException
} from '../../engine/index.ts'
import { wasInterrupted } from '../timeline/interruption.ts'
import { formatMoment } from '../timeline/moment.ts'
import { formatPace, paceOf } from '../timeline/pace.ts'
import { threadName } from '../timeline/threadName.ts'
import { type Wait, triesOf, waitOf, waitText } from '../timeline/waiting.ts'
import { formatCount } from '../ui/formatCount.ts'
import { formatDuration } from '../ui/formatDuration.ts'

export type StepState =
  'not-reached' | 'running' | 'waiting' | 'retrying' | 'done' | 'failed' | 'cancelled' | 'kept' | 'replied'

/** How one step of the shown flow stands. */
export interface StepLook {
  readonly state: StepState
  /** Stands in for the settings on the summary line; undefined leaves them. */
  readonly summary?: string
  /** From 0 to 1 while items are counted. */
  readonly progress?: number
  /** All of it in words, beginning with the state. */
  readonly title: string
  /** The caller had its reply with this End Step, and a background thread came here too. */
  readonly reachedInBackground?: boolean
}

/** Who walked a connection. */
export type Walker = 'main' | 'background'

/** How a run stands on the canvas. */
export interface RunView {
  readonly steps: ReadonlyMap<StepId, StepLook>
  /** By connection key, and by whom last. */
  readonly walked: ReadonlyMap<string, Walker>
  /** Go Async steps that gave the reply, with its time: '12 ms'. */
  readonly replies: ReadonlyMap<StepId, string>
}

/** How `run` stands at `now` on the canvas of the flow at `path` of its flows. Times in milliseconds since its start. */
export function viewRun(
  run: Run,
  path: string,
  definitions: ReadonlyMap<string, StepDefinition>,
  now: number
): RunView {
  const flow = run.flows[path]
  if (!flow) return { steps: new Map(), walked: new Map(), replies: new Map() }
  const visits = run.visits.filter((visit) => run.frames[visit.frame]?.path === path)
  const byStep = new Map<StepId, Visit[]>()
  for (const visit of visits) {
    const known = byStep.get(visit.step)
    if (known) known.push(visit)
    else byStep.set(visit.step, [visit])
  }
  const steps = new Map<StepId, StepLook>()
  for (const step of flow.steps) {
    const own = byStep.get(step.id) ?? []
    const look =
      (path === run.flow ? replyLook(run, step.id, own) : undefined) ??
      (step.disabled ? passedBy : lookOf(run, own, now, definitions.get(step.type)))
    steps.set(step.id, look)
  }
  return { steps, walked: walkedBy(run, flow, visits, definitions), replies: repliesOf(run, path) }
}

const passedBy: StepLook = { state: 'not-reached', title: 'disabled, the flow passes by' }
const notReached: StepLook = { state: 'not-reached', title: 'not reached' }

function lookOf(run: Run, visits: readonly Visit[], now: number, definition: StepDefinition | undefined): StepLook {
  const visit = visits.findLast(({ state }) => state === 'running') ?? visits.at(-1)
  if (!visit) return notReached
  const thread = run.threads[visit.thread]
  const where = thread && thread.kind !== 'main' ? ` on ${threadName(run, thread)}` : ''
  const times = visits.length > 1 ? `, passed ${formatCount(visits.length)} times` : ''
  const isEnd = definition?.role === 'end'
  const tries = triesOf(run, visit)
  const took = formatDuration((visit.endedAt ?? now) - visit.startedAt)
  const look = (state: StepState, summary: string, title: string): StepLook => ({
    state,
    summary,
    title: `${title}${where}${times}`
  })
  switch (visit.state) {
    case 'running': {
      const wait = waitOf(run, visit, (type) => type === definition?.type && definition.waits === true, now)
      if (wait) return waitingLook(look, wait, waitText(run, wait, now))
      const rounds = visit.progress ? undefined : roundsOf(run, visit)
      const counted = visit.progress ? countedSummary(visit, now) : rounds?.text
      const since = `Running ${roughly(now - visit.startedAt)}`.trim()
      const summary = [counted ?? since, tries].filter(Boolean).join(' · ')
      const { done, total } = visit.progress ?? rounds ?? { done: 0, total: 0 }
      return {
        ...look('running', summary, counted || tries ? `running, ${summary}` : 'running'),
        ...(total > 0 && { progress: done / total })
      }
    }
    case 'done': {
      if (isEnd)
        return look('done', `Reached ${formatMoment(visit.endedAt ?? now)}`, `reached${where && ' in the background'}`)
      const word = visit.outcome === undefined || visit.outcome === '' ? 'Done' : visit.outcome
      const many = visits.length > 1 ? `${formatCount(visits.length)} times` : tellingCount(visit)
      return look('done', [`${word} in ${took}`, many].filter(Boolean).join(' · '), `${word.toLowerCase()} in ${took}`)
    }
    case 'failed': {
      const reason = [visit.error?.message ?? 'Failed', tries].filter(Boolean).join(' · ')
      return look('failed', reason, `failed: ${reason}`)
    }
    case 'cancelled':
      if (wasInterrupted(visit)) {
        const { done, total } = visit.progress ?? { done: 0, total: 0 }
        const far = total > 0 ? `at ${formatCount(done)} of ${formatCount(total)}` : `after ${took}`
        return look('kept', `Interrupted ${far}`, `interrupted ${far}`)
      }
      return look('cancelled', `Stopped after ${took}`, `stopped after ${took}`)
  }
}

function waitingLook(
  look: (state: StepState, summary: string, title: string) => StepLook,
  { kind }: Wait,
  text: string
): StepLook {
  return look(kind, text, kind === 'retrying' ? `failed, ${lower(text)}` : lower(text))
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

/** How often a loop has gone round, and of how many times, as far as its inputs tell; undefined before the first time. */
function roundsOf(run: Run, visit: Visit): { text: string; done: number; total: number } | undefined {
  const bodies = run.frames.filter(
    (frame) =>
      frame.body && frame.parent === visit.frame && frame.step === visit.step && frame.enteredAt >= visit.startedAt
  )
  if (bodies.length === 0) return undefined
  const done = bodies.filter(({ leftAt }) => leftAt !== undefined).length
  const inputs = Object.values(visit.inputs)
  const list = inputs.find((input) => Array.isArray(input))
  const number = inputs.find((input) => typeof input === 'number')
  const isLoop = bodies.some(({ inputs: added }) => 'index' in added)
  const total = !isLoop ? bodies.length : Array.isArray(list) ? list.length : typeof number === 'number' ? number : 0
  const text = total > 0 ? `${formatCount(done)} of ${formatCount(total)}` : `Round ${formatCount(bodies.length)}`
  return { text, done, total }
}

/** '431 of 1,200 · 4/s'. */
function countedSummary(visit: Visit, now: number): string {
  const { done, total } = visit.progress ?? { done: 0, total: 0 }
  const pace = paceOf(visit, now)
  const counted = `${formatCount(done)} of ${formatCount(total)}`
  return pace === undefined ? counted : `${counted} · ${formatPace(pace)}`
}

/** A time that goes on is told in whole seconds: nobody reads tenths that change. */
function roughly(milliseconds: number): string {
  return milliseconds < 1000 ? '' : formatDuration(Math.floor(milliseconds / 1000) * 1000)
}

/** How many things a step gave, when its first outputs tell: '1,200'. */
function tellingCount(visit: Visit): string {
  const value: Value | undefined = Object.values(visit.outputs ?? {}).find(
    (output) => Array.isArray(output) || typeof output === 'number'
  )
  return Array.isArray(value) ? formatCount(value.length) : typeof value === 'number' ? formatCount(value) : ''
}

/** The End Step with whose name the caller had its reply. */
function replyLook(run: Run, step: StepId, visits: readonly Visit[]): StepLook | undefined {
  const { reply } = run
  if (reply?.step !== step) return undefined
  const behind = visits.find((visit) => visit.endedAt !== undefined && run.threads[visit.thread]?.kind === 'background')
  const title = `reached by the caller at ${formatMoment(reply.at)}`
  const summary = `Replied ${formatDuration(reply.at)}`
  if (!behind) return { state: 'replied', summary, title }
  const again = formatMoment(behind.endedAt ?? behind.startedAt)
  return {
    state: 'replied',
    summary,
    title: `${title}, reached in the background at ${again}`,
    reachedInBackground: true
  }
}

function walkedBy(
  run: Run,
  flow: Flow,
  visits: readonly Visit[],
  definitions: ReadonlyMap<string, StepDefinition>
): Map<string, Walker> {
  const walked = new Map<string, Walker>()
  const steps = new Map(flow.steps.map((step) => [step.id, step]))
  const walk = (from: StepId, outcome: string, walker: Walker): void => {
    const key = connectionKey({ from, outcome })
    if (walked.get(key) === walker) return
    walked.set(key, walker)
    const to = flow.connections.find((one) => one.from === from && one.outcome === outcome)?.to
    const next = to === undefined ? undefined : steps.get(to)
    // The flow passes by a disabled step along its first outcome, and tells nothing of it.
    if (next?.disabled) walk(next.id, Object.keys(definitions.get(next.type)?.outcomes ?? {})[0] ?? '', walker)
  }
  for (const [outcome, from, walker] of bodyWays(run, flow, visits)) walk(from, outcome, walker)
  for (const visit of visits) {
    const detaches = definitions.get(steps.get(visit.step)?.type ?? '')?.detaches
    const walker = detaches || isBackground(run, visit.thread) ? 'background' : 'main'
    if (visit.state === 'done' && visit.outcome !== undefined) walk(visit.step, visit.outcome, walker)
    else if (visit.state === 'failed' && wentOn(flow, visit, visits, definitions)) walk(visit.step, onException, walker)
  }
  return walked
}

/** The ways into bodies: their step goes on running, and tells no outcome. */
function* bodyWays(run: Run, flow: Flow, visits: readonly Visit[]): Iterable<readonly [string, StepId, Walker]> {
  const seen = new Set<number>()
  for (const { frame, step, thread } of visits) {
    const { body, step: owner } = run.frames[frame] ?? {}
    if (!body || owner === undefined || seen.has(frame)) continue
    seen.add(frame)
    const way = flow.connections.find(
      ({ from, to, outcome }) => from === owner && to === step && outcome !== onException
    )
    if (way) yield [way.outcome, owner, isBackground(run, thread) ? 'background' : 'main']
  }
}

function isBackground(run: Run, id: number | undefined): boolean {
  const thread = id === undefined ? undefined : run.threads[id]
  if (!thread) return false
  return thread.kind === 'branch' ? isBackground(run, thread.parent) : thread.kind === 'background'
}

/**
 * A failed step was left along On Exception if the step behind that was entered afterwards; a Join is entered by another
 * thread.
 */
function wentOn(
  flow: Flow,
  visit: Visit,
  visits: readonly Visit[],
  definitions: ReadonlyMap<string, StepDefinition>
): boolean {
  const to = flow.connections.find((one) => one.from === visit.step && one.outcome === onException)?.to
  const type = flow.steps.find(({ id }) => id === to)?.type ?? ''
  if (definitions.get(type)?.role === 'join') return visit.handled === true
  return visits.some(
    (next) => next.step === to && next.frame === visit.frame && next.startedAt >= (visit.endedAt ?? Infinity)
  )
}

/** The Go Async step by which the run's caller had its reply, if it was one. */
function repliesOf(run: Run, path: string): Map<StepId, string> {
  const { reply } = run
  if (!reply || path !== run.flow) return new Map()
  const born = run.threads.findLast(
    (thread) => thread.kind === 'background' && thread.parent === reply.thread && thread.startedAt <= reply.at
  )
  return new Map(born?.step === undefined ? [] : [[born.step, formatDuration(reply.at)]])
}
