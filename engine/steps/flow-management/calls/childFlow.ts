import {
  type Flow,
  type InputDefinition,
  type Inputs,
  type Step,
  type StepSurroundings,
  rebaseFiles
} from '../../../model/index.ts'

/** The flow that a step's setting Flow names; undefined when there is none. */
export function childOf(step: Step, surroundings: StepSurroundings): Flow | undefined {
  const path = step.settings.Flow
  return typeof path === 'string' && path !== '' ? surroundings.flowAt(path) : undefined
}

/** The inputs of that flow, as inputs of the step. */
export function childInputs(step: Step, surroundings: StepSurroundings): Inputs {
  const inputs = childOf(step, surroundings)?.inputs ?? []
  const path = typeof step.settings.Flow === 'string' ? step.settings.Flow : ''
  return Object.fromEntries(
    inputs.map(({ name, type, required = false, initial }): [string, InputDefinition] => [
      name,
      {
        type,
        summary: `The input “${name}” of that flow.`,
        required: required && initial === undefined,
        ...(initial !== undefined && { initial: { kind: 'constant', value: rebaseFiles(path, initial, type) } })
      }
    ])
  )
}
