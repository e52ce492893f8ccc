import type { Value } from '../../model/index.ts'
import type { Evaluation } from '../evaluate/evaluation.ts'
import { isList } from '../evaluate/values.ts'
import type { AnyParameter, Argument, FunctionDefinition, FunctionWords, Parameter } from './functionDefinition.ts'
import { list } from './parameters.ts'

/*
 * Ways to define a function by its parameters. `run` only ever sees arguments that the parameters take: any other, null
 * among them, makes the call give null. The work of looking through texts and lists is taken note of here.
 */

type Given = Value | undefined

export function none(words: FunctionWords, run: (evaluation: Evaluation) => Value): FunctionDefinition {
  return { ...words, parameters: [], repeats: false, compile: () => run }
}

/** A function that takes its time from how big its argument is. */
export function one<A extends Given>(
  words: FunctionWords,
  a: Parameter<A>,
  run: (a: A, evaluation: Evaluation) => Value
): FunctionDefinition {
  return quick(words, a, (value, evaluation) => {
    evaluation.look(value)
    return evaluation.made(run(value, evaluation))
  })
}

/** A function of one argument that takes the same little time however big it is. */
export function quick<A extends Given>(
  words: FunctionWords,
  a: Parameter<A>,
  run: (a: A, evaluation: Evaluation) => Value
): FunctionDefinition {
  return {
    ...words,
    parameters: [a],
    repeats: false,
    compile: (args) => {
      const first = evaluateOf(args[0])
      return (evaluation) => {
        const value = first(evaluation)
        return a.is(value) ? run(value, evaluation) : null
      }
    }
  }
}

export function two<A extends Given, B extends Given>(
  words: FunctionWords,
  [a, b]: readonly [Parameter<A>, Parameter<B>],
  run: (a: A, b: B, evaluation: Evaluation) => Value
): FunctionDefinition {
  return {
    ...words,
    parameters: [a, b],
    repeats: false,
    compile: (args) => {
      const [first, second] = [evaluateOf(args[0]), evaluateOf(args[1])]
      return (evaluation) => {
        const one = first(evaluation)
        const other = second(evaluation)
        if (!a.is(one) || !b.is(other)) return null
        evaluation.look(one)
        evaluation.look(other)
        return evaluation.made(run(one, other, evaluation))
      }
    }
  }
}

export function three<A extends Given, B extends Given, C extends Given>(
  words: FunctionWords,
  [a, b, c]: readonly [Parameter<A>, Parameter<B>, Parameter<C>],
  run: (a: A, b: B, c: C, evaluation: Evaluation) => Value
): FunctionDefinition {
  return {
    ...words,
    parameters: [a, b, c],
    repeats: false,
    compile: (args) => {
      const [first, second, third] = [evaluateOf(args[0]), evaluateOf(args[1]), evaluateOf(args[2])]
      return (evaluation) => {
        const [one, other, last] = [first(evaluation), second(evaluation), third(evaluation)]
        if (!a.is(one) || !b.is(other) || !c.is(last)) return null
        evaluation.look(one)
        evaluation.look(other)
        evaluation.look(last)
        return evaluation.made(run(one, other, last, evaluation))
      }
    }
  }
}

/** A function of one or more arguments of one kind. */
export function many<A extends Given>(
  words: FunctionWords,
  a: Parameter<A>,
  run: (values: readonly A[], evaluation: Evaluation) => Value
): FunctionDefinition {
  return {
    ...words,
    parameters: [a],
    repeats: true,
    compile: (args) => {
      const all = args.map(evaluateOf)
      return (evaluation) => {
        const values: A[] = []
        for (const evaluate of all) {
          const value = evaluate(evaluation)
          if (!a.is(value)) return null
          evaluation.look(value)
          values.push(value)
        }
        return evaluation.made(run(values, evaluation))
      }
    }
  }
}

/** What an expression gives for one item of a list. */
export type PerItem = (item: Value, index: number) => Value

/** A function of a list and an expression for its items, which is the item itself when it is left out. */
export function overItems(
  words: FunctionWords,
  per: AnyParameter,
  run: (items: readonly Value[], of: PerItem, evaluation: Evaluation) => Value
): FunctionDefinition {
  return {
    ...words,
    parameters: [list('list'), per],
    repeats: false,
    compile: ([items, body]) => {
      const first = evaluateOf(items)
      return (evaluation) => {
        const values = first(evaluation)
        if (!isList(values)) return null
        evaluation.look(values)
        if (!body) return evaluation.made(run(values, itself, evaluation))
        const { it, index } = evaluation
        const result = run(values, itemByItem(body, evaluation), evaluation)
        evaluation.it = it
        evaluation.index = index
        return evaluation.made(result)
      }
    }
  }
}

const itself: PerItem = (item) => item

function itemByItem<E extends Evaluation>({ evaluate, size }: Argument<E>, evaluation: E): PerItem {
  return (item, index) => {
    evaluation.spend(size)
    evaluation.it = item
    evaluation.index = index
    return evaluate(evaluation) ?? null
  }
}

function evaluateOf<E extends Evaluation>(argument: Argument<E> | undefined): (evaluation: E) => Given {
  return argument?.evaluate ?? (() => undefined)
}
