import type { ValueType } from '../../model/index.ts'
import { isPlainName, isPlainStepId } from '../syntax/readTokens.ts'

/** What an expression may read where it stands, as far as is known while drawing. */
export interface ExpressionScope {
  /**
   * The type of `flow.<name>`, `steps.<id>.<output>`, or one name that a body adds; undefined when there is no such
   * value. Fewer names come where the expression writes fewer.
   */
  typeOf(path: readonly string[]): ValueType | undefined
  /** All values, for suggestions. Only asked for when one is needed. */
  known(): readonly KnownValue[]
}

/** A value that an expression may read. */
export interface KnownValue {
  /** As `typeOf` takes it. */
  readonly path: readonly string[]
  readonly type: ValueType
  readonly summary?: string
}

/** How a path is written in an expression: with dots, and with brackets round names that hold spaces and the like. */
export function pathText(path: readonly string[]): string {
  return path.map((name, index) => (index === 0 ? name : memberText(name, path[0] === 'steps' && index === 1))).join('')
}

/** How a name is written after a value: `.Count`, `["First Name"]`. */
export function memberText(name: string, isStepId = false): string {
  return (isStepId ? isPlainStepId(name) : isPlainName(name)) ? `.${name}` : `[${JSON.stringify(name)}]`
}
