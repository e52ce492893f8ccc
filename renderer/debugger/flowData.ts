import type { Frame, FrameId, Run, ValueRecord } from '../../engine/index.ts'

/** What the steps of one flow call can read: its inputs, and what each step gave when it was passed last. */
export interface FlowDataView {
  readonly flow: ValueRecord
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
    steps: [...steps].map(([id, outputs]) => ({ id, name: names.get(id) ?? id, outputs }))
  }
}

/** The frame of the flow call; bodies of loops lie in it and share its data. A call begins with a Start step, a body does not. */
function callOf(run: Run, id: FrameId): Frame | undefined {
  let frame = run.frames[id]
  while (frame?.parent !== undefined && !beginsWithStart(run, frame)) frame = run.frames[frame.parent]
  return frame
}

function beginsWithStart(run: Run, { id, path }: Frame): boolean {
  const first = run.visits.find((visit) => visit.frame === id)?.step
  return run.flows[path]?.steps.find((step) => step.id === first)?.type === 'start'
}
