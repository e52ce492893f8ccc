import type { Flow } from '../../../model/index.ts'
import type { RunFlows } from '../../../run/journal/event.ts'
import { unsafeWork } from './world.ts'

/** The flows with every third Work as one that must not be done twice. */
export const partlyUnsafe = (flows: RunFlows): RunFlows =>
  Object.fromEntries(
    Object.entries(flows).map(([path, flow]): [string, Flow] => [
      path,
      {
        ...flow,
        steps: flow.steps.map((step, index) =>
          step.type === 'work' && index % 3 === 0 ? { ...step, type: unsafeWork } : step
        )
      }
    ])
  )
