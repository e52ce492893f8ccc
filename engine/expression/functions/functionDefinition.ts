import type { Value, ValueType } from '../../model/index.ts'
import type { Evaluation } from '../evaluate/evaluation.ts'

/** A function of the language. Its page, its completions, its check and its evaluation all come from here. */
export interface FunctionDefinition extends FunctionWords {
  readonly parameters: readonly AnyParameter[]
  /** Whether the last parameter may be given several times. */
  readonly repeats: boolean
  /** Makes a call ready. Arguments that are left out evaluate to undefined. */
  compile<E extends Evaluation>(args: readonly Argument<E>[]): (evaluation: E) => Value
}

/** What people read of a function, and what it gives. */
export interface FunctionWords {
  readonly name: string
  /** One sentence; null handling only where it is not “nothing in, nothing out”. */
  readonly summary: string
  /** An expression that uses it, over no data, and what that gives. */
  readonly example: string
  readonly gives: Value
  readonly returns: Returns
}

/** The type of a result, maybe by the types of the arguments; undefined is the type of null. */
export type Returns = ValueType | ((types: readonly (ValueType | undefined)[]) => ValueType | undefined)

/** What is common to all parameters. */
export interface AnyParameter {
  readonly name: string
  /** What it takes: one of these. `List of Any` stands for every list. */
  readonly types: readonly ValueType[]
  readonly optional: boolean
  /** An expression that is evaluated for each item of the first argument, with `it` and `index`. */
  readonly perItem: boolean
  /** The texts it takes, where they are few. */
  readonly choices?: readonly string[]
}

/** A parameter whose argument is a value; anything `is` refuses makes the call give null. */
export interface Parameter<T extends Value | undefined> extends AnyParameter {
  is(value: Value | undefined): value is T
}

/** An argument ready to be evaluated. */
export interface Argument<E extends Evaluation> {
  readonly evaluate: (evaluation: E) => Value | undefined
  /** How many operations it is made of. */
  readonly size: number
}
