import type { Connection, Flow, Mapping, Step } from '../index.ts'

const select = (path: string): Mapping => ({ kind: 'select', path })

/** A step whose id is its name. */
function step(id: string, type: string, parts: Partial<Pick<Step, 'inputs' | 'settings' | 'outputs'>> = {}): Step {
  return { id, type, name: id, inputs: {}, settings: {}, ...parts }
}

const start = step('start', 'start')
const endWith = (output: string, path: string): Step => step('end', 'end', { inputs: { [output]: select(path) } })

type Way = readonly [from: string, outcome: string, to: string]

function flow(
  name: string,
  parts: Pick<Flow, 'inputs' | 'variables'> & { output: string; steps: readonly Step[]; ways: readonly Way[] }
): Flow {
  const { output, ways, ...rest } = parts
  const connections = ways.map(([from, outcome, to]): Connection => ({ from, outcome, to }))
  return { id: name, name, outputs: [{ name: output, type: 'Number' }], connections, ...rest }
}

const items = [{ name: 'items', type: 'List of Number', required: true }] as const

/** W1, W3: `length` steps in sequence, each of which takes x from the one before it and gives x + 1. */
export function chainFlow(length: number): Flow {
  const steps = Array.from({ length }, (_, index) =>
    step(`add-${index + 1}`, 'bench-add-one', {
      inputs: { x: select(index === 0 ? 'flow.x' : `steps.add-${index}.x`) }
    })
  )
  const all = [start, ...steps, endWith('x', `steps.add-${length}.x`)]
  return flow('Chain', {
    inputs: [{ name: 'x', type: 'Number', required: true }],
    output: 'x',
    steps: all,
    ways: all.slice(1).map(({ id }, index): Way => [all[index]?.id ?? '', 'Done', id])
  })
}

/** W2, W7: a control step, connected back to from a body of two steps that add the items of a list. */
export function loopFlow(count: number): Flow {
  return flow('Loop', {
    inputs: items,
    output: 'acc',
    steps: [
      start,
      step('next', 'bench-next-index', { inputs: { last: select('steps.next.index') }, settings: { Count: count } }),
      step('read', 'bench-read-item', { inputs: { list: select('flow.items'), index: select('steps.next.index') } }),
      step('add', 'bench-add-item', { inputs: { acc: select('steps.add.acc'), item: select('steps.read.item') } }),
      endWith('acc', 'steps.add.acc')
    ],
    ways: [
      ['start', 'Done', 'next'],
      ['next', 'Next', 'read'],
      ['read', 'Done', 'add'],
      ['add', 'Done', 'next'],
      ['next', 'Done', 'end']
    ]
  })
}

/** W2each: the same body behind For Each; what has been added so far is a variable of the flow. */
export function forEachFlow(): Flow {
  return flow('Each', {
    inputs: items,
    variables: [{ name: 'acc', type: 'Number', initial: 0 }],
    output: 'acc',
    steps: [
      start,
      step('each', 'for-each', { inputs: { Items: select('flow.items') } }),
      step('read', 'bench-read-item', { inputs: { list: select('flow.items'), index: select('index') } }),
      step('add', 'bench-add-item', {
        inputs: { acc: select('flow.acc'), item: select('steps.read.item') },
        outputs: { acc: { kind: 'set', variable: 'acc' } }
      }),
      endWith('acc', 'flow.acc')
    ],
    ways: [
      ['start', 'Done', 'each'],
      ['each', 'Each', 'read'],
      ['read', 'Done', 'add'],
      ['each', 'Done', 'end']
    ]
  })
}

/** W4: a decision, behind whose outcomes 1 or 2 is added to a variable of the flow, and back. */
export function branchFlow(count: number): Flow {
  const add = (id: string, amount: number): Step =>
    step(id, 'bench-add-amount', {
      inputs: { a: select('flow.a') },
      settings: { Amount: amount },
      outputs: { a: { kind: 'set', variable: 'a' } }
    })
  return flow('Branch', {
    inputs: [],
    variables: [{ name: 'a', type: 'Number', initial: 0 }],
    output: 'a',
    steps: [
      start,
      step('decide', 'bench-even-or-odd', { inputs: { last: select('steps.decide.i') }, settings: { Count: count } }),
      add('even', 1),
      add('odd', 2),
      endWith('a', 'flow.a')
    ],
    ways: [
      ['start', 'Done', 'decide'],
      ['decide', 'Even', 'even'],
      ['decide', 'Odd', 'odd'],
      ['even', 'Done', 'decide'],
      ['odd', 'Done', 'decide'],
      ['decide', 'Done', 'end']
    ]
  })
}

/** W5: a branch per item, all at once up to 1,000, each an asynchronous step; then what they gave is added up. */
export function fanOutFlow(): Flow {
  return flow('Fan Out', {
    inputs: items,
    output: 'sum',
    steps: [
      start,
      step('each', 'for-each', {
        inputs: { Items: select('flow.items') },
        settings: { 'At most': 1000, Collect: 'steps.wait.k' }
      }),
      step('wait', 'bench-wait-a-turn', { inputs: { k: select('item') } }),
      step('sum', 'bench-sum', { inputs: { list: select('steps.each.Results') } }),
      endWith('sum', 'steps.sum.sum')
    ],
    ways: [
      ['start', 'Done', 'each'],
      ['each', 'Each', 'wait'],
      ['each', 'Done', 'sum'],
      ['sum', 'Done', 'end']
    ]
  })
}

/** W6: one step, then Go Async, and behind it an asynchronous step for every item of a constant list. */
export function backgroundFlow(list: readonly number[]): Flow {
  return flow('Background', {
    inputs: [],
    output: 'x',
    steps: [
      start,
      step('one', 'bench-add-one', { inputs: { x: { kind: 'constant', value: 0 } } }),
      step('async', 'go-async'),
      step('each', 'for-each', { inputs: { Items: { kind: 'constant', value: list } } }),
      step('wait', 'bench-wait-a-turn', { inputs: { k: select('item') } }),
      endWith('x', 'steps.one.x')
    ],
    ways: [
      ['start', 'Done', 'one'],
      ['one', 'Done', 'async'],
      ['async', 'Done', 'each'],
      ['each', 'Each', 'wait'],
      ['each', 'Done', 'end']
    ]
  })
}
