import {
  type Arbitrary,
  array,
  constant,
  constantFrom,
  integer,
  letrec,
  nat,
  oneof,
  property,
  record,
  sample,
  string,
  tuple
} from 'fast-check'
import { describe, it } from 'vitest'
import { StepFailure, type Value, type ValueRecord, type ValueType, isRecord, itemTypeOf } from '../model/index.ts'
import { evaluateText, scopeOf } from '../testing/expressions.ts'
import { checkExpression } from './check/checkExpression.ts'
import { completions } from './completions.ts'
import { changeExpressionPaths } from './expressionPaths.ts'
import { functionTable } from './functions/functionTable.ts'
import { operatorTable } from './operatorTable.ts'
import { holds } from '../testing/property/holds.ts'

/*
 * 100,000 inputs of four kinds: any text at all, rows of words of the language, expressions with some characters
 * changed, and expressions that follow the grammar. Each is checked, completed and evaluated over random data.
 */

const types = {
  'flow.Count': 'Number',
  'flow.First Name': 'Text',
  'flow.Urgent': 'Boolean',
  'flow.Since': 'Date',
  'flow.Numbers': 'List of Number',
  'flow.People': 'List of Email',
  'flow.Row': 'Record',
  'flow.Any': 'Any',
  'steps.a-1.Sent': 'Number',
  item: 'Record'
} as const satisfies Record<string, ValueType>
const scope = scopeOf(types)

const names = [
  'a',
  'name',
  'address',
  '__proto__',
  'constructor',
  'toString',
  'First Name',
  'length',
  '0',
  '$type',
  'iso'
]
const number = oneof(integer({ min: -5, max: 50 }), constantFrom(0.5, 1e-7, 1e21, -1e308, 1_000_000, 3e6))
const text = oneof(constantFrom('', 'a', 'ab,cd', '2024-02-29', 'days', "it's", '12', 'ß😀'), string({ maxLength: 8 }))
const date: Arbitrary<Value> = constantFrom('2024-02-29T12:00:00.000Z', '+275760-09-13T00:00:00.000Z').map((iso) => ({
  $type: 'Date',
  iso
}))

const { value } = letrec<{ value: Value }>((tie) => ({
  value: oneof(
    { maxDepth: 3, withCrossShrink: true },
    constant(null),
    number,
    text,
    constantFrom(true, false),
    date,
    array(tie('value'), { maxLength: 5 }),
    array(tuple(constantFrom(...names), tie('value')), { maxLength: 4 }).map(ownRecord)
  )
}))

/** A record with own fields of any name, as JSON.parse makes it. */
function ownRecord(fields: readonly (readonly [string, Value])[]): ValueRecord {
  return Object.fromEntries(fields)
}

const orNull = (one: Arbitrary<Value>): Arbitrary<Value> => oneof(one, one, one, constant(null))
const someRecord = array(tuple(constantFrom(...names.slice(0, 9)), value), { maxLength: 4 }).map(ownRecord)

const data: readonly ValueRecord[] = sample(
  record({
    Count: orNull(number),
    'First Name': orNull(text),
    Urgent: orNull(constantFrom(true, false)),
    Since: orNull(date),
    Numbers: orNull(array(orNull(number), { maxLength: 6 })),
    People: orNull(
      array(
        text.map((address) => ({ address, name: address })),
        { maxLength: 6 }
      )
    ),
    Row: orNull(someRecord),
    Any: value,
    Sent: orNull(number),
    item: orNull(someRecord)
  }),
  300
).map(({ Sent, item, ...flow }) => ({ flow, steps: { 'a-1': { Sent } }, item }))

const paths = [...Object.keys(types), 'flow["First Name"]', 'flow.Numbers[0]', 'flow.People[-1].address', 'flow.Row.a']
  .filter((path) => path !== 'flow.First Name')
  .concat('flow.Unknown', 'it', 'index', 'it.address', 'flow.__proto__', 'item["constructor"]')
const operators = operatorTable.map(({ operator }) => operator).filter((operator) => operator !== 'not')
const functions = [...functionTable.values()]
const literals = [
  '0',
  '1',
  '-2.5',
  '1e6',
  "'a'",
  '"b"',
  "'days'",
  "'2024-01-31'",
  'true',
  'false',
  'null',
  '[]',
  '{}',
  'now()'
]

const words = constantFrom(
  ...[...paths, ...operators, ...literals, ...functions.map(({ name }) => `${name}(`)],
  ...['(', ')', '[', ']', '{', '}', ',', '.', ':', 'not', "'", '"', '\\', ' ', '-', '&&', '=>', '“', '#', 'a', '1']
)
const soup = tuple(array(words, { maxLength: 15 }), constantFrom('', ' ')).map(([all, gap]) => all.join(gap))

