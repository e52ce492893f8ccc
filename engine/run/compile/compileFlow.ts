import {
  type Flow,
  type Mapping,
  type Step,
  type StepDefinition,
  type StepId,
  type StepSurroundings,
  inputsOf,
  keptAs,
  mappingOf,
  namedEnd,
  noData,
  onException,
  parsePath,
  passedOutcome,
  settableOf,
  settingsOf,
  siblingPath
} from '../../model/index.ts'
import type { ExpressionSurroundings } from '../../expression/index.ts'
import { type FlowData, type FlowPlaces, type Locals, readerOf } from './flowData.ts'
import { compileMapping, kindOf, observes, variableOf } from '../../mapping/index.ts'
import type { RunFlows } from '../journal/event.ts'
import {
  type CompiledFlow,
  type CompiledInput,
  type CompiledOutput,
  type CompiledSet,
  type CompiledStep,
  type Selected,
  unconverted
} from './compiledFlow.ts'
import { readInput } from './evaluateInputs.ts'
import { inputMakers } from './inputMakers.ts'
import { joinOf, reachedOnlyFrom } from './flowParts.ts'
import { wants } from './wants.ts'

const makerOf = inputMakers(readInput)

/** A step while its flow is being linked. */
type Linked = { -readonly [K in keyof CompiledStep]: CompiledStep[K] }

type CompiledFlows = Map<string, CompiledFlow | undefined>
type Definitions = ReadonlyMap<string, StepDefinition>

const compiledFlows = new WeakMap<RunFlows, WeakMap<Definitions, CompiledFlows>>()

/** What was asked for last: the same flow is often started, or called, many times in a row. */
let last: { readonly flows: RunFlows; readonly definitions: Definitions; readonly compiled: CompiledFlow } | undefined

/** The flow at `path` of `flows`, made ready; undefined when there is none. All runs of the same flows share it. */
export function compiledFlow(path: string, flows: RunFlows, definitions: Definitions): CompiledFlow | undefined {
  if (last?.flows === flows && last.definitions === definitions && last.compiled.path === path) return last.compiled
  const compiled = knownFlow(path, flows, definitions)
  if (compiled) last = { flows, definitions, compiled }
  return compiled
}

/** Looks the flow up among those that were made ready, or makes it so. */
function knownFlow(path: string, flows: RunFlows, definitions: Definitions): CompiledFlow | undefined {
  const byDefinitions = kept(compiledFlows, flows, () => new WeakMap<Definitions, CompiledFlows>())
  const byPath = kept(byDefinitions, definitions, () => new Map<string, CompiledFlow | undefined>())
  const found = byPath.get(path)
  if (found || byPath.has(path)) return found
  const compiled = compileFlow(path, flows, definitions)
  byPath.set(path, compiled)
  return compiled
}

