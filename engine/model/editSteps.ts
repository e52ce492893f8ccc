import type { StepDefinition } from './definition.ts'
import type { Flow, FlowDocument, Layout } from './flow.ts'
import type { Mapping } from './mapping.ts'
import { changePaths } from './mappingPaths.ts'
import type { Path } from './path.ts'
import { sameData } from './sameData.ts'
import type { Step, StepId } from './step.ts'
import { uniqueName, uniqueStepId } from './uniqueName.ts'
import type { Value } from './value.ts'

/** Where a step stands on the canvas: its top left corner, in pixels at 100 %. */
export type Position = Layout[StepId]

/** A step of this kind as it is when freshly placed, with an id and a name that are free in `flow`. */
export function newStep(flow: Flow, definition: StepDefinition): Step {
  return {
    id: uniqueStepId(flow, definition.type),
    type: definition.type,
    name: uniqueName(flow, definition.title, definition.role !== undefined),
    settings: {},
    inputs: {}
  }
}

/** Adds a step. Nothing happens when its id is in use. */
export function addStep(document: FlowDocument, step: Step, position: Position): FlowDocument {
  if (document.flow.steps.some(({ id }) => id === step.id)) return document
  return {
    ...document,
    flow: { ...document.flow, steps: [...document.flow.steps, step] },
    layout: { ...document.layout, [step.id]: { x: position.x, y: position.y } }
  }
}

/** Removes steps with their connections and positions. Mappings that name them stay: the checker tells of them. */
export function removeSteps(document: FlowDocument, ids: Iterable<StepId>): FlowDocument {
  const gone = new Set(ids)
  const { flow, layout } = document
  if (!flow.steps.some(({ id }) => gone.has(id))) return document
  return {
    ...document,
    flow: {
      ...flow,
      steps: flow.steps.filter(({ id }) => !gone.has(id)),
      connections: flow.connections.filter(({ from, to }) => !gone.has(from) && !gone.has(to))
    },
    layout: Object.fromEntries(Object.entries(layout).filter(([id]) => !gone.has(id)))
  }
}

/** Puts steps at new positions. */
export function moveSteps(document: FlowDocument, positions: Layout): FlowDocument {
  const moved = Object.entries(positions).filter(([id, { x, y }]) => {
    const old = Object.hasOwn(document.layout, id) ? document.layout[id] : undefined
    return old?.x !== x || old.y !== y
  })
  if (moved.length === 0) return document
  const layout = { ...document.layout }
  for (const [id, { x, y }] of moved) layout[id] = { ...layout[id], x, y }
  return { ...document, layout }
}

/** Changes what a step is called. Ids stay, so nothing else changes. */
export function renameStep(document: FlowDocument, id: StepId, name: string): FlowDocument {
  return changeStep(document, id, (step) => (step.name === name ? step : { ...step, name }))
}

/** Gives a setting a value; undefined brings back the initial one. */
export function setSetting(document: FlowDocument, id: StepId, name: string, value: Value | undefined): FlowDocument {
  return changeStep(document, id, (step) => {
    const settings = withEntry(step.settings, name, value)
    return settings === step.settings ? step : { ...step, settings }
  })
}

/** Says where an input gets its value; undefined brings back the initial mapping. */
export function setMapping(
  document: FlowDocument,
  id: StepId,
  input: string,
  mapping: Mapping | undefined
): FlowDocument {
  return changeStep(document, id, (step) => {
    const inputs = withEntry(step.inputs, input, mapping)
    return inputs === step.inputs ? step : { ...step, inputs }
  })
}

/** Puts a note on a step; an empty one takes it away. */
export function setNote(document: FlowDocument, id: StepId, note: string): FlowDocument {
  return changeStep(document, id, (step) => {
    if ((step.note ?? '') === note) return step
    const { note: _, ...rest } = step
    return note === '' ? rest : { ...rest, note }
  })
}

/** Lets runs pass a step over, or takes it in again. */
export function setDisabled(document: FlowDocument, id: StepId, disabled: boolean): FlowDocument {
  return changeStep(document, id, (step) => {
    if ((step.disabled ?? false) === disabled) return step
    const { disabled: _, ...rest } = step
    return disabled ? { ...rest, disabled } : rest
  })
}

/** The document with one step changed; the same one when `change` gives the step back or there is none. */
export function changeStep(document: FlowDocument, id: StepId, change: (step: Step) => Step): FlowDocument {
  return changeStepAt(
    document,
    document.flow.steps.findIndex((step) => step.id === id),
    change
  )
}

/** As changeStep, for the step at a place in the flow: ids may occur twice in a broken flow. */
export function changeStepAt(document: FlowDocument, index: number, change: (step: Step) => Step): FlowDocument {
  const step = document.flow.steps[index]
  const changed = step && change(step)
  if (!changed || changed === step) return document
  return { ...document, flow: { ...document.flow, steps: document.flow.steps.with(index, changed) } }
}

/** The step with the paths in its mappings changed; the same one when nothing changed. */
export function changeMappings(step: Step, change: (path: Path) => Path): Step {
  const inputs = Object.entries(step.inputs).map(([name, mapping]) => [name, changePaths(mapping, change)] as const)
  if (inputs.every(([name, mapping]) => mapping === step.inputs[name])) return step
  return { ...step, inputs: Object.fromEntries(inputs) }
}

/** The record with one entry set, or taken out when `value` is undefined; the same one when it is so already. */
function withEntry<V extends Value>(record: Entries<V>, name: string, value: V | undefined): Entries<V> {
  const old = Object.hasOwn(record, name) ? record[name] : undefined
  if (value === undefined) {
    if (!Object.hasOwn(record, name)) return record
    return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name))
  }
  return sameData(old, value) ? record : { ...record, [name]: value }
}

interface Entries<V> {
  readonly [name: string]: V
}
