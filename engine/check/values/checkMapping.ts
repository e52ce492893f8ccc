import { checkMessages } from '../../messages/check.ts'
import type { Availability } from '../data/availability.ts'
import type { DataCheck } from '../check.ts'
import {
  type InputDefinition,
  type Mapping,
  type Path,
  type ValueType,
  changeLeaves,
  changePaths,
  convert,
  describeMismatch,
  openFieldAt,
  parsePath,
  pathsOf,
  typeFits
} from '../../model/index.ts'
import { type KnownPath, bodiesWith } from '../data/dataPath.ts'
import { setMapping } from '../../edit/index.ts'
import { checkOnce } from './expressionChecks.ts'
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
  const { survey, name, surveyed, types } = check
  switch (part.kind) {
    case 'constant':
      checkConstant(check, part, expected)
      return
    case 'select':
      checkPath(check, part, part.path, expected, told)
      return
    case 'merge':
      if (expected !== 'Template' && !typeFits('Text', expected))
        tell(check, 'error', 'input-type', checkMessages.mergeType(name, surveyed.step.name, expected))
      checkClosed(check, part)
      for (const path of new Set(pathsOf(part, survey.lookup.expressions)))
        if (!isOfItem(path, check.input)) checkPath(check, part, path, 'Any', told)
      return
    case 'record':
      if (!typeFits('Record', expected)) tellBuilt(check, 'Record', expected)
      for (const field of Object.values(part.fields)) checkPart(check, field, 'Any', told)
      return
    case 'list': {
      const type = types.of(part, surveyed.step.id) ?? 'List of Any'
      if (!typeFits(type, expected)) tellBuilt(check, type, expected)
      for (const item of part.items) checkPart(check, item, 'Any', told)
      return
    }
    case 'expression':
      checkExpression(check, part, expected, told)
      return
    case 'unset':
    case 'ignore':
    case 'null':
    case 'script':
  }
}

function checkConstant(check: InputCheck, { value }: Extract<Mapping, { kind: 'constant' }>, to: ValueType): void {
  const type = to === 'Template' ? 'Text' : to
  if (convert(value, type) !== undefined) return
  const { name, surveyed } = check
  tell(
    check,
    'error',
    'input-type',
    checkMessages.constantType(name, surveyed.step.name, type, describeMismatch(value, type))
  )
}

function tellBuilt(check: InputCheck, found: ValueType, expected: ValueType): void {
  tell(check, 'error', 'input-type', checkMessages.builtType(check.name, check.surveyed.step.name, expected, found))
}

function checkExpression(
  check: InputCheck,
  part: Extract<Mapping, { kind: 'expression' }>,
  expected: ValueType,
  told: Set<string>
): void {
  const { survey, surveyed, name, types } = check
  const { expressions } = survey.lookup
  const { step } = surveyed
  const to = expected === 'Template' ? 'Text' : expected
  for (const { code, severity, message, fix } of checkOnce(expressions, part, types.scopeAt(step.id), to).problems) {
    const mend = fix && [setPart(check, fix.title, part, { kind: 'expression', source: fix.source })]
    tell(check, severity, code, checkMessages.expression(name, step.name, message), mend)
  }
  for (const path of pathsOf(part, expressions)) {
    const data = types.lookUp(step.id, path)
    if (data.kind === 'known') checkAvailability(check, part, data, told)
  }
}

function checkPath(check: InputCheck, part: Mapping, path: Path, expected: ValueType, told: Set<string>): void {
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
  checkAvailability(check, part, data, told)
}

/** Whether what stands where a path is expected would be right as an expression. */
function isExpression({ survey, types, surveyed }: InputCheck, source: string): boolean {
  const scope = types.scopeAt(surveyed.step.id)
  return checkOnce(survey.lookup.expressions, { kind: 'expression', source }, scope).problems.length === 0
}

/** Whether a mapping gives what stands at `path` and nothing else. */
function isWhole(mapping: Mapping, path: Path): boolean {
  return mapping.kind === 'select' || (mapping.kind === 'merge' && mapping.template.trim() === `{{${path}}}`)
}

/** Finds a merge field that never closes, and so would be printed as it is written. */
function checkClosed(check: InputCheck, part: Extract<Mapping, { kind: 'merge' }>): void {
  const { template } = part
  const at = openFieldAt(template)
  if (at === undefined) return
  const put = (title: string, change: string, from: number, to: number): Fix =>
    setPart(check, title, part, { ...part, template: template.slice(0, from) + change + template.slice(to) })
  const field = fieldAtStart(check, template.slice(at + 2))
  const end = at + 2 + (field?.length ?? 0)
  tell(check, 'error', 'field-open', checkMessages.fieldOpen(check.name, check.surveyed.step.name), [
    ...(field === undefined
      ? []
      : [put(fixes.closeField(field.trim()), '}}', end, template.charAt(end) === '}' ? end + 1 : end)]),
    put(fixes.literalBraces, '{{{{', at, at + 2)
  ])
}

/** The longest path that a text begins with and that there is. */
function fieldAtStart({ types, surveyed, input }: InputCheck, text: string): string | undefined {
  const ends = [...text.slice(0, 200).matchAll(/(?=[\s.,;:!?<>()}]|$)/g)].map(({ index }) => index)
  return ends
    .toReversed()
    .map((end) => text.slice(0, end))
    .find((path) => {
      const isKnown = types.lookUp(surveyed.step.id, path.trim()).kind === 'known'
      return isKnown || (isOfItem(path.trim(), input) && /^\s*[^\s.]+\.[^\s.]+$/.test(path))
    })
}

function checkAvailability(check: InputCheck, part: Mapping, data: KnownPath, told: Set<string>): void {
  const { survey, surveyed, name, input } = check
  const { step } = surveyed
  const { source, words, type } = data
  if (source.kind === 'input' || !type || !survey.reached.has(step.id) || told.has(words)) return
  const found = availabilityOf(check, data)
  if (found === 'always') return
  told.add(words)
  if (found === 'some') {
    if (part.kind !== 'expression' || !looksForNothing(part.source))
      tell(check, 'warning', 'data-sometimes', checkMessages.dataSometimes(name, step.name, words))
    return
  }
  const isNeeded = input.required === true && part.kind === 'select'
  const giver = source.kind === 'output' ? survey.steps.get(source.step)?.step : undefined
  if (giver?.disabled) {
    const message = checkMessages.dataDisabled(name, step.name, words)
    tell(check, isNeeded ? 'error' : 'warning', 'data-disabled', message)
  } else if (source.kind === 'variable') {
    const message = checkMessages.variableNever(name, step.name, words)
    if (part.kind !== 'expression' || !looksForNothing(part.source))
      tell(check, isNeeded ? 'error' : 'warning', 'data-never', message)
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

/** Whether an expression reckons with values that are not there. */
function looksForNothing(source: string): boolean {
  return /\b(?:default|isEmpty|if)\s*\(|\bnull\b/.test(source)
}

/** Whether the step itself fills this merge field in, once per item. */
function isOfItem(path: Path, { type, itemRoot }: InputDefinition): boolean {
  return type === 'Template' && itemRoot !== undefined && parsePath(path)[0] === itemRoot
}

function useInstead({ survey, surveyed, name, mapping }: InputCheck, path: Path, instead: Path): Fix {
  return {
    title: fixes.useData(instead),
    apply: (document) =>
      setMapping(
        document,
        surveyed.step.id,
        name,
        changePaths(mapping, (one) => (one === path ? instead : one), survey.lookup.expressions)
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
