import { runMessages } from '../../messages/run.ts'
import { type CancelSignal, Cancelled, type StepDefinition, StepFailure } from '../../model/index.ts'
import type { CompiledStep } from '../compile/compiledFlow.ts'
import {
  type EvaluatedInputs,
  allInputs,
  evaluateInputs,
  evaluateWithScripts,
  inputMissing,
  inputsOf,
  splitInputs
} from '../compile/evaluateInputs.ts'
import type { VisitRecord } from '../replay/visitRecord.ts'
import { cutAttemptOff, resumedFrom } from '../state/effects.ts'
import { countPass } from '../state/passes.ts'
import type { RunContext } from '../state/runContext.ts'
import { type Frame, type Thread, placeOf } from '../state/thread.ts'
import type { Visit } from '../state/visit.ts'
import { waitFor } from '../state/waiting.ts'
import { type StepResult, follow, followLater } from './follow.ts'
import { goTo } from './goTo.ts'
import { StepVisit } from './stepVisit.ts'
import { isKept } from './suspend.ts'
import { limitTime } from './timeLimit.ts'

/** Begins a visit of the step that the frame is at, and runs it. Throws what it fails with. */
export function beginVisit(run: RunContext, thread: Thread, frame: Frame): void {
  const { at } = frame
  const { step, definition } = at
  const pass = countPass(frame.passes, at.index)
  if (pass > run.limits.loopGuard) throw tooManyPasses(at, run.limits.loopGuard)
  if (!definition) throw new StepFailure('unknown-step', runMessages.unknownStep(step.name, step.type))
  if (step.disabled) {
    const message = runMessages.disabled(step.name)
    run.recorder.record({ event: 'Logged', ...placeOf(thread, frame), level: 'info', message })
    frame.joined = undefined
    goTo(run, thread, frame, at.passed)
    return
  }
  if (at.hasScript) {
    let record: VisitRecord | undefined
    waitFor(run, thread, {
      begin: (signal) => inputsWithScripts(run, frame, signal),
      told: () => {
        record = recordOf(run, frame)
        if (!record) throw new Cancelled()
        return inputsOf(record, at)
      },
      then: (inputs) => {
        if (thread.cancelled) throw new Cancelled()
        runVisit(run, thread, frame, openVisit(run, thread, frame, pass, inputs, record))
      }
    })
    return
  }
  const record = recordOf(run, frame)
  const inputs = record ? inputsOf(record, at) : evaluateInputs(at, frame.data, frame.locals)
  const visit = openVisit(run, thread, frame, pass, inputs, record)
  // Its journal ends here, and so does a run that is resumed to be cancelled.
  if (thread.cancelled) throw new Cancelled()
  runVisit(run, thread, frame, visit)
}

/** What a step fails with that was passed too often in one frame. */
export function tooManyPasses({ step }: CompiledStep, loopGuard: number): StepFailure {
  return new StepFailure('loop-guard', runMessages.loopGuard(step.name, loopGuard))
}

const inputsWithScripts = (
  run: RunContext,
  { at, call, data, locals }: Frame,
  signal: CancelSignal
): Promise<EvaluatedInputs> => evaluateWithScripts(call.flow, at, data, locals, run.services.script, signal)

/** What the journal that is followed tells of the visit that begins. */
function recordOf({ replay, recorder }: RunContext, { id, at }: Frame): VisitRecord | undefined {
  return replay?.following && (recorder.full || at.alwaysRecorded) ? replay.open(id, at.id) : undefined
}

function openVisit(
  run: RunContext,
  thread: Thread,
  frame: Frame,
  pass: number,
  inputs: EvaluatedInputs,
  record: VisitRecord | undefined
): Visit {
  const { at } = frame
  if (run.recorder.full || at.alwaysRecorded) run.recorder.stepStarted(thread.id, frame.id, at.id, allInputs(inputs))
  const visit = visitOf(run, thread, frame, pass, inputs, record)
  visit.results = frame.joined
  frame.joined = undefined
  frame.caught = undefined
  frame.visit = visit
  return visit
}

/** A visit of the step that the frame is at: the spare one of the frame, where nothing has to be made anew. */
function visitOf(
  run: RunContext,
  thread: Thread,
  frame: Frame,
  pass: number,
  { fixed, dynamic }: EvaluatedInputs,
  record: VisitRecord | undefined
): Visit {
  const { spare } = frame
  if (!spare || record || frame.caught) return new StepVisit(run, thread, frame, pass, fixed, dynamic, record)
  frame.spare = undefined
  spare.again(frame.at, pass, fixed)
  spare.dynamicInputs = dynamic
  return spare
}

