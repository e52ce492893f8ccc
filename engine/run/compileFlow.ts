import { noData, onException } from '../model/connection.ts'
import type { StepDefinition, StepSurroundings } from '../model/definition.ts'
import type { Flow } from '../model/flow.ts'
import { inputsOf, mappingOf, passedOutcome, settingsOf } from '../model/shape.ts'
import { siblingPath } from '../model/siblingPath.ts'
import type { Step, StepId } from '../model/step.ts'
import { compileMapping, observes } from './compileMapping.ts'
import type { RunFlows } from './event.ts'
import type { CompiledFlow, CompiledInput, CompiledStep } from './compiledFlow.ts'
import { joinOf, reachedOnlyFrom } from './flowParts.ts'

/** A step while its flow is being linked. */
type Linked = { -readonly [K in keyof CompiledStep]: CompiledStep[K] }

/** Makes the flow at `path` of `flows` ready; undefined when there is none. */
export function compileFlow(
  path: string,
  flows: RunFlows,
  definitions: ReadonlyMap<string, StepDefinition>
): CompiledFlow | undefined {
  const flowAt = (key: string): Flow | undefined => (Object.hasOwn(flows, key) ? flows[key] : undefined)
  const flow = flowAt(path)
  if (!flow) return undefined
  const surroundings: StepSurroundings = { flow, flowAt: (child) => flowAt(siblingPath(path, child)) }
  const indexes = new Map(flow.steps.map(({ id }, index) => [id, index]))
  const nexts = flow.steps.map(() => new Map<string, CompiledStep>())
  const steps = flow.steps.map((step, index): Linked => {
    const definition = definitions.get(step.type)
    const inputs = definition ? compileInputs(path, definition, step, surroundings, indexes) : []
    return {
      index,
      step,
      definition,
      inputs,
      settings: definition ? settingsOf(definition, step) : step.settings,
      hasScript: inputs.some(({ mapping }) => mapping.kind === 'script'),
      observed: definition?.effect !== undefined || inputs.some(({ mapping }) => observes(mapping)),
      next: nexts[index] ?? new Map<string, CompiledStep>(),
      noData: undefined,
      onException: undefined,
      passed: (step.disabled ? passedOutcome(definition, step, surroundings) : undefined) ?? '',
      join: undefined
    }
  })
  const stepAt = (id: StepId | undefined): Linked | undefined => steps[indexes.get(id ?? '') ?? -1]
  for (const { from, outcome, to } of flow.connections) {
    const target = stepAt(to)
    if (target) nexts[indexes.get(from) ?? -1]?.set(outcome, target)
  }
  for (const one of steps) {
    const target = stepAt(one.definition?.jumpsTo?.(one.settings))
    if (target) nexts[one.index]?.set('', target)
    one.noData = one.next.get(noData)
    one.onException = one.next.get(onException)
  }
  for (const one of steps) if (one.definition?.forks) one.join = joinOf(one)
  const withRole = (role: StepDefinition['role']): Linked[] =>
    steps.filter(({ definition }) => definition?.role === role)
  const enabled = (role: StepDefinition['role']): Linked[] => withRole(role).filter(({ step }) => !step.disabled)
  const [start] = withRole('start')
  return {
    path,
    flow,
    steps,
    indexes,
    ids: flow.steps.map(({ id }) => id),
    start,
    ends: withRole('end'),
    catches: enabled('catch').map((at) => ({ at, own: reachedOnlyFrom(at, steps) })),
    outcomeCatches: enabled('catch-outcome')
  }
}

function compileInputs(
  path: string,
  definition: StepDefinition,
  step: Step,
  surroundings: StepSurroundings,
  indexes: ReadonlyMap<StepId, number>
): CompiledInput[] {
  const inputs = inputsOf(definition, step, surroundings)
  return Object.entries(inputs).map(([name, input]) => {
    const mapping = mappingOf(inputs, step, name)
    return {
      flow: path,
      name,
      type: input.type,
      required: input.required ?? false,
      dynamic: !Object.hasOwn(definition.inputs, name),
      mapping,
      read: compileMapping(mapping, input, indexes)
    }
  })
}
