import {
  type Connection,
  type FlowDocument,
  type StepId,
  connect,
  inputsOf,
  mappingOf,
  setMapping,
  stepOf
} from '../../engine/index.ts'
import { dataAt } from './flowData.ts'
import type { Known } from './placeStep.ts'

/** A connected document, and which inputs took their value by themselves. */
export interface Connected {
  readonly document: FlowDocument
  readonly mapped: readonly { readonly input: string; readonly from: string }[]
}

/**
 * Connects an outcome with a step. Inputs of that step that have no value yet take the one of the same name and type
 * that the nearest step before it gives on every way.
 */
export function connectSteps(document: FlowDocument, connection: Connection, known: Known): Connected {
  const connected = connect(document, connection)
  return connected === document ? { document, mapped: [] } : mapInputs(connected, connection.to, known)
}

function mapInputs(document: FlowDocument, id: StepId, known: Known): Connected {
  const step = stepOf(document.flow, id)
  const definition = known.definitions.find(({ type }) => type === step?.type)
  if (!step || !definition) return { document, mapped: [] }
  const inputs = inputsOf(definition, step, { flow: document.flow, flowAt: known.flowAt })
  const unset = Object.entries(inputs).filter(([name]) => mappingOf(inputs, step, name).kind === 'unset')
  if (unset.length === 0) return { document, mapped: [] }
  const groups = dataAt(document, step, known)
  let edited = document
  const mapped = unset.flatMap(([input, { type }]) => {
    for (const { title, items } of groups) {
      const same = items.find((item) => item.name === input && item.type === type && item.always)
      if (!same) continue
      edited = setMapping(edited, id, input, { kind: 'select', path: same.path })
      return [{ input, from: title }]
    }
    return []
  })
  return { document: edited, mapped }
}
