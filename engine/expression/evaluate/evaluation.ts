import { expressionMessages } from '../../messages/expression.ts'
import { StepFailure, type Value } from '../../model/index.ts'
import { limits } from '../limits.ts'

/** One evaluation of an expression while it lasts: the item at hand, and how much work it may still do. */
export class Evaluation {
  /** The item and its position, in the arguments of list functions. */
  it: Value = null
  index = 0
  /** Milliseconds since 1970. */
  readonly now: () => number
  #left: number = limits.work

  constructor(now: () => number) {
    this.now = now
  }

  /** Takes note of work done. Throws StepFailure `expression-too-long` when it is too much. */
  spend(work: number): void {
    this.#left -= work
    if (this.#left < 0) throw tooLong(expressionMessages.tooMuchWork)
  }

  /** Takes note of looking at all of `value`, not into what its items hold. */
  look(value: Value | undefined): void {
    if (typeof value === 'string') this.spend(1 + (value.length >> 4))
    else if (Array.isArray(value)) this.spend(1 + value.length)
    else this.spend(typeof value === 'object' ? 8 : 1)
  }

  /** Takes note of having made `value`; ends the evaluation when it is too long. */
  made<T extends Value>(value: T): T {
    if (typeof value === 'string') this.mayMakeText(value.length)
    else if (Array.isArray(value)) this.mayMakeList(value.length)
    return value
  }

  /** Takes note of making a text. Throws StepFailure `expression-too-long` when it may not be so long. */
  mayMakeText(length: number): void {
    if (length > limits.text) throw tooLong(expressionMessages.textTooLong(limits.text))
    this.spend(length / 4)
  }

  /** Takes note of making a list. Throws StepFailure `expression-too-long` when it may not have so many items. */
  mayMakeList(length: number): void {
    if (length > limits.list) throw tooLong(expressionMessages.listTooLong(limits.list))
    this.spend(length)
  }
}

/** An expression or a part of one, ready to be evaluated. `E` carries the data that its paths read. */
export type Evaluate<E extends Evaluation = Evaluation> = (evaluation: E) => Value

/** What is thrown when an expression is too much. */
export function tooLong(message: string): StepFailure {
  return new StepFailure('expression-too-long', message)
}
