import { runMessages } from '../../messages/run.ts'
import { type Value, type ValueRecord, stepOf, textOf, wholeStep } from '../../model/index.ts'
import { longerList } from '../compile/applyOutputs.ts'
import type { RunEvent } from './event.ts'
import type { Frame, LogLine, Reply, Run, Thread, Visit } from './run.ts'
import { VisitFold } from './visitFold.ts'

/** A run while events are being added to it: its lists may grow, the things in them are replaced, never changed. */
interface Draft extends Run {
  at: number
  seq: number
  readonly threads: Thread[]
  readonly frames: Frame[]
  readonly visits: Visit[]
  readonly log: LogLine[]
  reply?: Reply
  settled?: NonNullable<Run['settled']>
  retries?: number
}

/**
 * The run that `events` tell. They begin with RunStarted, unless they go on from an earlier fold `onto`, which stays as
 * it was. Throws when there is neither.
 */
export function foldRun(events: Iterable<RunEvent>, onto?: Run): Run {
  let draft: Draft | undefined = onto && {
    ...onto,
    threads: [...onto.threads],
    frames: [...onto.frames],
    visits: [...onto.visits],
    log: [...onto.log]
  }
  let visits = new VisitFold(draft?.visits ?? [])
  for (const event of events) {
    if (event.event === 'RunStarted') {
      const { run: id, flow, flows, inputs, startedAt, at, seq } = event
      draft = { id, flow, flows, inputs, startedAt, at, seq, threads: [], frames: [], visits: [], log: [] }
      visits = new VisitFold(draft.visits)
    } else if (draft) apply(draft, visits, event)
  }
  if (!draft) throw new Error('A journal begins with RunStarted')
  return draft
}

function apply(run: Draft, visits: VisitFold, event: Exclude<RunEvent, { event: 'RunStarted' }>): void {
  run.at = event.at
  run.seq = event.seq
  switch (event.event) {
    case 'ThreadStarted': {
      const { thread: id, name, kind, at: startedAt } = event
      run.threads.push({
        id,
        name,
        kind,
        startedAt,
        ...(event.parent === undefined ? {} : { parent: event.parent }),
        ...(event.step === undefined ? {} : { step: event.step })
      })
      for (const frame of event.frames ?? []) changeFrame(run, frame, { thread: id })
      return
    }
    case 'FrameEntered': {
      const { frame: id, thread, flow, inputs, at: enteredAt } = event
      const path = event.path ?? run.frames[event.parent ?? 0]?.path ?? run.flow
      const variables = event.path === undefined ? undefined : firstVariables(run, path)
      run.frames[id] = {
        id,
        thread,
        flow,
        path,
        ...(event.path === undefined && { body: true }),
        inputs,
        ...(variables && { variables }),
        enteredAt,
        ...(event.parent === undefined ? {} : { parent: event.parent }),
        ...(event.step === undefined ? {} : { step: event.step })
      }
      return
    }
    case 'StepStarted': {
      const { step, frame, thread, inputs, at: startedAt } = event
      visits.add({ step, frame, thread, state: 'running', startedAt, inputs, items: [] })
      return
    }
    case 'StepProgressed': {
      const { done, total, item, at } = event
      visits.change(event, (visit) => ({
        progress: { done, total },
        items: item ? visits.longer(visit.items, { ...item, at }) : visit.items
      }))
      return
    }
    case 'EffectBegun': {
      const { item = { index: wholeStep, label: '' } } = event
      visits.change(event, ({ begun = [] }) => ({ begun: visits.longer(begun, item) }))
      return
    }
    case 'StepCompleted': {
      const { step, frame, thread, outcome, outputs, at: endedAt } = event
      const change = { state: 'done', outcome, outputs, endedAt } as const
      // It left along No Data before it could start.
      if (!visits.change(event, () => change))
        visits.add({ step, frame, thread, startedAt: endedAt, inputs: {}, items: [], ...change })
      return
    }
    case 'StepFailed': {
      const { step, frame, thread, error, handled, at: endedAt } = event
      const changed = visits.change(event, () => ({
        state: 'failed',
        error,
        endedAt,
        ...(handled && { handled })
      }))
      // It failed before it could start, such as for want of an input.
      if (!changed)
        visits.add({
          step,
          frame,
          thread,
          state: 'failed',
          startedAt: endedAt,
          endedAt,
          inputs: {},
          error,
          ...(handled && { handled }),
          items: []
        })
      return
    }
    case 'StepRetried': {
      const { attempt, error, at, wait } = event
      visits.change(event, (visit) => ({
        ...withoutDoubt(visit),
        ...(visit.timedOut && { timedOut: false }),
        retries: [...(visit.retries ?? []), { attempt, at, until: at + wait, error }]
      }))
      return
    }
    case 'VariableSet': {
      const { at, thread, step, variable } = event
      const call = callOf(run, event.frame)
      const value = event.added ? longerList(call?.variables?.[variable], event.value) : event.value
      if (call) changeFrame(run, call.id, { variables: { ...call.variables, [variable]: value } })
      run.log.push({ at, thread, step, level: 'debug', message: runMessages.variableSet(variable, shortText(value)) })
      return
    }
    case 'SignalSent': {
      const { at, thread, step, signal, value, dropped } = event
      if (dropped) run.log.push({ at, thread, step, level: 'info', message: runMessages.signalDropped(signal) })
      else run.log.push({ at, thread, step, level: 'debug', message: runMessages.signalSent(signal, shortText(value)) })
      return
    }
    case 'SignalReceived': {
      const { at, signal, value } = event
      run.log.push({ at, level: 'debug', message: runMessages.signalReceived(signal, shortText(value)) })
      return
    }
    case 'RunResumed':
      run.log.push({ at: event.at, level: 'info', message: runMessages.resumed(event.resumedAt) })
      return
    case 'RunRetried':
      goOnAgain(run, visits, event)
      return
    case 'CancelRequested':
      run.log.push({ at: event.at, level: 'debug', message: runMessages.cancelRequested(event.target) })
      return
    case 'InputsRefreshed': {
      const { inputs } = event
      visits.change(event, () => ({ inputs }))
      return
    }
    case 'StepTimedOut':
      visits.change(event, (visit) => ({ ...withoutDoubt(visit), timedOut: true }))
      return
    case 'ReplyPrepared':
    case 'SignalTaken':
    case 'ThreadYielded':
    case 'ThreadWentOn':
      return
    case 'FrameLeft': {
      const { outcome, outputs, at: leftAt } = event
      visits.endIn(event.frame, leftAt)
      changeFrame(run, event.frame, {
        leftAt,
        ...(outcome === undefined ? {} : { outcome }),
        ...(outputs && { outputs })
      })
      return
    }
    case 'Replied': {
      const { outcome, step, outputs, at, thread } = event
      run.reply = { outcome, step, outputs, at, thread }
      return
    }
    case 'FrameReplied': {
      const { outcome, step, outputs, at, thread } = event
      changeFrame(run, event.frame, { reply: { outcome, step, outputs, at, thread } })
      return
    }
    case 'Logged': {
      const { at, thread, step, level, message } = event
      run.log.push({ at, thread, step, level, message })
      return
    }
    case 'ThreadEnded': {
      const { end, outcome, outputs, error, at: endedAt } = event
      const thread = run.threads[event.thread]
      if (thread)
        run.threads[event.thread] = {
          ...thread,
          end,
          endedAt,
          ...(outcome === undefined ? {} : { outcome }),
          ...(outputs && { outputs }),
          ...(error && { error })
        }
      if (end === 'cancelled' || end === 'failed') visits.endOf(event.thread, endedAt)
      return
    }
    case 'RunSettled':
      run.settled = { state: event.state, at: event.at, ...(event.error && { error: event.error }) }
      return
  }
}

