import { type ExpressionScope, compileExpression } from '../expression/index.ts'
import { type Value, type ValueRecord, type ValueType, parsePath, valueAt } from '../model/index.ts'

/** The moment at which tests evaluate expressions: noon of 5 March 2024. */
export const testMoment = Date.UTC(2024, 2, 5, 12)

/** What an expression gives over a record of data, in which paths are looked up name by name. */
export function evaluateText(source: string, data: ValueRecord = {}): Value {
  return compileExpression<ValueRecord, undefined>(source, {
    readerOf: (path) => (record) => valueAt(record, path),
    clockOf: () => () => testMoment
  })(data, undefined)
}

/** A scope that knows these paths: `{ 'flow.Count': 'Number' }`. */
export function scopeOf(types: Readonly<Record<string, ValueType>>): ExpressionScope {
  const known = Object.entries(types).map(([path, type]) => ({ path: parsePath(path), type }))
  const byPath = new Map(known.map(({ path, type }) => [path.join('\n'), type]))
  return { typeOf: (path) => byPath.get(path.join('\n')), known: () => known }
}
