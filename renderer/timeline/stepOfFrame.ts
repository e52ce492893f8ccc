import type { FrameId, Run, Step, StepId } from '../../engine/index.ts'

/** A step of the flow that a frame runs in, as that flow was when the run began. */
export function stepOfFrame(run: Run, frame: FrameId, id: StepId): Step | undefined {
  return run.flows[run.frames[frame]?.path ?? run.flow]?.steps.find((step) => step.id === id)
}
