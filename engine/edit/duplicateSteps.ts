import {
  type FlowDocument,
  type StepDefinition,
  type StepId,
  formatPath,
  parsePath,
  uniqueName,
  uniqueStepId
} from '../model/index.ts'
import { addStep, changeMappings, changePathSettings, changeStep, changeStepSettings } from './editSteps.ts'

/**
 * Puts copies of steps beside them, `offset` pixels right and down, with the connections among them. Their mappings
 * follow: what a step took from another copied step, its copy takes from that one's copy; so do settings that name
 * steps. Start is never copied.
 */
export function duplicateSteps(
  document: FlowDocument,
  ids: Iterable<StepId>,
  definitions: readonly StepDefinition[],
  offset = 32
): { readonly document: FlowDocument; readonly copies: readonly StepId[] } {
  const wanted = new Set(ids)
  const starting = new Set(definitions.filter(({ role }) => role === 'start').map(({ type }) => type))
  const copyOf = new Map<StepId, StepId>()
  let edited = document
  for (const step of document.flow.steps) {
    if (!wanted.has(step.id) || starting.has(step.type)) continue
    const id = uniqueStepId(edited.flow, step.type)
    const name = uniqueName(edited.flow, step.name.replace(/ \d+$/, ''))
    const { x, y } = document.layout[step.id] ?? { x: 0, y: 0 }
    copyOf.set(step.id, id)
    edited = addStep(edited, { ...step, id, name }, { x: x + offset, y: y + offset })
  }
  if (copyOf.size === 0) return { document, copies: [] }
  const inner = document.flow.connections.flatMap((connection) => {
    const from = copyOf.get(connection.from)
    const to = copyOf.get(connection.to)
    return from === undefined || to === undefined ? [] : [{ ...connection, from, to }]
  })
  edited = { ...edited, flow: { ...edited.flow, connections: [...edited.flow.connections, ...inner] } }
  const follow = (path: string): string => {
    const [root = '', name = '', ...rest] = parsePath(path)
    const copy = root === 'steps' ? copyOf.get(name) : undefined
    return copy === undefined ? path : formatPath([root, copy, ...rest])
  }
  const copies = [...copyOf.values()]
  const byType = new Map(definitions.map((definition) => [definition.type, definition]))
  const copied = (id: string): string => copyOf.get(id) ?? id
  for (const copy of copies)
    edited = changeStep(edited, copy, (step) => {
      const definition = byType.get(step.type)
      const read = changePathSettings(changeMappings(step, follow), definition, follow)
      return changeStepSettings(changeStepSettings(read, definition, 'step', copied), definition, 'steps', copied)
    })
  return { document: edited, copies }
}
