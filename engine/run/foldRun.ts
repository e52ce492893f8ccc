import type { RunEvent } from './event.ts'
import type { Frame, LogLine, Reply, Run, Thread, Visit } from './run.ts'

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
  for (const event of events) {
    if (event.event === 'RunStarted') {
      const { run: id, flow, flows, inputs, startedAt, at, seq } = event
      draft = { id, flow, flows, inputs, startedAt, at, seq, threads: [], frames: [], visits: [], log: [] }
    } else if (draft) apply(draft, event)
  }
  if (!draft) throw new Error('A journal begins with RunStarted')
  return draft
}

function apply(run: Draft, event: Exclude<RunEvent, { event: 'RunStarted' }>): void {
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
      run.frames[id] = {
        id,
        thread,
        flow,
        path,
        inputs,
        enteredAt,
        ...(event.parent === undefined ? {} : { parent: event.parent }),
        ...(event.step === undefined ? {} : { step: event.step })
      }
      return
    }
    case 'StepStarted': {
      const { step, frame, thread, inputs, at: startedAt } = event
      run.visits.push({ step, frame, thread, state: 'running', startedAt, inputs, items: [] })
      return
    }
    case 'StepProgressed': {
      const { done, total, item, at } = event
      changeVisit(run, event, (visit) => ({
        progress: { done, total },
        items: item ? [...visit.items, { ...item, at }] : visit.items
      }))
      return
    }
    case 'StepCompleted': {
      const { outcome, outputs, at: endedAt } = event
      changeVisit(run, event, () => ({ state: 'done', outcome, outputs, endedAt }))
      return
    }
    case 'StepFailed': {
      const { step, frame, thread, error, at: endedAt } = event
      const changed = changeVisit(run, event, () => ({ state: 'failed', error, endedAt }))
      // It failed before it could start, such as for want of an input.
      if (!changed)
        run.visits.push({
          step,
          frame,
          thread,
          state: 'failed',
          startedAt: endedAt,
          endedAt,
          inputs: {},
          error,
          items: []
        })
      return
    }
    case 'StepRetried':
      changeVisit(run, event, (visit) => ({ attempt: (visit.attempt ?? 1) + 1 }))
      return
    case 'VariableSet':
    case 'SignalSent':
      return
    case 'FrameLeft': {
      const { outcome, outputs, at: leftAt } = event
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
      if (end === 'cancelled' || end === 'failed') endVisits(run, event.thread, endedAt)
      return
    }
    case 'RunSettled':
      run.settled = { state: event.state, at: event.at, ...(event.error && { error: event.error }) }
      return
  }
}

function changeFrame(run: Draft, id: number, change: Partial<Frame>): void {
  const frame = run.frames[id]
  if (frame) run.frames[id] = { ...frame, ...change }
}

/** Changes the newest unfinished visit that `at` speaks of; false when there is none. */
function changeVisit(
  run: Draft,
  at: { readonly frame: number; readonly step: string; readonly thread: number },
  change: (visit: Visit) => Partial<Visit>
): boolean {
  const index = run.visits.findLastIndex(
    (visit) => visit.state === 'running' && visit.frame === at.frame && visit.step === at.step
  )
  const visit = run.visits[index]
  if (visit) run.visits[index] = { ...visit, ...change(visit), thread: at.thread }
  return visit !== undefined
}

/** A thread that was stopped takes its unfinished visits with it. */
function endVisits(run: Draft, thread: number, endedAt: number): void {
  for (const [index, visit] of run.visits.entries())
    if (visit.thread === thread && visit.state === 'running')
      run.visits[index] = { ...visit, state: 'cancelled', endedAt }
}
