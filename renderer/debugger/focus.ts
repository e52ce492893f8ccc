import type { LogLine, Run, StepId, Thread, ThreadId, Visit } from '../../engine/index.ts'

/** A step of one of the run's flows; `path` is that flow's key. */
export interface StepPlace {
  readonly step: StepId
  readonly path: string
}

/** The thread one looks at: the chosen one if it has begun, else the newest that runs, else the newest that is no branch. */
export function threadInFocus({ threads }: Run, chosen: ThreadId | undefined): Thread | undefined {
  const own = chosen === undefined ? undefined : threads[chosen]
  return own ?? threads.findLast(({ end }) => end === undefined) ?? threads.findLast(({ kind }) => kind !== 'branch')
}

/** The step that a thread is at, or was at last. */
export function stepInFocus(run: Run, thread: ThreadId | undefined): StepPlace | undefined {
  const own = run.visits.filter((visit) => visit.thread === thread)
  const visit = own.findLast(({ state }) => state === 'running') ?? own.at(-1)
  return visit && placeOf(run, visit)
}

/** Which step of which flow a visit is of. */
export function placeOf(run: Run, { step, frame }: Visit): StepPlace {
  return { step, path: run.frames[frame]?.path ?? run.flow }
}

/** All visits of a step. */
export function visitsOf(run: Run, { step, path }: StepPlace): Visit[] {
  return run.visits.filter((visit) => visit.step === step && run.frames[visit.frame]?.path === path)
}

/** The name of the step that logged a line; empty for what came from outside. */
export function loggedBy(run: Run, { step, thread, at }: LogLine): string {
  if (step === undefined) return ''
  const visit =
    run.visits.findLast(
      (each) => each.step === step && each.thread === thread && each.startedAt <= at && (each.endedAt ?? Infinity) >= at
    ) ?? run.visits.findLast((each) => each.step === step && each.startedAt <= at)
  const path = visit ? placeOf(run, visit).path : run.flow
  return run.flows[path]?.steps.find(({ id }) => id === step)?.name ?? step
}
