import type { Value, ValueRecord } from '../../model/index.ts'
import { type CompiledSet, nextOf } from '../compile/compiledFlow.ts'
import type { FlowData } from '../compile/flowData.ts'
import { StepVisit, type VisitWorld } from './stepVisit.ts'
import type { Frame, Thread } from './thread.ts'
import type { Threads } from './threads.ts'
import { tooManyPasses } from './visits.ts'
import type { Answer, Wait } from './wait.ts'

/** What plain steps need of the interpreter, which alone moves threads. */
export interface PlainMoves extends VisitWorld {
  readonly threads: Threads
  /** Follows what a step answered, now or when it comes. */
  answer(thread: Thread, frame: Frame, answer: Answer): Wait
  complete(thread: Thread, frame: Frame, outcome: string, outputs: ValueRecord): void
  goTo(thread: Thread, frame: Frame, outcome: string): void
}

const nothing: ValueRecord = {}

/** The steps that most flows are made of, which answer at once and go on: they are passed in a loop of their own. */
export class PlainSteps {
  readonly #moves: PlainMoves
  readonly #loopGuard: number

  constructor(moves: PlainMoves, loopGuard: number) {
    this.#moves = moves
    this.#loopGuard = loopGuard
  }

  /**
   * Passes steps that are nothing but their inputs and their run, as most are, until one does anything but exit to the next
   * such step. Throws what a step does.
   */
  pass(thread: Thread, frame: Frame): Wait {
    const { data, passes, locals, owner } = frame
    const { steps } = data
    const moves = this.#moves
    const loopGuard = this.#loopGuard
    const { recorder } = moves
    const { full } = recorder
    let { at } = frame
    let goesOn = false
    const visit = frame.spare ?? new StepVisit(moves, thread, frame, 0, nothing, nothing)
    frame.spare = undefined
    for (;;) {
      const { definition } = at
      if (!definition) return undefined
      const pass = (passes[at.index] ?? 0) + 1
      passes[at.index] = pass
      if (pass > loopGuard) throw tooManyPasses(at, loopGuard)
      const inputs = at.make(at, data, locals)
      const recorded = full || at.observed
      if (recorded) recorder.stepStarted(thread.id, frame.id, at.id, inputs, goesOn)
      visit.again(at, pass, inputs)
      frame.visit = visit
      const answer: Answer = definition.run(visit)
      if (answer.kind !== 'exit' || answer.variables) return moves.answer(thread, frame, answer)
      const { outcome, outputs } = answer
      const { set } = at
      if (at.outputs && (!set || recorded || typeof outputs[set.output] !== set.wants))
        moves.complete(thread, frame, outcome, outputs)
      else {
        frame.visit = undefined
        steps[at.index] = set ? setVariable(data, set, outputs) : outputs
        if (recorded) recorder.stepCompleted(thread.id, frame.id, at.id, outcome, outputs)
      }
      if (thread.cancel.cancelled) {
        moves.threads.end(thread, 'cancelled')
        return undefined
      }
      const next = nextOf(at, outcome)
      if (!next?.plain || next === owner) {
        frame.spare = visit
        moves.goTo(thread, frame, outcome)
        return undefined
      }
      frame.at = at = next
      goesOn = recorded
      if (thread.steps + 1 >= thread.checkAt) {
        frame.spare = visit
        return undefined
      }
      thread.steps++
    }
  }
}

/** Sets the variable to an output that needs no conversion; gives the outputs that are left. */
function setVariable(data: FlowData, { output, variable }: CompiledSet, outputs: ValueRecord): ValueRecord {
  data.flow.set(variable, outputs[output] ?? null)
  let rest: Record<string, Value> | undefined
  for (const name in outputs) if (name !== output) (rest ??= {})[name] = outputs[name] ?? null
  return rest ?? nothing
}
