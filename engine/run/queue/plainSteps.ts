import type { Value, ValueRecord } from '../../model/index.ts'
import { type CompiledSet, nextOf } from '../compile/compiledFlow.ts'
import type { FlowData } from '../compile/flowData.ts'
import { setOutputs } from '../compile/stepOutputs.ts'
import { complete } from '../moves/complete.ts'
import { type StepResult, follow } from '../moves/follow.ts'
import { goTo } from '../moves/goTo.ts'
import { StepVisit } from '../moves/stepVisit.ts'
import { tooManyPasses } from '../moves/visits.ts'
import { countPass } from '../state/passes.ts'
import type { RunContext } from '../state/runContext.ts'
import type { Frame, Thread } from '../state/thread.ts'

const nothing: ValueRecord = {}

/**
 * Passes steps that are nothing but their inputs and their run, as most are, in a loop of their own, until one does anything
 * but exit to the next such step, or the thread has gone on for a while. Throws what a step does.
 */
export function passPlainSteps(run: RunContext, thread: Thread, frame: Frame): void {
  const { data, passes, locals, owner } = frame
  const { recorder, turn } = run
  const { loopGuard } = run.limits
  const { full } = recorder
  let { at } = frame
  let goesOn = false
  const visit = frame.spare ?? new StepVisit(run, thread, frame, 0, nothing, nothing)
  frame.spare = undefined
  // It serves all of the steps, one after the other.
  frame.visit = visit
  const before = turn.steps
  let steps = before
  try {
    for (;;) {
      const { plain, index } = at
      if (!plain) return
      const pass = countPass(passes, index)
      if (pass > loopGuard) throw tooManyPasses(at, loopGuard)
      const inputs = at.make(at, data, locals)
      if (full) recorder.stepStarted(thread.id, frame.id, at.id, inputs, goesOn)
      visit.again(at, pass, inputs)
      const answer: StepResult = plain.run(visit)
      if (answer.kind !== 'exit' || answer.variables) {
        follow(run, thread, frame, answer)
        return
      }
      const { outcome, outputs } = answer
      const { set } = at
      if (at.outputs && (!set || full || typeof outputs[set.output] !== set.wants)) {
        complete(run, thread, frame, outcome, outputs)
        frame.visit = visit
      } else {
        setOutputs(data, index, set ? setVariable(data, set, outputs) : outputs)
        if (full) recorder.stepCompleted(thread.id, frame.id, at.id, outcome, outputs)
      }
      const next = nextOf(at, outcome)
      if (!next?.plain || next === owner) {
        frame.visit = undefined
        frame.spare = visit
        goTo(run, thread, frame, outcome)
        return
      }
      frame.at = at = next
      goesOn = full
      if (steps + 1 >= turn.checkAt) {
        frame.visit = undefined
        frame.spare = visit
        return
      }
      steps++
    }
  } finally {
    thread.steps += steps - before
    turn.steps = steps
  }
}

/** Sets the variable to an output that needs no conversion; gives the outputs that are left. */
function setVariable(data: FlowData, { output, place }: CompiledSet, outputs: ValueRecord): ValueRecord {
  data.flow[place] = outputs[output] ?? null
  let rest: Record<string, Value> | undefined
  for (const name in outputs) if (name !== output) (rest ??= {})[name] = outputs[name] ?? null
  return rest ?? nothing
}
