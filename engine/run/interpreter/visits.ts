import { runMessages } from '../../messages/run.ts'
import { Cancelled, StepFailure, type Transition } from '../../model/index.ts'
import type { Attempts } from './attempts.ts'
import type { CompiledStep } from '../compile/compiledFlow.ts'
import {
  type EvaluatedInputs,
  allInputs,
  evaluateInputs,
  evaluateWithScripts,
  inputsOf
} from '../compile/evaluateInputs.ts'
import { StepVisit, type VisitWorld } from './stepVisit.ts'
import { type Frame, type Thread, placeOf } from './thread.ts'
import type { VisitRecord } from '../replay/visitRecord.ts'
import type { World } from './world.ts'

/** What visits need of the interpreter, which alone moves threads. */
export interface VisitMoves extends VisitWorld {
  readonly attempts: Attempts
  goTo(thread: Thread, frame: Frame, outcome: string): void
}

/** Begins the visits of steps and runs them; also those that the journal of an interrupted run tells of. */
export class Visits {
  readonly #moves: VisitMoves
  readonly #world: World

  constructor(moves: VisitMoves, world: World) {
    this.#moves = moves
    this.#world = world
  }

  /** Makes an attempt of the visit, or while a journal is followed, gives what that tells of it. */
  run(thread: Thread, frame: Frame, visit: StepVisit): Transition | Promise<Transition> {
    const { definition, step } = frame.at
    if (!definition) throw new StepFailure('unknown-step', runMessages.unknownStep(step.name, step.type))
    if (step.timeout !== undefined && !visit.over) this.#moves.attempts.limitTime(frame, visit, step.timeout)
    const { replay } = this.#world
    const { record } = visit
    const run = (): Transition | Promise<Transition> => {
      if (visit.signal.cancelled) throw new Cancelled()
      // The first attempt that this process makes of a visit that was cut off.
      if (record && !record.end && replay) visit.resumed ??= replay.resumed(record, step)
      return definition.run(visit)
    }
    if (!replay?.following) return record ? run() : definition.run(visit)
    // While a journal is followed: what came of the visit is told by it, or comes of making the same moves again.
    const told = this.#moves.recorder.full ? !record?.entered && !definition.detaches : frame.at.observed
    if (!told) return definition.run(visit)
    return replay.answer(thread.id, frame.id, record, run)
  }

  /** Begins a visit of the step on top. Undefined: there is none, the thread has gone on without. */
  begin(thread: Thread, frame: Frame): StepVisit | Promise<undefined | Transition> | undefined {
    const { at, call, data, locals } = frame
    const { step, definition } = at
    if (!definition) throw new StepFailure('unknown-step', runMessages.unknownStep(step.name, step.type))
    if (step.disabled) {
      const message = runMessages.disabled(step.name)
      this.#moves.recorder.record({ event: 'Logged', ...placeOf(thread, frame), level: 'info', message })
      frame.joined = undefined
      this.#moves.goTo(thread, frame, at.passed)
      return undefined
    }
    const pass = (frame.passes[at.index] ?? 0) + 1
    frame.passes[at.index] = pass
    const { loopGuard } = this.#world.limits
    if (pass > loopGuard) throw tooManyPasses(at, loopGuard)
    if (!at.hasScript) {
      const record = this.#recordOf(frame)
      const known = record && inputsOf(record, at)
      return this.#open(thread, frame, pass, known ?? evaluateInputs(at, data, locals), record)
    }
    const { pace, services } = this.#world
    return pace
      .after(thread.id, () => evaluateWithScripts(call.flow, at, data, locals, services.script, thread.cancel))
      .then((inputs) => {
        if (frame.at !== at || frame.visit) return undefined
        const record = inputs ? undefined : this.#recordOf(frame)
        const given = inputs ?? (record && inputsOf(record, at))
        if (!given) throw new Cancelled()
        return this.run(thread, frame, this.#open(thread, frame, pass, given, record))
      })
  }

  /** What the journal that is followed tells of the visit that begins. */
  #recordOf({ id, at }: Frame): VisitRecord | undefined {
    const { replay } = this.#world
    return replay?.following && (this.#moves.recorder.full || at.observed) ? replay.open(id, at.step.id) : undefined
  }

  #open(thread: Thread, frame: Frame, pass: number, inputs: EvaluatedInputs, record?: VisitRecord): StepVisit {
    const { at } = frame
    if (this.#moves.recorder.full || at.observed)
      this.#moves.recorder.stepStarted(thread.id, frame.id, at.id, allInputs(inputs))
    const visit = new StepVisit(this.#moves, thread, frame, pass, inputs.fixed, inputs.dynamic, record)
    visit.results = frame.joined
    frame.joined = undefined
    frame.caught = undefined
    frame.visit = visit
    return visit
  }
}

/** What a step fails with that was passed too often in one frame. */
export function tooManyPasses({ step }: CompiledStep, loopGuard: number): StepFailure {
  return new StepFailure('loop-guard', runMessages.loopGuard(step.name, loopGuard))
}
