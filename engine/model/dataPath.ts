import { checkMessages } from '../messages/check.ts'
import { nearestName } from './nearestName.ts'
import { type Path, formatPath, parsePath } from './path.ts'
import type { StepId } from './step.ts'
import type { Survey } from './survey.ts'
import { typeInside } from './typeFit.ts'
import type { ValueType } from './valueType.ts'

/** What a path in the flow data stands for. */
export type DataPath =
  /** `type` is undefined where it cannot be known, such as what a step of an unknown kind gives. */
  | { readonly kind: 'input'; readonly type: ValueType; readonly words: string }
  | {
      readonly kind: 'output'
      readonly type: ValueType | undefined
      readonly words: string
      readonly step: StepId
      readonly output: string
    }
  /** Nothing of that name; `nearest` is the path that was probably meant. */
  | { readonly kind: 'unknown'; readonly why: string; readonly nearest: Path | undefined }

/** Looks up what paths stand for in one flow. */
export function dataPathsIn(survey: Survey): (path: Path) => DataPath {
  const inputs = new Map(survey.flow.inputs.map((input) => [input.name, input.type]))
  const known = new Map<Path, DataPath>()
  return (path) => {
    const found = known.get(path) ?? resolve(path, survey, inputs)
    known.set(path, found)
    return found
  }
}

function resolve(path: Path, survey: Survey, inputs: ReadonlyMap<string, ValueType>): DataPath {
  const [root = '', name, ...rest] = parsePath(path)
  if (root === 'flow' && name !== undefined) return resolveInput(path, name, rest, inputs)
  if (root === 'steps' && name !== undefined) return resolveOutput(path, name, rest, survey)
  const bare = [...inputs.keys()].includes(root) ? formatPath(['flow', root]) : undefined
  return { kind: 'unknown', why: checkMessages.pathUnknown(path), nearest: bare }
}

function resolveInput(
  path: Path,
  name: string,
  rest: readonly string[],
  inputs: ReadonlyMap<string, ValueType>
): DataPath {
  const words = checkMessages.flowInput(name)
  const type = inputs.get(name)
  if (type === undefined) {
    const near = nearestName(name, inputs.keys())
    const nearest = near === undefined ? undefined : formatPath(['flow', near, ...rest])
    return { kind: 'unknown', why: checkMessages.flowInputUnknown(name), nearest }
  }
  const inner = typeInside(type, rest)
  if (inner === undefined) return { kind: 'unknown', why: checkMessages.nothingInside(path, type), nearest: undefined }
  return { kind: 'input', type: inner, words }
}

function resolveOutput(path: Path, id: string, rest: readonly string[], survey: Survey): DataPath {
  const surveyed = survey.steps.get(id)
  if (!surveyed) {
    const named = survey.flow.steps.find(({ name }) => name === id)?.id
    const near = named ?? nearestName(id, survey.steps.keys())
    const nearest = near === undefined ? undefined : formatPath(['steps', near, ...rest])
    return { kind: 'unknown', why: checkMessages.stepUnknown(id), nearest }
  }
  const [output, ...inside] = rest
  const { name } = surveyed.step
  if (output === undefined) return { kind: 'unknown', why: checkMessages.outputMissing(path, name), nearest: undefined }
  const words = checkMessages.stepOutput(output, name)
  if (!surveyed.outcomes) return { kind: 'output', type: undefined, words, step: id, output }
  const types = new Map<string, ValueType>()
  for (const outcome of surveyed.outcomes.values())
    for (const [one, { type }] of Object.entries(outcome.outputs)) {
      const other = types.get(one)
      types.set(one, other === undefined || other === type ? type : 'Any')
    }
  const type = types.get(output)
  if (type === undefined) {
    const near = nearestName(output, types.keys())
    const nearest = near === undefined ? undefined : formatPath(['steps', id, near, ...inside])
    return { kind: 'unknown', why: checkMessages.outputUnknown(output, name), nearest }
  }
  const inner = typeInside(type, inside)
  if (inner === undefined) return { kind: 'unknown', why: checkMessages.nothingInside(path, type), nearest: undefined }
  return { kind: 'output', type: inner, words, step: id, output }
}
