import { changeAllPaths, changeStepSettings } from './editSteps.ts'
import { variableOf } from '../mapping/index.ts'
import {
  type Flow,
  type FlowDocument,
  type FlowVariable,
  type OutputMapping,
  type Step,
  type StepDefinition,
  type Value,
  type ValueType,
  formatPath,
  parsePath,
  sameData
} from '../model/index.ts'

/** Adds a variable to the flow. Nothing happens when it has one of that name. */
export function addVariable(document: FlowDocument, variable: FlowVariable): FlowDocument {
  const { variables = [] } = document.flow
  if (variables.some(({ name }) => name === variable.name)) return document
  return withVariables(document, [...variables, variable])
}

/** Takes a variable away from the flow. Steps that set or read it stay as they are: the checker tells of them. */
export function removeVariable(document: FlowDocument, name: string): FlowDocument {
  const { variables = [] } = document.flow
  const kept = variables.filter((variable) => variable.name !== name)
  return kept.length === variables.length ? document : withVariables(document, kept)
}

/** Changes the type of a variable. A value to begin with that was of the old type stays: the checker tells of it. */
export function setVariableType(document: FlowDocument, name: string, type: ValueType): FlowDocument {
  return changeVariable(document, name, (variable) => (variable.type === type ? variable : { ...variable, type }))
}

/** Says what a variable is before anything has set it; undefined: nothing. */
export function setVariableInitial(document: FlowDocument, name: string, initial: Value | undefined): FlowDocument {
  return changeVariable(document, name, (variable) => {
    if (sameData(variable.initial ?? null, initial ?? null)) return variable
    const { initial: _, ...rest } = variable
    return initial === undefined ? rest : { ...rest, initial }
  })
}

/** Renames a variable, with all that reads it (paths, expressions) and sets it (settings, output mappings). */
export function renameVariable(
  document: FlowDocument,
  definitions: readonly StepDefinition[],
  from: string,
  to: string
): FlowDocument {
  if (from === to || !document.flow.variables?.some(({ name }) => name === from)) return document
  const renamed = changeVariable(document, from, (variable) => ({ ...variable, name: to }))
  return followFlowValue(renamed, definitions, from, to)
}

/** Lets all steps follow when the input or variable `from` of the flow has become `to`. */
export function followFlowValue(
  document: FlowDocument,
  definitions: readonly StepDefinition[],
  from: string,
  to: string
): FlowDocument {
  const follow = (path: string): string => {
    const [root = '', name = '', ...rest] = parsePath(path)
    return root === 'flow' && name === from ? formatPath([root, to, ...rest]) : path
  }
  const byType = new Map(definitions.map((definition) => [definition.type, definition]))
  const changed = (step: Step): Step => {
    const set = changeStepSettings(step, byType.get(step.type), 'variable', (name) => (name === from ? to : name))
    return changeOutputs(set, (mapping) => {
      const variable = variableOf(mapping)
      return variable?.name === from ? variable.withName(to) : mapping
    })
  }
  const read = changeAllPaths(document, definitions, follow)
  return withFlow(read, { ...read.flow, steps: read.flow.steps.map(changed) })
}

function changeOutputs(step: Step, change: (mapping: OutputMapping) => OutputMapping): Step {
  const outputs = Object.entries(step.outputs ?? {}).map(([name, mapping]) => [name, change(mapping)] as const)
  if (outputs.every(([name, mapping]) => mapping === step.outputs?.[name])) return step
  return { ...step, outputs: Object.fromEntries(outputs) }
}

function changeVariable(
  document: FlowDocument,
  name: string,
  change: (variable: FlowVariable) => FlowVariable
): FlowDocument {
  const { variables = [] } = document.flow
  const changed = variables.map((variable) => (variable.name === name ? change(variable) : variable))
  if (changed.every((variable, index) => variable === variables[index])) return document
  return withVariables(document, changed)
}

function withVariables(document: FlowDocument, variables: readonly FlowVariable[]): FlowDocument {
  const { variables: _, ...flow } = document.flow
  return withFlow(document, variables.length === 0 ? flow : { ...flow, variables })
}

function withFlow(document: FlowDocument, flow: Flow): FlowDocument {
  return { ...document, flow }
}
