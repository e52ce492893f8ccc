import { expressionMessages } from '../../messages/expression.ts'
import { type Value, type ValueRecord, isRecord, millisecondsOf, textOf } from '../../model/index.ts'
import { Evaluation, tooLong } from './evaluation.ts'
import { limits } from '../limits.ts'

/** Whether `value` is a list. */
export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value)
}

/** The field `name` of a record, own ones only; null when there is none, or no record. */
export function fieldOf(value: Value | undefined, name: string): Value {
  if (!isRecord(value) || !Object.hasOwn(value, name) || name === '__proto__') return null
  return value[name] ?? null
}

/** The item at `index`, from the end when it is negative; null when there is none, or no list. */
export function itemAt(list: Value | undefined, index: number): Value {
  if (!isList(list)) return null
  return list[index < 0 ? list.length + index : index] ?? null
}

/** A record with these fields, later ones first; never with one called `__proto__`. */
export function recordOf(fields: Iterable<readonly [name: string, value: Value]>): ValueRecord {
  const record: Record<string, Value> = {}
  for (const [name, value] of fields) if (name !== '__proto__') record[name] = value
  return record
}

/** A number as data may hold it: null instead of what is no number, 0 instead of -0. */
export function finite(number: number): number | null {
  return number - number === 0 ? number + 0 : null
}

/** Below, above or at 0 as `left` comes before, after or with `right`; undefined unless both are numbers, texts or dates. */
export function compare(left: Value, right: Value, evaluation: Evaluation): number | undefined {
  if (typeof left === 'number') return typeof right === 'number' ? left - right : undefined
  if (typeof left === 'string') {
    if (typeof right !== 'string') return undefined
    evaluation.spend(Math.min(left.length, right.length) >> 4)
    return left < right ? -1 : left > right ? 1 : 0
  }
  if (left === null || right === null) return undefined
  evaluation.look(left)
  const one = millisecondsOf(left)
  const other = one === undefined ? undefined : millisecondsOf(right)
  return one === undefined || other === undefined ? undefined : one - other
}

/** Whether two values are the same: dates by the moment, lists item by item, records whatever the order of fields. */
export function same(one: Value | undefined, other: Value | undefined, evaluation: Evaluation, depth = 0): boolean {
  if (typeof one === 'string') {
    if (typeof other !== 'string' || one.length !== other.length) return false
    evaluation.look(one)
    return one === other
  }
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (depth > limits.dataDepth) throw tooLong(expressionMessages.dataTooDeep(limits.dataDepth))
  if (isList(one)) {
    if (!isList(other) || one.length !== other.length) return false
    evaluation.spend(one.length)
    return one.every((item, index) => same(item, other[index], evaluation, depth + 1))
  }
  if (!isRecord(one) || !isRecord(other)) return false
  evaluation.look(one)
  const moment = millisecondsOf(one)
  if (moment !== undefined) return moment === millisecondsOf(other)
  const names = Object.keys(one)
  evaluation.spend(names.length)
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && same(one[name], other[name], evaluation, depth + 1))
  )
}

/** A text that two values have in common exactly when they are the same. */
export function keyOf(value: Value | undefined, evaluation: Evaluation, depth = 0): string {
  evaluation.spend(typeof value === 'string' ? 1 + (value.length >> 2) : 1)
  if (typeof value === 'string') return depth === 0 ? `"${value}` : JSON.stringify(value)
  if (typeof value !== 'object' || value === null) return String(value ?? null)
  if (depth > limits.dataDepth) throw tooLong(expressionMessages.dataTooDeep(limits.dataDepth))
  if (isList(value)) return `[${value.map((item) => keyOf(item, evaluation, depth + 1)).join()}]`
  const moment = millisecondsOf(value)
  if (moment !== undefined) return `@${moment}`
  if (!isRecord(value)) return ''
  const names = Object.keys(value).sort()
  const fields = names.map((name) => `${JSON.stringify(name)}:${keyOf(value[name], evaluation, depth + 1)}`)
  return `{${fields.join()}}`
}

/** A value as it reads inside a text, as Merge Text writes it. */
export function asText(value: Value, evaluation: Evaluation): string {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null) return textOf(value)
  if (measure(value, evaluation, 0) > limits.text) evaluation.mayMakeText(limits.text + 1)
  return evaluation.made(textOf(value))
}

/**
 * `value` as the result of an expression. Throws StepFailure `expression-too-long` when it holds too much in all, which
 * lists that hold the same list many times easily do.
 */
export function mayLeave(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value
  if (measure(value, new Evaluation(() => 0), 0) > limits.result) throw tooLong(expressionMessages.resultTooLarge)
  return value
}

/** About how many characters `value` takes as a text, never more than it does. */
function measure(value: Value | undefined, evaluation: Evaluation, depth: number): number {
  evaluation.spend(1)
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null) return 1
  if (depth > limits.dataDepth) throw tooLong(expressionMessages.dataTooDeep(limits.dataDepth))
  let length = 0
  if (isList(value)) for (const item of value) length += measure(item, evaluation, depth + 1)
  else if (isRecord(value))
    for (const [name, field] of Object.entries(value)) length += name.length + measure(field, evaluation, depth + 1)
  return length
}
