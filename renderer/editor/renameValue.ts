import {
  type FlowDocument,
  type NamedType,
  type StepId,
  changeMappings,
  formatPath,
  parsePath,
  setSetting
} from '../../engine/index.ts'

/** Renames a value that a step gives by its setting `setting`: its input and every path that reads it come along. */
export function renameValue(
  document: FlowDocument,
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
  const steps = edited.flow.steps.map((one) => {
    const mapped = changeMappings(one, follow)
    if (mapped.id !== step) return mapped
    const inputs = Object.entries(mapped.inputs).map(([name, mapping]) => [name === from ? to : name, mapping] as const)
    return { ...mapped, inputs: Object.fromEntries(inputs) }
  })
  return { ...edited, flow: { ...edited.flow, steps } }
}
