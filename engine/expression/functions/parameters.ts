import {
  type DateValue,
  type Value,
  type ValueRecord,
  type ValueType,
  isRecord,
  millisecondsOf
} from '../../model/index.ts'
import { isList } from '../evaluate/values.ts'
import type { AnyParameter, Parameter } from './functionDefinition.ts'

type Guard<T extends Value> = (value: Value | undefined) => value is T

function parameter<T extends Value>(name: string, types: readonly ValueType[], is: Guard<T>): Parameter<T> {
  return { name, types, optional: false, perItem: false, is }
}

const isText: Guard<string> = (value) => typeof value === 'string'
const isNumber: Guard<number> = (value) => typeof value === 'number'
const isDate: Guard<DateValue> = (value): value is DateValue => millisecondsOf(value) !== undefined
const isAnything: Guard<Value> = (value) => value !== undefined
const isTextOrList: Guard<string | readonly Value[]> = (value) => typeof value === 'string' || isList(value)

export const text = (name: string): Parameter<string> => parameter(name, ['Text'], isText)
export const number = (name: string): Parameter<number> => parameter(name, ['Number'], isNumber)
export const date = (name: string): Parameter<DateValue> => parameter(name, ['Date'], isDate)
export const list = (name: string): Parameter<readonly Value[]> => parameter(name, ['List of Any'], isList)
export const record = (name: string): Parameter<ValueRecord> => parameter(name, ['Record'], isRecord)
export const textOrList = (name: string): Parameter<string | readonly Value[]> =>
  parameter(name, ['Text', 'List of Any'], isTextOrList)
/** Takes everything, null too. */
export const anything = (name: string, types: readonly ValueType[] = ['Any']): Parameter<Value> =>
  parameter(name, types, isAnything)

/** One of a few texts. */
export const choice = (name: string, choices: readonly string[]): Parameter<string> => ({ ...text(name), choices })

/** The same parameter, but the argument may be left out. */
export function optional<T extends Value>(given: Parameter<T>): Parameter<T | undefined> {
  return { ...given, optional: true, is: (value): value is T | undefined => value === undefined || given.is(value) }
}

/** An expression that says yes or no to each item. */
export const condition = (name: string): AnyParameter => ({ name, types: ['Boolean'], optional: false, perItem: true })

/** An expression that makes a value of each item; optional ones leave the item as it is. */
export const perItem = (name: string, isOptional = false): AnyParameter => ({
  name,
  types: ['Any'],
  optional: isOptional,
  perItem: true
})
