import type { Value } from '../../model/index.ts'

/** One script to be run, as the worker is told. */
export interface ScriptJob {
  readonly source: string
  /** The variables, as the JSON of a record. */
  readonly data: string
  /** The time inside the sandbox, in milliseconds since 1970; it stands still. */
  readonly now: number
  /** What chance inside the sandbox begins with: from 0 up to but not including 1. */
  readonly seed: number
  /** How long it may take, in milliseconds. */
  readonly deadline: number
}

/** What the worker tells of a job. `spent`: the sandbox is worn out, the worker must not be used again. */
export type ScriptNotice =
  | { readonly kind: 'began' }
  | { readonly kind: 'returned'; readonly value: Value; readonly spent: boolean }
  | ({ readonly kind: 'failed'; readonly spent: boolean } & ScriptError)

/** Why a script has no value. `line` counts from 1. */
export type ScriptError =
  | { readonly why: 'timeout' | 'memory' | 'recursion' | 'promise' | 'nested' }
  | { readonly why: 'thrown'; readonly message: string; readonly line?: number }
