import type { Frame } from '../state/thread.ts'
import { runMessages } from '../../messages/run.ts'
import { StepFailure, siblingPath } from '../../model/index.ts'
import type { StartableFlow } from '../compile/compiledFlow.ts'
import { compiledFlow } from '../compile/compileFlow.ts'
import type { RunContext } from '../state/runContext.ts'
import { startable } from './frames.ts'

/** The flow that the step of `frame` calls. Throws StepFailure `flow-missing`, `no-start` or `call-depth`. */
export function flowFor(run: RunContext, frame: Frame, path: string): StartableFlow {
  const { flows, definitions, limits } = run
  const compiled = compiledFlow(siblingPath(frame.call.flow.path, path), flows, definitions)
  const flow = startable(compiled, path, frame.at.step.name)
  if (frame.call.depth < limits.callDepth) return flow
  throw new StepFailure('call-depth', runMessages.callDepth(flow.flow.name, limits.callDepth))
}