function kept<K extends object, V>(map: WeakMap<K, V>, key: K, make: () => V): V {
  const found = map.get(key)
  if (found) return found
  const made = make()
  map.set(key, made)
  return made
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
  const indexes = new Map(flow.steps.map(({ id }, index) => [id, index]))
  const { inputs: flowInputs, variables = [] } = flow
  const values = new Map([...flowInputs, ...variables].map(({ name }, place) => [name, place]))
  const places: FlowPlaces = { indexes, values }
  const nexts = flow.steps.map(() => new Map<string, CompiledStep>())
  const steps = flow.steps.map((written, index): Linked => {
    const definition = definitions.get(written.type)
    const step = definition?.role === 'end' ? namedEnd(written, definition) : written
    const inputs = definition ? compileInputs(path, definition, step, surroundings, places) : []
    const fixed = inputs.filter(({ name }) => definition && Object.hasOwn(definition.inputs, name))
    const dynamic = inputs.filter((input) => !fixed.includes(input))
    const outputs = step.outputs && compileOutputs(step.outputs, flow)
    const observing = inputs.some(({ mapping }) => observes(mapping))
    const hasScript = inputs.some(({ mapping }) => kindOf(mapping).script !== undefined)
    return {
      index,
      step,
      id: step.id,
      definition,
      fixed,
      dynamic,
      make: makerOf(fixed, 'fixed'),
      makeDynamic: makerOf(dynamic, 'dynamic'),
      settings: definition ? settingsOf(definition, step) : step.settings,
      hasScript,
      observes: observing,
      alwaysRecorded: definition?.effect !== undefined || observing,
      outputs,
      set: outputs && setOf(outputs, values),
      plain:
        (definition?.role === undefined || definition.role === 'start') &&
        dynamic.length === 0 &&
        !observing &&
        !step.disabled &&
        definition?.effect === undefined &&
        step.timeout === undefined &&
        step.retry === undefined
          ? definition
          : undefined,
      next: nexts[index] ?? new Map<string, CompiledStep>(),
      outcome0: undefined,
      to0: undefined,
      outcome1: undefined,
      to1: undefined,
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
    const [first, second] = one.next
    if (first) [one.outcome0, one.to0] = first
    if (second) [one.outcome1, one.to1] = second
  }
  for (const one of steps) if (one.definition?.forks) one.join = joinOf(one)
  // What its caller gets may be something else later, and is kept with its visit.
  const endObserves = steps.some(({ definition, observes }) => definition?.role === 'end' && observes)
  for (const one of steps)
    if (one.definition?.detaches && endObserves) {
      one.alwaysRecorded = true
      one.plain = undefined
    }
  const withRole = (role: StepDefinition['role']): Linked[] =>
    steps.filter(({ definition }) => definition?.role === role)
  const enabled = (role: StepDefinition['role']): Linked[] => withRole(role).filter(({ step }) => !step.disabled)
  const [start] = withRole('start')
  return {
    path,
    flow,
    steps,
    ...places,
    ids: flow.steps.map(({ id }) => id),
    start,
    ends: withRole('end'),
    catches: enabled('catch').map((at) => ({ at, own: reachedOnlyFrom(at, steps) })),
    outcomeCatches: enabled('catch-outcome'),
    initial: [...flowInputs.map(() => undefined), ...variables.map(({ initial }) => initial ?? null)],
    noOutputs: steps.map(() => undefined),
    noPasses: steps.map(() => 0)
  }
}

function compileInputs(
  path: string,
  definition: StepDefinition,
  step: Step,
  surroundings: StepSurroundings,
  places: FlowPlaces
): CompiledInput[] {
  const inputs = inputsOf(definition, step, surroundings)
  const data: ExpressionSurroundings<FlowData, Locals | undefined> = {
    readerOf: (names) => readerOf(names, places),
    clockOf:
      ({ clock }) =>
      () =>
        clock.now()
  }
  return Object.entries(inputs).map(([name, input]): CompiledInput => {
    const { type, required = false } = input
    const mapping = mappingOf(inputs, step, name)
    return {
      flow: path,
      name,
      type,
      required,
      mapping,
      read: compileMapping(mapping, input, data),
      selects: type === 'Template' ? undefined : selectedBy(mapping, places),
      wants: wants[type] ?? '',
      last: unconverted,
      lastConverted: null
    }
  })
}

/** What a mapping selects, if it is just an output of a step or a value of the flow. */
function selectedBy(mapping: Mapping, { indexes, values }: FlowPlaces): Selected | undefined {
  const path = kindOf(mapping).selects?.(mapping)
  if (path === undefined) return undefined
  const [root, name = '', output, ...more] = parsePath(path)
  const isOutput = root === 'steps' && output !== undefined && more.length === 0
  if (!isOutput && !(root === 'flow' && output === undefined)) return undefined
  // Names that every object has are looked up with more care.
  if (output !== undefined && output in Object.prototype) return undefined
  const place = (isOutput ? indexes : values).get(name)
  return place === undefined ? undefined : { place, output }
}

function compileOutputs(outputs: NonNullable<Step['outputs']>, flow: Flow): ReadonlyMap<string, CompiledOutput> {
  const settable = settableOf(flow)
  return new Map(
    Object.entries(outputs).map(([name, mapping]) => {
      const { name: variable, appends = false } = variableOf(mapping) ?? {}
      const type = appends ? undefined : settable.find((one) => one.name === variable)?.type
      return [name, { name: keptAs(mapping), variable, appends, wants: (type && wants[type]) ?? '' }]
    })
  )
}

function setOf(outputs: ReadonlyMap<string, CompiledOutput>, values: FlowPlaces['values']): CompiledSet | undefined {
  const [first, another] = outputs
  if (!first || another) return undefined
  const [output, { variable = '', appends, wants }] = first
  const place = values.get(variable)
  return place === undefined || appends ? undefined : { output, place, wants }
}
