import type { ValueRecord } from '../../model/index.ts'
import { outputsAt, setOutputs } from '../compile/stepOutputs.ts'
import { applyOutputs, longerList } from '../compile/applyOutputs.ts'
import type { RunContext } from '../state/runContext.ts'
import { type Frame, type Thread, placeOf } from '../state/thread.ts'

/** The visit of the step on top is over: its outputs go where they are mapped to. Throws StepFailure when they cannot. */
export function complete(
  run: RunContext,
  thread: Thread,
  frame: Frame,
  outcome: string,
  given: ValueRecord,
  set?: ValueRecord
): void {
  const { at, data, visit } = frame
  const { recorder } = run
  // An End Step that has to wait for the last branches lets others go on: that is told in any case.
  const recorded = recorder.full || at.alwaysRecorded || (frame.call.branches > 0 && at.definition?.role === 'end')
  const applied = visit?.record?.given ?? (at.outputs || set ? applyOutputs(at, frame, given, set) : undefined)
  frame.visit = undefined
  visit?.leave(true)
  if (applied) {
    const { outputs, variables } = applied
    setOutputs(data, at.index, outputs)
    // First what it set: a step that has completed has done all of it.
    for (const { name, value, added } of variables) {
      const place = frame.call.flow.values.get(name) ?? -1
      data.flow[place] = value === undefined ? longerList(data.flow[place], added ?? null) : value
      if (!recorded) continue
      const told = added === undefined ? { value: value ?? null } : { value: added, added: true as const }
      recorder.record({ event: 'VariableSet', ...placeOf(thread, frame), variable: name, ...told })
    }
  } else setOutputs(data, at.index, given)
  if (recorded) recorder.stepCompleted(thread.id, frame.id, at.id, outcome, outputsAt(data, at.index) ?? given)
}