const { expression } = letrec<{ expression: string }>((tie) => ({
  expression: oneof(
    { maxDepth: 4, depthSize: 'small' },
    { arbitrary: constantFrom(...paths), weight: 3 },
    { arbitrary: constantFrom(...literals), weight: 2 },
    {
      arbitrary: tuple(
        constantFrom(...functions),
        array(tie('expression'), { minLength: 4, maxLength: 4 }),
        nat(1)
      ).map(([{ name, parameters, repeats }, args, extra]) => {
        const least = parameters.filter(({ optional }) => !optional).length
        const count = Math.min(least + extra, repeats ? 4 : parameters.length)
        return `${name}(${args.slice(0, count).join(', ')})`
      }),
      weight: 5
    },
    {
      arbitrary: tuple(tie('expression'), constantFrom(...operators), tie('expression')).map(
        ([left, operator, right]) => `(${left} ${operator} ${right})`
      ),
      weight: 4
    },
    tie('expression').map((inner) => `not ${inner}`),
    tie('expression').map((inner) => `-(${inner})`),
    array(tie('expression'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    array(tie('expression'), { maxLength: 2 }).map(
      (fields) => `{${fields.map((one, at) => `f${at}: ${one}`).join(', ')}}`
    ),
    tuple(tie('expression'), tie('expression')).map(([of, by]) => `(${of})[${by}]`),
    tie('expression').map((of) => `(${of}).address`)
  )
}))

const valid = [...functions, ...operatorTable].map(({ example }) => example)
const mutated = tuple(constantFrom(...valid), array(tuple(nat(80), nat(2), words), { maxLength: 4 })).map(
  ([source, edits]) => edits.reduce((text, [at, drop, put]) => text.slice(0, at) + put + text.slice(at + drop), source)
)

/** Evaluates a source; the code of its failure when it fails in one of the two ways in which it may. */
function outcomeOf(source: string, over: ValueRecord): { value: Value } | { code: string } {
  try {
    return { value: evaluateText(source, over) }
  } catch (thrown) {
    if (thrown instanceof StepFailure) return { code: thrown.code }
    throw thrown
  }
}

/** Whether a value is what it says in a type, null aside. */
function isOf(type: ValueType, found: Value): boolean {
  if (found === null || type === 'Any') return true
  const item = itemTypeOf(type)
  if (item !== undefined) return Array.isArray(found) && (found as readonly Value[]).every((one) => isOf(item, one))
  if (type === 'Text') return typeof found === 'string'
  if (type === 'Number') return typeof found === 'number'
  if (type === 'Boolean') return typeof found === 'boolean'
  if (type === 'Date') return isRecord(found) && found.$type === 'Date'
  return isRecord(found)
}

/** Whether a value can go into a file as it is. */
function isPlain(found: Value): boolean {
  if (typeof found === 'number') return Number.isFinite(found) && !Object.is(found, -0)
  if (Array.isArray(found)) return found.length > 10_000 || (found as readonly Value[]).every(isPlain)
  if (!isRecord(found)) return found === null || typeof found === 'string' || typeof found === 'boolean'
  return Object.getPrototypeOf(found) === Object.prototype && Object.values(found).every(isPlain)
}

/** A plain `expect`: that one takes longer than what is tested here. */
function must(is: boolean, what: string): void {
  if (!is) throw new Error(what)
}

function tryOut(source: string, which: number): void {
  const { type, problems } = checkExpression(source, scope)
  for (const { from, to, message } of problems)
    must(from >= 0 && from <= to && to <= source.length && message !== '', 'A problem stands outside the source.')
  const outcome = outcomeOf(source, data[which % data.length] ?? {})
  const code = 'code' in outcome ? outcome.code : undefined
  const isInvalid = problems.some((one) => one.code === 'expression-syntax' || one.code === 'expression-function')
  must((code === 'expression-invalid') === isInvalid, 'Checker and evaluation do not agree on what is an expression.')
  must(code === undefined || isInvalid || code === 'expression-too-long', `It failed with ${code ?? ''}.`)
  if ('value' in outcome) {
    must(isPlain(outcome.value), 'The result cannot be kept in a file.')
    const isFine = problems.every(({ severity }) => severity === 'warning')
    must(!isFine || isOf(type, outcome.value), `The result is not of the type ${type}.`)
  }
  const { from, to } = completions(source, which % (source.length + 1), scope)
  must(from <= to && to <= source.length, 'Completions stand outside the source.')
  must(changeExpressionPaths(source, (path) => path) === source, 'Changing no path changed the source.')
}

describe('never crashes, hangs or gives what it should not', () => {
  it.each<[string, Arbitrary<string>, number]>([
    ['any text', oneof(string({ maxLength: 30 }), string({ unit: 'binary', maxLength: 30 })), 20_000],
    ['rows of words', soup, 30_000],
    ['changed expressions', mutated, 25_000],
    ['expressions', expression, 25_000]
  ])('on %s', { timeout: 600_000 }, (name, sources, runs) =>
    holds(`fuzz ${name}`, property(sources, nat(), tryOut), { runs })
  )
})
