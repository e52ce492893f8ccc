import {
  type FlowDocument,
  type Path,
  type StepDefinition,
  type StepId,
  addStep,
  changeMappings,
  changePathSettings,
  changeStep,
  changeStepSettings,
  formatPath,
  parsePath,
  readFlow,
  uniqueName,
  uniqueStepId,
  writeFlow
} from '../../engine/index.ts'

/** Copies of steps with the document they were put into. */
export interface Pasted {
  readonly document: FlowDocument
  readonly steps: readonly StepId[]
}

/** How far copies stand from what they were copied from, in pixels right and down. */
const offset = 32

/** Steps and the connections among them as text: a flow file with nothing else in it. Undefined when there are none. */
export function copySteps({ flow, layout }: FlowDocument, ids: readonly StepId[]): string | undefined {
  const steps = flow.steps.filter(({ id }) => ids.includes(id))
  if (steps.length === 0) return undefined
  const inside = (id: StepId): boolean => steps.some((step) => step.id === id)
  return writeFlow({
    flow: {
      id: flow.id,
      name: flow.name,
      inputs: [],
      outputs: [],
      steps,
      connections: flow.connections.filter(({ from, to }) => inside(from) && inside(to))
    },
    layout: Object.fromEntries(Object.entries(layout).filter(([id]) => inside(id)))
  })
}

/**
 * Puts the steps in `text` (copied here, or a whole flow file) into the document, beside where they stood, under new ids.
 * What a step took from another copied step it takes from that one's copy. Undefined when the text holds no steps. Start
 * is never pasted.
 */
export function pasteSteps(
  document: FlowDocument,
  text: string,
  definitions: readonly StepDefinition[]
): Pasted | undefined {
  const read = readFlow(text)
  if (read.kind !== 'ok') return undefined
  const { flow: copied, layout } = read.document
  const isStart = (type: string): boolean =>
    definitions.some((definition) => definition.type === type && definition.role === 'start')
  const shift = offset * freeShift(document, Object.values(layout))
  const copyOf = new Map<StepId, StepId>()
  let edited = document
  for (const step of copied.steps) {
    if (isStart(step.type)) continue
    const free = !edited.flow.steps.some(({ name }) => name === step.name)
    const id = uniqueStepId(edited.flow, step.type)
    const name = free ? step.name : uniqueName(edited.flow, step.name.replace(/ \d+$/, ''))
    const { x, y } = layout[step.id] ?? { x: 0, y: 0 }
    copyOf.set(step.id, id)
    edited = addStep(edited, { ...step, id, name }, { x: x + shift, y: y + shift })
  }
  if (copyOf.size === 0) return undefined
  const inner = copied.connections.flatMap((connection) => {
    const from = copyOf.get(connection.from)
    const to = copyOf.get(connection.to)
    return from === undefined || to === undefined ? [] : [{ ...connection, from, to }]
  })
  edited = { ...edited, flow: { ...edited.flow, connections: [...edited.flow.connections, ...inner] } }
  for (const copy of copyOf.values()) edited = followCopies(edited, copy, copyOf, definitions)
  return { document: edited, steps: [...copyOf.values()] }
}

/** How many offsets away no step stands yet where a copied one would come to stand. */
function freeShift({ layout }: FlowDocument, places: readonly { readonly x: number; readonly y: number }[]): number {
  const taken = new Set(Object.values(layout).map(({ x, y }) => `${x} ${y}`))
  let shift = 0
  while (places.some(({ x, y }) => taken.has(`${x + shift * offset} ${y + shift * offset}`))) shift++
  return shift
}

/** Turns what a copy reads and names from the copied steps to their copies. */
function followCopies(
  document: FlowDocument,
  id: StepId,
  copyOf: ReadonlyMap<StepId, StepId>,
  definitions: readonly StepDefinition[]
): FlowDocument {
  const follow = (path: Path): Path => {
    const [root = '', name = '', ...rest] = parsePath(path)
    const copy = root === 'steps' ? copyOf.get(name) : undefined
    return copy === undefined ? path : formatPath([root, copy, ...rest])
  }
  const copied = (other: StepId): StepId => copyOf.get(other) ?? other
  return changeStep(document, id, (step) => {
    const definition = definitions.find(({ type }) => type === step.type)
    const read = changePathSettings(changeMappings(step, follow), definition, follow)
    return namingSettings.reduce((changed, kind) => changeStepSettings(changed, definition, kind, copied), read)
  })
}

/** The kinds of setting that name steps. */
const namingSettings = ['end-step', 'step', 'steps'] as const
