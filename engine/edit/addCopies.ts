import {
  type FlowDocument,
  type Path,
  type StepDefinition,
  type StepId,
  entryOf,
  formatPath,
  parsePath,
  uniqueName,
  uniqueStepId
} from '../model/index.ts'
import { addStep, changeStep, changeStepPaths, changeStepSettings } from './editSteps.ts'

/** The document that copies of steps were put into, and their ids in it. */
export interface Copies {
  readonly document: FlowDocument
  readonly copies: readonly StepId[]
}

/** Puts copies of steps beside them, `offset` pixels right and down, with the connections among them: see addCopies. */
export function duplicateSteps(
  document: FlowDocument,
  ids: Iterable<StepId>,
  definitions: readonly StepDefinition[],
  offset: number
): Copies {
  const wanted = new Set(ids)
  const steps = document.flow.steps.filter(({ id }) => wanted.has(id))
  return addCopies(document, { ...document, flow: { ...document.flow, steps } }, definitions, offset)
}

/**
 * Puts copies of the steps of `given`, which may be another flow, into the document: with the connections among them, and
 * `offset` pixels right and down of where they stand there. What a step takes from another copied step, or the steps that
 * its settings name, its copy takes from that one's copy. Start is never copied.
 */
export function addCopies(
  document: FlowDocument,
  given: FlowDocument,
  definitions: readonly StepDefinition[],
  offset: number
): Copies {
  const byType = new Map(definitions.map((definition) => [definition.type, definition]))
  const copyOf = new Map<StepId, StepId>()
  let edited = document
  for (const step of given.flow.steps) {
    if (byType.get(step.type)?.role === 'start') continue
    const id = uniqueStepId(edited.flow, step.type)
    const isFree = !edited.flow.steps.some(({ name }) => name === step.name)
    const name = isFree ? step.name : uniqueName(edited.flow, step.name.replace(/ \d+$/, ''))
    const { x, y } = entryOf(given.layout, step.id) ?? { x: 0, y: 0 }
    copyOf.set(step.id, id)
    edited = addStep(edited, { ...step, id, name }, { x: x + offset, y: y + offset })
  }
  if (copyOf.size === 0) return { document, copies: [] }
  const inner = given.flow.connections.flatMap((connection) => {
    const from = copyOf.get(connection.from)
    const to = copyOf.get(connection.to)
    return from === undefined || to === undefined ? [] : [{ ...connection, from, to }]
  })
  edited = { ...edited, flow: { ...edited.flow, connections: [...edited.flow.connections, ...inner] } }
  const follow = (path: Path): Path => {
    const [root = '', name = '', ...rest] = parsePath(path)
    const copy = root === 'steps' ? copyOf.get(name) : undefined
    return copy === undefined ? path : formatPath([root, copy, ...rest])
  }
  const copies = [...copyOf.values()]
  for (const copy of copies)
    edited = changeStep(edited, copy, (step) => {
      const definition = byType.get(step.type)
      return namingSteps.reduce(
        (changed, kind) => changeStepSettings(changed, definition, kind, (id) => copyOf.get(id) ?? id),
        changeStepPaths(step, definition, follow)
      )
    })
  return { document: edited, copies }
}

/** The kinds of setting that name steps. */
const namingSteps = ['end-step', 'step', 'steps'] as const
