import type { Inputs, StepDefinition, StepSurroundings } from '../model/definition.ts'
import type { Flow } from '../model/flow.ts'
import type { Mapping } from '../model/mapping.ts'
import { inputsOf, mappingOf, settingsOf } from '../model/shape.ts'
import { siblingPath } from '../model/siblingPath.ts'
import type { Step, StepId } from '../model/step.ts'
import { type TemplatePart, parseTemplate } from '../model/template.ts'
import type { ValueRecord } from '../model/value.ts'
import type { ValueType } from '../model/valueType.ts'
import type { RunFlows } from './event.ts'

/** A flow made ready for running: names looked up, templates taken apart, steps linked. Made once, used by many runs. */
export interface CompiledFlow {
  /** Its key among the run's flows. */
  readonly path: string
  readonly flow: Flow
  readonly start: CompiledStep | undefined
  readonly steps: ReadonlyMap<StepId, CompiledStep>
  /** The End Steps in the order of the file. */
  readonly ends: readonly CompiledStep[]
}

export interface CompiledStep {
  readonly step: Step
  /** Undefined for a kind of step that this version does not have. */
  readonly definition: StepDefinition | undefined
  readonly settings: ValueRecord
  readonly inputs: readonly CompiledInput[]
  /** Where the flow goes on, by outcome; On Exception among them. */
  readonly next: ReadonlyMap<string, CompiledStep>
}

export interface CompiledInput {
  readonly name: string
  readonly type: ValueType
  readonly required: boolean
  readonly mapping: Mapping
  /** The template of a Merge Text mapping, taken apart. */
  readonly parts: readonly TemplatePart[]
  readonly itemRoot: string | undefined
  readonly dynamic: boolean
}

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
  const steps = new Map<StepId, CompiledStep>()
  const nexts = new Map<StepId, Map<string, CompiledStep>>()
  for (const step of flow.steps) {
    const definition = definitions.get(step.type)
    const next = new Map<string, CompiledStep>()
    nexts.set(step.id, next)
    steps.set(step.id, {
      step,
      definition,
      settings: definition ? settingsOf(definition, step) : step.settings,
      inputs: definition ? compileInputs(definition, step, surroundings) : [],
      next
    })
  }
  for (const { from, outcome, to } of flow.connections) {
    const target = steps.get(to)
    if (target) nexts.get(from)?.set(outcome, target)
  }
  const all = [...steps.values()]
  return {
    path,
    flow,
    steps,
    start: all.find(({ definition }) => definition?.role === 'start'),
    ends: all.filter(({ definition }) => definition?.role === 'end')
  }
}

function compileInputs(definition: StepDefinition, step: Step, surroundings: StepSurroundings): CompiledInput[] {
  const inputs: Inputs = inputsOf(definition, step, surroundings)
  return Object.entries(inputs).map(([name, input]) => {
    const mapping = mappingOf(inputs, step, name)
    return {
      name,
      type: input.type,
      required: input.required ?? false,
      mapping,
      parts: mapping.kind === 'merge' ? parseTemplate(mapping.template) : [],
      itemRoot: input.itemRoot,
      dynamic: !Object.hasOwn(definition.inputs, name)
    }
  })
}
