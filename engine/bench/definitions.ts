import { builtInSteps, defineStep, exit, type StepDefinition } from '../index.ts'

const number = { type: 'Number', summary: 'A number.' } as const
const needed = { ...number, required: true } as const
const numbers = { type: 'List of Number', summary: 'Numbers.', required: true } as const
const count = { kind: 'number', initial: 0, min: 0, summary: 'How many there are.' } as const
const about = { summary: 'A step of the benchmark.', category: 'Code', icon: 'gauge' } as const

/** W1, W3: gives x + 1. */
const addOne = defineStep({
  ...about,
  type: 'bench-add-one',
  title: 'Add One',
  inputs: { x: needed },
  settings: {},
  outcomes: { Done: { outputs: { x: number } } },
  run: ({ inputs }) => exit('Done', { x: inputs.x + 1 })
})

/** W2, W7: the control of the loop gives the next index, or leaves by Done. Not counted. */
const nextIndex = defineStep({
  ...about,
  type: 'bench-next-index',
  title: 'Next Index',
  inputs: { last: number },
  settings: { Count: count },
  outcomes: { Next: { outputs: { index: number } }, Done: { outputs: {} } },
  run({ inputs, settings }) {
    const index = inputs.last === null ? 0 : inputs.last + 1
    return index < settings.Count ? exit('Next', { index }) : exit('Done', {})
  }
})

/** W2, W7: the first body step gives an item of the list. */
const readItem = defineStep({
  ...about,
  type: 'bench-read-item',
  title: 'Read Item',
  inputs: { list: numbers, index: needed },
  settings: {},
  outcomes: { Done: { outputs: { item: number } } },
  run: ({ inputs }) => exit('Done', { item: inputs.list[inputs.index] ?? null })
})

/** W2, W7: the second body step adds the item to what there is. */
const addItem = defineStep({
  ...about,
  type: 'bench-add-item',
  title: 'Add Item',
  inputs: { acc: number, item: needed },
  settings: {},
  outcomes: { Done: { outputs: { acc: number } } },
  run: ({ inputs }) => exit('Done', { acc: (inputs.acc ?? 0) + inputs.item })
})

/** W4: goes along Even and Odd in turns, by Done when it is over. */
const evenOrOdd = defineStep({
  ...about,
  type: 'bench-even-or-odd',
  title: 'Even or Odd',
  inputs: { last: number },
  settings: { Count: count },
  outcomes: { Even: { outputs: { i: number } }, Odd: { outputs: { i: number } }, Done: { outputs: {} } },
  run({ inputs, settings }) {
    const i = inputs.last === null ? 0 : inputs.last + 1
    if (i >= settings.Count) return exit('Done', {})
    return i % 2 === 0 ? exit('Even', { i }) : exit('Odd', { i })
  }
})

/** W4: adds a fixed amount. */
const addAmount = defineStep({
  ...about,
  type: 'bench-add-amount',
  title: 'Add Amount',
  inputs: { a: needed },
  settings: { Amount: { kind: 'number', initial: 1, summary: 'How much.' } },
  outcomes: { Done: { outputs: { a: number } } },
  run: ({ inputs, settings }) => exit('Done', { a: inputs.a + settings.Amount })
})

/** W5, W6: an asynchronous step gives k after one turn of the event loop. */
const waitATurn = defineStep({
  ...about,
  type: 'bench-wait-a-turn',
  title: 'Wait a Turn',
  inputs: { k: needed },
  settings: {},
  outcomes: { Done: { outputs: { k: number } } },
  async run({ inputs }) {
    await new Promise<void>((resolve) => void setImmediate(resolve))
    return exit('Done', { k: inputs.k })
  }
})

/** W5: gives the sum of a list. */
const sum = defineStep({
  ...about,
  type: 'bench-sum',
  title: 'Sum',
  inputs: { list: numbers },
  settings: {},
  outcomes: { Done: { outputs: { sum: number } } },
  run: ({ inputs }) => exit('Done', { sum: inputs.list.reduce((total, one) => total + one, 0) })
})

/** The trivial steps of the benchmark, as its peers have theirs, among the built-in ones. */
export const benchDefinitions: readonly StepDefinition[] = [
  ...builtInSteps,
  addOne,
  nextIndex,
  readItem,
  addItem,
  evenOrOdd,
  addAmount,
  waitATurn,
  sum
]
