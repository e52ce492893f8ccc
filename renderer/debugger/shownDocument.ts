import { type Flow, type FlowDocument, type Layout, type StepId, entryOf } from '../../engine/index.ts'

/**
 * The flow that a run has, laid out as in `document`: what was edited since does not change the picture of the run. Steps
 * that are no longer in the document stand in a row below it.
 */
export function shownDocument(document: FlowDocument, flow: Flow | undefined): FlowDocument {
  if (!flow) return document
  const places = Object.values(document.layout)
  const below = Math.max(0, ...places.map(({ y }) => y)) + 176
  const left = places.length > 0 ? Math.min(...places.map(({ x }) => x)) : 0
  const layout: { [step: StepId]: Layout[StepId] } = {}
  let lost = 0
  for (const { id } of flow.steps) layout[id] = entryOf(document.layout, id) ?? { x: left + lost++ * 256, y: below }
  return { flow, layout }
}