/** The run had settled as failed: what a retry names is as it was before it failed. */
function goOnAgain(run: Draft, visits: VisitFold, event: Extract<RunEvent, { event: 'RunRetried' }>): void {
  const { at, retriedAt, threads, frames, steps, visits: places } = event
  delete run.settled
  run.retries = (run.retries ?? 0) + 1
  for (const id of threads) {
    const thread = run.threads[id]
    if (!thread) continue
    const { end: _, endedAt: __, error: ___, ...rest } = thread
    run.threads[id] = rest
  }
  for (const id of frames) {
    const frame = run.frames[id]
    if (!frame) continue
    const { leftAt: _, ...rest } = frame
    run.frames[id] = rest
  }
  for (const place of places) {
    const isAttempted = steps.some(({ frame, step }) => frame === place.frame && step === place.step)
    visits.reopen(place, (visit) => (isAttempted ? attemptedAgain(visit, at) : visit))
  }
  const names = steps.map(({ frame, step }) => {
    const flow = run.flows[run.frames[frame]?.path ?? run.flow]
    return (flow && stepOf(flow, step)?.name) ?? step
  })
  run.log.push({ at, level: 'info', message: runMessages.retried(retriedAt, names) })
}

/** A visit that had failed, or with some of its items, which are still to be done. */
function attemptedAgain(visit: Visit, at: number): Visit {
  const items = visit.items.filter(({ state }) => state !== 'failed')
  const { done, total } = visit.progress ?? { done: 0, total: 0 }
  const left = visit.items.length - items.length
  const { error } = visit
  return {
    ...visit,
    // What it had begun has ended with it.
    ...(visit.begun && { begun: [] }),
    items,
    ...(visit.timedOut && { timedOut: false }),
    ...(visit.progress && { progress: { done: done - left, total } }),
    ...(error && { retries: [...(visit.retries ?? []), { attempt: 1, at, until: at, error }] })
  }
}

/** An attempt is over: what it had begun has ended with it, or is given up with its time. Nobody is asked about it. */
function withoutDoubt({ begun, items }: Visit): Pick<Visit, 'begun'> {
  return begun ? { begun: begun.filter(({ index }) => items.some((item) => item.index === index)) } : {}
}

/** The call of a flow that a frame belongs to: itself, or the one under the bodies. */
function callOf(run: Run, id: number): Frame | undefined {
  let frame = run.frames[id]
  while (frame?.body) frame = run.frames[frame.parent ?? -1]
  return frame
}

function firstVariables(run: Run, path: string): ValueRecord | undefined {
  const { variables = [] } = run.flows[path] ?? {}
  if (variables.length === 0) return undefined
  return Object.fromEntries(variables.map(({ name, initial }): [string, Value] => [name, initial ?? null]))
}

/** A value on one line of the log. */
function shortText(value: Value): string {
  const text = value === null ? 'null' : typeof value === 'object' ? JSON.stringify(head(value)) : textOf(value)
  const line = text.slice(0, 400).replaceAll(/\s+/g, ' ').trim()
  return line.length <= 120 ? line : `${line.slice(0, 119)}…`
}

/** The first items of a list: more of them would not be seen. */
const head = (value: Value): Value => (Array.isArray(value) ? (value as readonly Value[]).slice(0, 20) : value)

function changeFrame(run: Draft, id: number, change: Partial<Frame>): void {
  const frame = run.frames[id]
  if (frame) run.frames[id] = { ...frame, ...change }
}
