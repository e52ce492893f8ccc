import { checkMessages } from '../../messages/check.ts'
import type { Availability } from '../data/availability.ts'
import type { DataCheck } from '../check.ts'
import { type InputDefinition, type Mapping, type Path, type ValueType, typeFits } from '../../model/index.ts'
import { type KnownPath, bodiesWith } from '../data/dataPath.ts'
import { type PathUse, changeLeaves, changePaths, checkOnce, kindOf } from '../../mapping/index.ts'
import { setMapping } from '../../edit/index.ts'
import type { Fix, Problem } from '../problem.ts'
import type { SurveyedStep } from '../survey.ts'

const { fixes } = checkMessages

/** One input of one step with the mapping that fills it. */
export interface InputCheck extends DataCheck {
  readonly surveyed: SurveyedStep
  readonly name: string
  readonly input: InputDefinition
  readonly mapping: Mapping
}

/** Checks the types of what a mapping gives, and the paths it reads. */
export function checkMapping(check: InputCheck): void {
  const told = new Set<string>()
  checkPart(check, check.mapping, check.input.type, told)
}

/** Checks one mapping, or one inside it; `told` are the paths whose availability has been told. */
function checkPart(check: InputCheck, part: Mapping, expected: ValueType, told: Set<string>): void {
  const { surveyed, name, input, types } = check
  const kind = kindOf(part)
  kind.check?.(part, {
    ...types.drawnAt(surveyed.step.id),
    input,
    inputName: name,
    stepName: surveyed.step.name,
    expected,
    isKnown: (path) => types.lookUp(surveyed.step.id, path).kind === 'known',
    checkPath: (path, type, use) => checkPath(check, part, path, type, use, told),
    checkAvailability: (path, use) => {
      const data = types.lookUp(surveyed.step.id, path)
      if (data.kind === 'known') checkAvailability(check, data, use, told)
    },
    tell: (severity, code, message, mends = []) => {
      const put = mends.map(({ title, instead }) => setPart(check, title, part, instead))
      tell(check, severity, code, message, put)
    }
  })
  for (const inner of kind.parts?.(part) ?? []) checkPart(check, inner, 'Any', told)
}

function checkPath(
  check: InputCheck,
  part: Mapping,
  path: Path,
  expected: ValueType,
  use: PathUse | undefined,
  told: Set<string>
): void {
  const { types, surveyed, name } = check
  const data = types.lookUp(surveyed.step.id, path)
  if (data.kind === 'unknown') {
    const { why, nearest } = data
    if (nearest === undefined && isExpression(check, path)) {
      const mends = isWhole(part, path)
        ? [setPart(check, fixes.expression, part, { kind: 'expression', source: path })]
        : []
      tell(check, 'error', 'data-unknown', checkMessages.pathIsExpression(name, surveyed.step.name, path), mends)
      return
    }
    const message = checkMessages.dataUnknown(name, surveyed.step.name, why, nearest)
    tell(check, 'error', 'data-unknown', message, nearest === undefined ? [] : [useInstead(check, path, nearest)])
    return
  }
  if (data.type && !typeFits(data.type, expected)) {
    const message = checkMessages.dataType(name, surveyed.step.name, expected, data.words, data.type)
    const isText = expected === 'Text' || expected === 'Template'
    const merge: Mapping = { kind: 'merge', template: `{{${path}}}`, format: 'text' }
    tell(check, 'error', 'input-type', message, isText ? [setPart(check, fixes.merge, part, merge)] : [])
  }
  checkAvailability(check, data, use, told)
}

/** Whether what stands where a path is expected would be right as an expression. */
function isExpression({ types, surveyed }: InputCheck, source: string): boolean {
  const { scope } = types.drawnAt(surveyed.step.id)
  // No suggestions are wanted, and to find them all data of the flow is gone through.
  return checkOnce({ kind: 'expression', source }, { ...scope, known: () => [] }).problems.length === 0
}

/** Whether a mapping gives what stands at `path` and nothing else. */
function isWhole(mapping: Mapping, path: Path): boolean {
  return kindOf(mapping).words?.(mapping).path === path
}

function checkAvailability(check: InputCheck, data: KnownPath, use: PathUse | undefined, told: Set<string>): void {
  const { survey, surveyed, name, input } = check
  const { step } = surveyed
  const { source, words, type } = data
  if (source.kind === 'input' || !type || !survey.reached.has(step.id) || told.has(words)) return
  const found = availabilityOf(check, data)
  if (found === 'always') return
  told.add(words)
  if (found === 'some') {
    if (use !== 'optional')
      tell(check, 'warning', 'data-sometimes', checkMessages.dataSometimes(name, step.name, words))
    return
  }
  const isNeeded = input.required === true && use === 'as-it-is'
  const giver = source.kind === 'output' ? survey.steps.get(source.step)?.step : undefined
  if (giver?.disabled) {
    const message = checkMessages.dataDisabled(name, step.name, words)
    tell(check, isNeeded ? 'error' : 'warning', 'data-disabled', message)
  } else if (source.kind === 'variable') {
    if (use !== 'optional')
      tell(check, isNeeded ? 'error' : 'warning', 'data-never', checkMessages.variableNever(name, step.name, words))
  } else tell(check, 'error', 'data-never', checkMessages.dataNever(name, step.name, words))
}

/** A value of a body is there if any of the bodies around adds one of that name. */
function availabilityOf({ survey, surveyed, availability }: InputCheck, { source }: KnownPath): Availability {
  if (source.kind === 'input') return 'always'
  const at = surveyed.step.id
  if (source.kind !== 'local') return availability.of(at, source)
  const found = bodiesWith(survey, at, source.name).map(({ owner }) => availability.of(at, { ...source, owner }))
  return found.includes('always') ? 'always' : found.includes('some') ? 'some' : 'never'
}

function useInstead({ surveyed, name, mapping }: InputCheck, path: Path, instead: Path): Fix {
  return {
    title: fixes.useData(instead),
    apply: (document) =>
      setMapping(
        document,
        surveyed.step.id,
        name,
        changePaths(mapping, (one) => (one === path ? instead : one))
      )
  }
}

function setPart({ surveyed, name, mapping }: InputCheck, title: string, part: Mapping, instead: Mapping): Fix {
  const changed = changeLeaves(mapping, (leaf) => (leaf === part ? instead : leaf))
  return { title, apply: (document) => setMapping(document, surveyed.step.id, name, changed) }
}

function tell(
  { surveyed, name, report }: InputCheck,
  severity: Problem['severity'],
  code: string,
  message: string,
  mends: readonly Fix[] = []
): void {
  report({ code, severity, message, step: surveyed.step.id, field: name, fixes: mends })
}
