import { checkMessages } from '../../messages/check.ts'
import {
  type DrawnBody,
  type OutcomeDefinition,
  type OutputDefinition,
  type Path,
  type StepId,
  type ValueType,
  entryOf,
  formatPath,
  nearestName,
  parsePath,
  settableOf,
  typeInside
} from '../../model/index.ts'
import type { DataSource } from './dataBits.ts'
import { outputKindOf } from '../../mapping/index.ts'
import type { Survey, SurveyedStep } from '../survey.ts'

/** What a path in the flow data stands for at a place in the flow. */
export type DataPath =
  /** `type` is undefined where it cannot be known, such as what a step of an unknown kind gives. */
  | { readonly kind: 'known'; readonly type: ValueType | undefined; readonly words: string; readonly source: Source }
  /** Nothing of that name; `nearest` is the path that was probably meant. */
  | { readonly kind: 'unknown'; readonly why: string; readonly nearest: Path | undefined }

/** Where a value comes from; an input of the flow is always there. */
export type Source = { readonly kind: 'input' } | DataSource

export type KnownPath = Extract<DataPath, { kind: 'known' }>

/** Finds the type of the items of an input with a list, for what its step adds to its bodies. */
export type ItemTypes = (step: SurveyedStep, input: string) => ValueType | undefined

/** Looks up what a path stands for when the step `at` begins. */
export type PathLookUp = (at: StepId, path: Path) => DataPath

/** Looks up what paths stand for in one flow. */
export function dataPathsIn(survey: Survey, itemsOf: ItemTypes): PathLookUp {
  const settable = new Map(
    settableOf(survey.flow)
      .toReversed()
      .map(({ name, type }) => [name, type])
  )
  const variables = new Set((survey.flow.variables ?? []).map(({ name }) => name))
  const known = new Map<Path, DataPath>()
  const lookUp: PathLookUp = (at, path) => {
    const [root = '', name, ...rest] = parsePath(path)
    if ((root !== 'flow' && root !== 'steps') || name === undefined)
      return resolveLocal(path, bodiesWith(survey, at, root), settable, survey, itemsOf)
    const found =
      known.get(path) ??
      (root === 'flow' ? resolveFlow(path, name, rest, settable, variables) : resolveOutput(path, name, rest, survey))
    known.set(path, found)
    return found
  }
  return (at, path) => {
    const found = lookUp(at, path)
    const dotted = found.kind === 'unknown' && path.includes('[') ? withoutBrackets(path) : path
    if (dotted === path || lookUp(at, dotted).kind === 'unknown') return found
    return { kind: 'unknown', why: checkMessages.bracketsInPath(path), nearest: dotted }
  }
}

/** A path with the brackets that an expression would have written with dots: `flow.Rows[0]` as `flow.Rows.0`. */
function withoutBrackets(path: Path): Path {
  return path.replaceAll(
    /\[(?:(\d+)|"([^"\\]*)"|'([^'\\]*)')\]/g,
    (_, position: string | undefined, double: string | undefined, single: string | undefined) =>
      `.${formatPath([position ?? double ?? single ?? ''])}`
  )
}

/** The bodies around a step that add a value `name`, innermost first. For a step that no run comes to: any of them. */
export function bodiesWith({ bodies, reached }: Survey, at: StepId, name: string): readonly DrawnBody[] {
  const around = reached.has(at) ? (bodies.around.get(at) ?? []) : bodies.all
  const adding = around.filter(({ outcome }) => outcome.locals && Object.hasOwn(outcome.locals, name))
  return adding.length < 2 ? adding : adding.toSorted((one, other) => one.steps.size - other.steps.size)
}

