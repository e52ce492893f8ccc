import type { Frame, FrameId, Run, ValueRecord } from '../../engine/index.ts'

/** What the steps of one flow call can read: its inputs, its variables, and what each step gave when passed last. */
export interface FlowDataView {
  readonly flow: ValueRecord
  readonly variables: ValueRecord
  /** What the loops around the frame add, innermost first. */
  readonly inside: readonly { readonly name: string; readonly values: ValueRecord }[]
  readonly steps: readonly { readonly id: string; readonly name: string; readonly outputs: ValueRecord }[]
}

/** The flow data of the call that `frame` belongs to, as `run` tells it. */
export function flowDataOf(run: Run, frame: FrameId): FlowDataView {
  const call = callOf(run, frame)
  const names = new Map(run.flows[call?.path ?? run.flow]?.steps.map((step) => [step.id, step.name]))
  const calls = new Map(run.frames.map((each) => [each.id, callOf(run, each.id)]))
  const steps = new Map<string, ValueRecord>()
  for (const visit of run.visits)
    if (visit.outputs && calls.get(visit.frame) === call && Object.keys(visit.outputs).length > 0) {
      steps.delete(visit.step)
      steps.set(visit.step, visit.outputs)
    }
  return {
    flow: call?.inputs ?? {},
    variables: call?.variables ?? {},
    inside: insideOf(run, frame, names),
    steps: [...steps].map(([id, outputs]) => ({ id, name: names.get(id) ?? id, outputs }))
  }
}

/** The frame of the flow call; bodies lie in it and share its data. */
function callOf(run: Run, id: FrameId): Frame | undefined {
  let frame = run.frames[id]
  while (frame?.body && frame.parent !== undefined) frame = run.frames[frame.parent]
  return frame
}

function insideOf(run: Run, id: FrameId, names: ReadonlyMap<string, string>): FlowDataView['inside'] {
  const found: { readonly name: string; readonly values: ValueRecord }[] = []
  for (let frame = run.frames[id]; frame?.body; frame = run.frames[frame.parent ?? -1])
    if (Object.keys(frame.inputs).length > 0)
      found.push({ name: names.get(frame.step ?? '') ?? frame.step ?? '', values: frame.inputs })
  return found
}
