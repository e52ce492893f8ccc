import {
  type FlowDocument,
  type NamedType,
  type StepDefinition,
  type StepId,
  changeAllPaths,
  changeStep,
  formatPath,
  parsePath,
  setSetting
} from '../../engine/index.ts'

/** Renames a value that a step gives by its setting `setting`: its input and every path that reads it come along. */
export function renameValue(
  document: FlowDocument,
  definitions: readonly StepDefinition[],
  step: StepId,
  setting: string,
  values: readonly NamedType[],
  from: string,
  to: string
): FlowDocument {
  const renamed = values.map((value) => (value.name === from ? { ...value, name: to } : value))
  const edited = setSetting(document, step, setting, renamed)
  const follow = (path: string): string => {
    const [root = '', id = '', output = '', ...rest] = parsePath(path)
    return root === 'steps' && id === step && output === from ? formatPath([root, id, to, ...rest]) : path
  }
  return changeStep(changeAllPaths(edited, definitions, follow), step, (one) => {
    const inputs = Object.entries(one.inputs).map(([name, mapping]) => [name === from ? to : name, mapping] as const)
    return { ...one, inputs: Object.fromEntries(inputs) }
  })
}
