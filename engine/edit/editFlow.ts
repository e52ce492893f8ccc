import {
  type Flow,
  type FlowDocument,
  type FlowInput,
  type FlowOutput,
  type StepDefinition,
  type Value,
  sameData
} from '../model/index.ts'
import { followFlowValue } from './editVariables.ts'

/** Changes what the flow is called. */
export function renameFlow(document: FlowDocument, name: string): FlowDocument {
  return document.flow.name === name ? document : withFlow(document, { ...document.flow, name })
}

/** Says what the flow is for; an empty text takes it away. */
export function setDescription(document: FlowDocument, description: string): FlowDocument {
  if ((document.flow.description ?? '') === description) return document
  const { description: _, ...flow } = document.flow
  return withFlow(document, description === '' ? flow : { ...flow, description })
}

/** Replaces the flow's inputs. Mappings stay as they are: see renameFlowInput. */
export function setFlowInputs(document: FlowDocument, inputs: readonly FlowInput[]): FlowDocument {
  if (sameData(inputs.map(asData), document.flow.inputs.map(asData))) return document
  return withFlow(document, { ...document.flow, inputs })
}

/** Replaces the flow's outputs. Mappings of End Steps stay as they are: see renameFlowOutput, removeFlowOutput. */
export function setFlowOutputs(document: FlowDocument, outputs: readonly FlowOutput[]): FlowDocument {
  if (sameData(outputs.map(asData), document.flow.outputs.map(asData))) return document
  return withFlow(document, { ...document.flow, outputs })
}

/** Renames an input of the flow, with all that reads it (paths, expressions) and sets it (settings, output mappings). */
export function renameFlowInput(
  document: FlowDocument,
  definitions: readonly StepDefinition[],
  from: string,
  to: string
): FlowDocument {
  const { inputs } = document.flow
  if (from === to || !inputs.some(({ name }) => name === from)) return document
  const renamed = inputs.map((input) => (input.name === from ? { ...input, name: to } : input))
  const edited = withFlow(document, { ...document.flow, inputs: renamed })
  return followFlowValue(edited, definitions, from, to)
}

/** Renames an output of the flow, and the End Steps' inputs of that name. */
export function renameFlowOutput(
  document: FlowDocument,
  definitions: readonly StepDefinition[],
  from: string,
  to: string
): FlowDocument {
  const { outputs } = document.flow
  if (from === to || !outputs.some(({ name }) => name === from)) return document
  return changeEndInputs(
    withFlow(document, {
      ...document.flow,
      outputs: outputs.map((output) => (output.name === from ? { ...output, name: to } : output))
    }),
    definitions,
    (name) => (name === from ? to : name)
  )
}

/** Takes an output away from the flow, and from its End Steps. */
export function removeFlowOutput(
  document: FlowDocument,
  definitions: readonly StepDefinition[],
  name: string
): FlowDocument {
  const outputs = document.flow.outputs.filter((output) => output.name !== name)
  if (outputs.length === document.flow.outputs.length) return document
  return changeEndInputs(withFlow(document, { ...document.flow, outputs }), definitions, (input) =>
    input === name ? undefined : input
  )
}

/** Gives the End Steps' inputs other names; undefined takes one away. */
function changeEndInputs(
  document: FlowDocument,
  definitions: readonly StepDefinition[],
  rename: (input: string) => string | undefined
): FlowDocument {
  const ends = new Set(definitions.filter(({ role }) => role === 'end').map(({ type }) => type))
  const steps = document.flow.steps.map((step) => {
    const names = Object.keys(step.inputs)
    if (!ends.has(step.type) || names.every((name) => rename(name) === name)) return step
    const inputs = Object.entries(step.inputs).flatMap(([name, mapping]) => {
      const renamed = rename(name)
      return renamed === undefined ? [] : [[renamed, mapping] as const]
    })
    return { ...step, inputs: Object.fromEntries(inputs) }
  })
  return withFlow(document, { ...document.flow, steps })
}

function withFlow(document: FlowDocument, flow: Flow): FlowDocument {
  return { ...document, flow }
}

function asData({ name, type, ...rest }: FlowInput | FlowOutput): Value {
  return { name, type, ...rest }
}