/** Makes an attempt of the visit, or calls its step again, and follows what that answers. Throws what it fails with. */
export function runVisit(run: RunContext, thread: Thread, frame: Frame, visit: Visit): void {
  const { definition, step } = frame.at
  if (visit.stale) {
    refreshInputs(run, thread, frame, visit)
    return
  }
  if (!definition) throw new StepFailure('unknown-step', runMessages.unknownStep(step.name, step.type))
  if (step.timeout !== undefined && !visit.isLimited) limitTime(run, frame, visit, step.timeout)
  const { record } = visit
  const { replay } = run
  if (replay?.following && definition.effect) runAsTold(run, thread, frame, visit)
  else follow(run, thread, frame, record ? attempt(run, frame, visit) : runStep(run, definition, visit))
}

/**
 * Runs the step of a visit. What one with an idempotent effect does to the outside rests on inputs that must not be others when
 * it is done again: it begins once the journal keeps them. One with an unsafe effect says itself when that begins.
 */
function runStep(run: RunContext, definition: StepDefinition, visit: Visit): StepResult {
  if (definition.effect !== 'idempotent' || !run.journal.durable) return definition.run(visit)
  return isKept(run).then((kept) => {
    if (visit.signal.cancelled) throw new Cancelled()
    return kept ? definition.run(visit) : new Promise(() => undefined)
  })
}

/**
 * Runs the step of a visit of which the journal told that it began. While that is followed these are steps that have nothing
 * to do with the outside: they make the same moves again, and give what the journal says that they gave.
 */
function attempt(run: RunContext, { id, at }: Frame, visit: Visit): StepResult {
  const { record } = visit
  const { definition, step } = at
  if (!definition) throw new StepFailure('unknown-step', runMessages.unknownStep(step.name, step.type))
  if (!run.replay?.following && visit.signal.cancelled) throw new Cancelled()
  // The first attempt that this process makes of a visit that was cut off.
  if (record && !record.end && !visit.resumed) {
    cutAttemptOff(record.effects, run.inDoubt)
    visit.resumed = resumedFrom(record.effects, step)
  }
  const answer = runStep(run, definition, visit)
  const ends = answer.kind === 'exit' && record && run.replay?.following
  return (ends ? run.replay?.outcomeOf(id, record) : undefined) ?? answer
}

/** While a journal is followed: what came of the visit is what that tells, now or when it comes to it. */
function runAsTold(run: RunContext, thread: Thread, frame: Frame, visit: Visit): void {
  const { record } = visit
  const { replay } = run
  const known = record && replay?.outcomeOf(frame.id, record)
  if (known) follow(run, thread, frame, known)
  else if (replay?.ends()) follow(run, thread, frame, attempt(run, frame, visit))
  else
    followLater(run, thread, frame, {
      begin: async () => attempt(run, frame, visit),
      told: () => {
        const told = record && replay?.outcomeOf(frame.id, record)
        if (!told) throw new Cancelled()
        return told
      }
    })
}

/** A body has ended, and the step wants its inputs anew. Where they may be others later, the journal keeps them. */
function refreshInputs(run: RunContext, thread: Thread, frame: Frame, visit: Visit): void {
  const { at, data, locals } = frame
  const goOn = (inputs: EvaluatedInputs): void => {
    visit.stale = false
    if (at.observes)
      run.recorder.record({ event: 'InputsRefreshed', ...placeOf(thread, frame), inputs: allInputs(inputs) })
    visit.inputs = inputs.fixed
    visit.dynamicInputs = inputs.dynamic
    runVisit(run, thread, frame, visit)
  }
  const told = (): EvaluatedInputs | undefined => {
    if (at.observes && run.replay?.tellsNoData(frame.id)) throw inputMissing()
    const refreshed = at.observes ? run.replay?.toldOf(frame.id, () => visit.record?.refreshed.shift()) : undefined
    return refreshed && splitInputs(refreshed, at)
  }
  if (!at.hasScript) {
    goOn(told() ?? evaluateInputs(at, data, locals))
    return
  }
  waitFor(run, thread, {
    begin: (signal) => inputsWithScripts(run, frame, signal),
    told: () => {
      const inputs = told()
      if (!inputs) throw new Cancelled()
      return inputs
    },
    then: goOn
  })
}