function resolveLocal(
  path: Path,
  [body]: readonly DrawnBody[],
  settable: ReadonlyMap<string, ValueType>,
  { steps }: Survey,
  itemsOf: ItemTypes
): DataPath {
  const [name = '', ...rest] = parsePath(path)
  if (!body) {
    const nearest = settable.has(name) ? formatPath(['flow', name, ...rest]) : undefined
    return { kind: 'unknown', why: checkMessages.pathUnknown(path), nearest }
  }
  const owner = steps.get(body.owner)
  const local = entryOf(body.outcome.locals, name)
  const type = owner && local ? typeOfLocal(owner, local, itemsOf) : undefined
  const words = checkMessages.local(name, owner?.step.name ?? body.owner)
  return inside(path, type, rest, { kind: 'local', owner: body.owner, name }, words)
}

/** The type of what a body of `owner` adds. */
export function typeOfLocal(owner: SurveyedStep, { type, itemOf }: OutputDefinition, itemsOf: ItemTypes): ValueType {
  return (itemOf === undefined ? undefined : itemsOf(owner, itemOf)) ?? type
}

function resolveFlow(
  path: Path,
  name: string,
  rest: readonly string[],
  settable: ReadonlyMap<string, ValueType>,
  variables: ReadonlySet<string>
): DataPath {
  const type = settable.get(name)
  if (type === undefined) {
    const near = nearestName(name, settable.keys())
    const nearest = near === undefined ? undefined : formatPath(['flow', near, ...rest])
    return { kind: 'unknown', why: checkMessages.flowValueUnknown(name), nearest }
  }
  return variables.has(name)
    ? inside(path, type, rest, { kind: 'variable', name }, checkMessages.flowVariable(name))
    : inside(path, type, rest, { kind: 'input' }, checkMessages.flowInput(name))
}

function inside(
  path: Path,
  type: ValueType | undefined,
  names: readonly string[],
  source: Source,
  words: string
): DataPath {
  if (type === undefined) return { kind: 'known', type, words, source }
  const inner = typeInside(type, names)
  if (inner === undefined) return { kind: 'unknown', why: checkMessages.nothingInside(path, type), nearest: undefined }
  return { kind: 'known', type: inner, words, source }
}

function resolveOutput(path: Path, id: string, rest: readonly string[], survey: Survey): DataPath {
  const surveyed = survey.steps.get(id)
  if (!surveyed) {
    const named = survey.flow.steps.find(({ name }) => name === id)?.id
    const near = named ?? nearestName(id, survey.steps.keys())
    const nearest = near === undefined ? undefined : formatPath(['steps', near, ...rest])
    return { kind: 'unknown', why: checkMessages.stepUnknown(id), nearest }
  }
  const [output, ...within] = rest
  const { name } = surveyed.step
  if (output === undefined) return { kind: 'unknown', why: checkMessages.outputMissing(path, name), nearest: undefined }
  const words = checkMessages.stepOutput(output, name)
  const source: Source = { kind: 'output', step: id, output }
  if (!surveyed.outcomes) return { kind: 'known', type: undefined, words, source }
  const types = outputTypes(surveyed.outcomes.values())
  const type = types.get(output)
  if (type !== undefined) return inside(path, type, within, source, words)
  const why = checkMessages.outputUnknown(output, name)
  const moved = movedTo(surveyed, output)
  if (moved) return { kind: 'unknown', why, nearest: formatPath([...moved, ...within]) }
  const near = nearestName(output, types.keys())
  return { kind: 'unknown', why, nearest: near === undefined ? undefined : formatPath(['steps', id, near, ...within]) }
}

/** Where an output of that name goes by its mapping. */
function movedTo({ step }: SurveyedStep, output: string): readonly string[] | undefined {
  const mapping = entryOf(step.outputs, output)
  return mapping && outputKindOf(mapping).path?.(mapping, step.id)
}

/** The types of what any of the outcomes gives, by the name of the output. */
export function outputTypes(outcomes: Iterable<OutcomeDefinition>): ReadonlyMap<string, ValueType> {
  const types = new Map<string, ValueType>()
  for (const { outputs } of outcomes)
    for (const [name, { type }] of Object.entries(outputs)) {
      const other = types.get(name)
      types.set(name, other === undefined || other === type ? type : 'Any')
    }
  return types
}
