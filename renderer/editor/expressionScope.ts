import { type ExpressionScope, type Path, type ValueType, formatPath, parsePath } from '../../engine/index.ts'
import type { DataGroup } from './flowData.ts'

/** What an expression may read where these values are offered. */
export function scopeOf(groups: readonly DataGroup[]): ExpressionScope {
  const items = groups.flatMap((group) => group.items)
  const types = new Map<Path, ValueType>(items.map(({ path, type }) => [path, type]))
  return {
    typeOf: (path) => types.get(formatPath(path)),
    known: () => items.map(({ path, type, summary }) => ({ path: parsePath(path), type, summary }))
  }
}
