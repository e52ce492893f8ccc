import {
  type Copies,
  type FlowDocument,
  type StepDefinition,
  type StepId,
  addCopies,
  readFlow,
  writeFlow
} from '../../engine/index.ts'

/** How far copies stand from what they were copied from, in pixels right and down. */
export const offset = 32

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
 * Puts copies of the steps in `text` (copied here, or a whole flow file) into the document, beside where they stood.
 * Undefined when the text holds no steps but Start, which is never pasted.
 */
export function pasteSteps(
  document: FlowDocument,
  text: string,
  definitions: readonly StepDefinition[]
): Copies | undefined {
  const read = readFlow(text)
  if (read.kind !== 'ok') return undefined
  const shift = offset * freeShift(document, Object.values(read.document.layout))
  const pasted = addCopies(document, read.document, definitions, shift)
  return pasted.copies.length === 0 ? undefined : pasted
}

/** How many offsets away no step stands yet where a copied one would come to stand. */
function freeShift({ layout }: FlowDocument, places: readonly { readonly x: number; readonly y: number }[]): number {
  const taken = new Set(Object.values(layout).map(({ x, y }) => `${x} ${y}`))
  let shift = 0
  while (places.some(({ x, y }) => taken.has(`${x + shift * offset} ${y + shift * offset}`))) shift++
  return shift
}
