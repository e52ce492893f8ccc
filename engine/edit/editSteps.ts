import { changePaths } from '../mapping/index.ts'
import {
  type Flow,
  type FlowDocument,
  type Layout,
  type Mapping,
  type OutputMapping,
  type Path,
  type Retry,
  type SettingDefinition,
  type Step,
  type StepDefinition,
  type StepId,
  type Value,
  entryOf,
  formatPath,
  keptName,
  parsePath,
  sameData,
  settingsOf,
  stepOf,
  uniqueName,
  uniqueStepId
} from '../model/index.ts'

/** Where a step stands on the canvas: its top left corner, in pixels at 100 %. */
export type Position = Layout[StepId]

/** A step of this kind as it is when freshly placed, with an id and a name that are free in `flow`. */
export function newStep(flow: Flow, definition: StepDefinition): Step {
  return {
    id: uniqueStepId(flow, definition.type),
    type: definition.type,
    name: uniqueName(flow, definition.title, definition.role === 'start' || definition.role === 'end'),
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

/** Puts a step before another one in the file: there a run asks the first one that catches first. */
export function moveBefore(document: FlowDocument, id: StepId, other: StepId): FlowDocument {
  const { steps } = document.flow
  const step = steps.find((one) => one.id === id)
  const place = steps.findIndex((one) => one.id === other)
  if (!step || place < 0 || steps.indexOf(step) <= place) return document
  const others = steps.filter((one) => one !== step)
  return { ...document, flow: { ...document.flow, steps: others.toSpliced(place, 0, step) } }
}

/** Puts steps at new positions. */
export function moveSteps(document: FlowDocument, positions: Layout): FlowDocument {
  const moved = Object.entries(positions).filter(([id, { x, y }]) => {
    const old = entryOf(document.layout, id)
    return old?.x !== x || old.y !== y
  })
  if (moved.length === 0) return document
  const changed = moved.map(([id, { x, y }]) => [id, { ...entryOf(document.layout, id), x, y }] as const)
  return { ...document, layout: { ...document.layout, ...Object.fromEntries(changed) } }
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

/**
 * Says where an output goes; undefined lets it keep its name. What reads it under its old name follows to the new one;
 * where it is not found by a name any more, the checker tells of what read it.
 */
export function setOutputMapping(
  document: FlowDocument,
  definitions: readonly StepDefinition[],
  id: StepId,
  output: string,
  mapping: OutputMapping | undefined
): FlowDocument {
  const step = document.flow.steps.find((one) => one.id === id)
  const edited = changeStep(document, id, (old) => {
    const outputs = withEntry(old.outputs ?? {}, output, mapping)
    if (outputs === old.outputs || (!old.outputs && mapping === undefined)) return old
    const { outputs: _, ...rest } = old
    return Object.keys(outputs).length === 0 ? rest : { ...rest, outputs }
  })
  const changed = edited.flow.steps.find((one) => one.id === id)
  const from = step && keptName(step, output)
  const to = changed && keptName(changed, output)
  if (from === undefined || to === undefined || from === to) return edited
  const follow = (path: Path): Path => {
    const [root = '', name, read, ...rest] = parsePath(path)
    return root === 'steps' && name === id && read === from ? formatPath([root, id, to, ...rest]) : path
  }
  return changeAllPaths(edited, definitions, follow)
}

/** Lets a step be tried again when it fails; undefined: it is not. */
export function setRetry(document: FlowDocument, id: StepId, retry: Retry | undefined): FlowDocument {
  return changeStep(document, id, (step) => {
    const { retry: old, ...rest } = step
    if (!retry) return old ? rest : step
    const { attempts, wait, factor } = retry
    return old?.attempts === attempts && old.wait === wait && old.factor === factor ? step : { ...rest, retry }
  })
}

/** Limits how long a step may take, in seconds; undefined: it is not limited. */
export function setTimeLimit(document: FlowDocument, id: StepId, timeout: number | undefined): FlowDocument {
  return changeStep(document, id, (step) => {
    if (step.timeout === timeout) return step
    const { timeout: _, ...rest } = step
    return timeout === undefined ? rest : { ...rest, timeout }
  })
}

/** Gives a step the outcome No Data, or takes it away. A connection that leaves by it stays: the checker tells of it. */
export function setNoData(document: FlowDocument, id: StepId, noData: boolean): FlowDocument {
  return changeStep(document, id, (step) => {
    if ((step.noData ?? false) === noData) return step
    const { noData: _, ...rest } = step
    return noData ? { ...rest, noData } : rest
  })
}

/**
 * Gives a setting that lists the outcomes of a step, such as the cases of Switch, other names. Where one name alone has
 * become another, as while people type, the connection that leaves by it follows. When outcomes vanish, their connections
 * stay: the checker tells of them.
 */
export function setOutcomeNames(
  document: FlowDocument,
  definition: StepDefinition,
  id: StepId,
  setting: string,
  names: readonly string[]
): FlowDocument {
  const step = stepOf(document.flow, id)
  const before = step && settingsOf(definition, step)[setting]
  const edited = setSetting(
    document,
    id,
    setting,
    sameData(names, definition.settings[setting]?.initial) ? undefined : names
  )
  if (!Array.isArray(before) || before.length !== names.length) return edited
  const changed = (before as readonly Value[]).flatMap((from, index) =>
    from === names[index] ? [] : [[from, names[index]]]
  )
  const [from, to = ''] = changed[0] ?? []
  if (changed.length !== 1 || typeof from !== 'string' || typeof to !== 'string') return edited
  if (to === '' || names.includes(from) || before.includes(to)) return edited
  const connections = edited.flow.connections.map((known) =>
    known.from === id && known.outcome === from ? { ...known, outcome: to } : known
  )
  return { ...edited, flow: { ...edited.flow, connections } }
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

/** The document with the paths that its steps read changed: in mappings, and in settings. */
export function changeAllPaths(
  document: FlowDocument,
  definitions: readonly StepDefinition[],
  change: (path: Path) => Path
): FlowDocument {
  const byType = new Map(definitions.map((definition) => [definition.type, definition]))
  const steps = document.flow.steps.map((step) => changeStepPaths(step, byType.get(step.type), change))
  return { ...document, flow: { ...document.flow, steps } }
}

/** The step with the paths that it reads changed; the same one when nothing changed. */
export function changeStepPaths(
  step: Step,
  definition: StepDefinition | undefined,
  change: (path: Path) => Path
): Step {
  const inputs = Object.entries(step.inputs).map(([name, mapping]) => [name, changePaths(mapping, change)] as const)
  const isSame = inputs.every(([name, mapping]) => mapping === step.inputs[name])
  const changed = isSame ? step : { ...step, inputs: Object.fromEntries(inputs) }
  return changeStepSettings(changed, definition, 'path', change)
}

/** The step with the texts in its settings of one kind changed; the same one when nothing changed. */
export function changeStepSettings(
  step: Step,
  definition: StepDefinition | undefined,
  kind: SettingDefinition['kind'] | 'path',
  change: (text: string) => string
): Step {
  let settings: Step['settings'] = step.settings
  for (const [name, setting] of Object.entries(definition?.settings ?? {})) {
    const value = entryOf(settings, name)
    if (kind === 'path' ? setting.kind !== 'text' || !setting.path : setting.kind !== kind) continue
    if (typeof value === 'string' && value !== '') settings = withEntry(settings, name, change(value))
    else if (Array.isArray(value)) {
      const items = (value as readonly Value[]).map((item) => (typeof item === 'string' ? change(item) : item))
      settings = withEntry(settings, name, items)
    }
  }
  return settings === step.settings ? step : { ...step, settings }
}

/** The record with one entry set, or taken out when `value` is undefined; the same one when it is so already. */
function withEntry<V extends Value>(record: Entries<V>, name: string, value: V | undefined): Entries<V> {
  const old = entryOf(record, name)
  if (value === undefined) {
    if (old === undefined) return record
    return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name))
  }
  return sameData(old, value) ? record : { ...record, [name]: value }
}

interface Entries<V> {
  readonly [name: string]: V
}
