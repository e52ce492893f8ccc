import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { type Flow, type StepDefinition, type Value, type ValueType, exit, formatPath } from '../../model/index.ts'
import type { CompiledStep } from './compiledFlow.ts'
import { compileFlow } from './compileFlow.ts'
import { readInput } from './evaluateInputs.ts'
import type { FlowData } from './flowData.ts'
import { inputMakers } from './inputMakers.ts'
import { holds } from '../../testing/property/holds.ts'

/** An input that selects `source` of `from`. */
interface Selected {
  readonly name: string
  readonly type: ValueType
  readonly required: boolean
  readonly from: string
  readonly source: string
}

const name = fc.oneof(
  fc.constantFrom(
    '__proto__',
    'constructor',
    'toString',
    'a"b',
    "a'b`${1}",
    'two\nlines',
    '\u2028',
    '\ud800',
    '😀',
    '7'
  ),
  fc.string({ unit: 'binary', minLength: 1 })
)
const value: fc.Arbitrary<Value> = fc.constantFrom(1, -0, 'text', '2', true, null, [1], ['a', null], { x: 1 })
const values = fc.array(fc.tuple(name, value), { maxLength: 5 }).map((all) => Object.fromEntries<Value>(all))
const input: fc.Arbitrary<Selected> = fc.record({
  name,
  type: fc.constantFrom<ValueType>('Number', 'Text', 'Boolean', 'Any', 'List of Number', 'Template'),
  required: fc.boolean(),
  from: fc.constantFrom('flow', 'steps.first', 'steps.second', 'steps.none', 'item'),
  source: name
})

/** A step with these inputs, made ready, in a flow that has inputs with the names `flowInputs`. */
function stepWith(inputs: readonly Selected[], flowInputs: readonly string[] = []): CompiledStep {
  const mapped = inputs.map((one) => {
    const [root = '', ...id] = one.from.split('.')
    return [one.name, { kind: 'select', path: formatPath([root, ...id, one.source]) }] as const
  })
  const definition: StepDefinition = {
    type: 'reads',
    title: 'Reads',
    summary: 'Reads.',
    category: 'Code',
    icon: 'gauge',
    inputs: Object.fromEntries(inputs.map(({ name, type, required }) => [name, { type, required, summary: 'One.' }])),
    settings: {},
    outcomes: {},
    run: () => exit('Done', {})
  }
  const other = { type: 'other', inputs: {}, settings: {} }
  const flow: Flow = {
    id: 'f',
    name: 'F',
    inputs: flowInputs.map((one) => ({ name: one, type: 'Any' })),
    outputs: [],
    steps: [
      { ...other, id: 'first', name: 'First' },
      { ...other, id: 'second', name: 'Second' },
      { id: 'reads', type: 'reads', name: 'Reads', inputs: Object.fromEntries(mapped), settings: {} }
    ],
    connections: []
  }
  const step = compileFlow('flow', { flow }, new Map([['reads', definition]]))?.steps[2]
  if (!step) throw new Error('The step is not there')
  return step
}

/** Makers for a place where code may not be generated. */
function plainMakers(): ReturnType<typeof inputMakers> {
  const makers = inputMakers(readInput)
  const { fixed } = stepWith([{ name: 'x', type: 'Any', required: false, from: 'flow', source: 'x' }])
  const refused = vi.fn(function () {
    throw new EvalError('Code generation from strings disallowed for this context')
  })
  vi.stubGlobal('Function', refused)
  makers(fixed, 'fixed')
  vi.unstubAllGlobals()
  expect(refused).toHaveBeenCalledOnce()
  return makers
}

/** The inputs with their order and prototype, or the failure. */
function madeBy(make: () => object): unknown {
  try {
    const made = make()
    return { entries: Object.entries(made), plain: Object.getPrototypeOf(made) === Object.prototype }
  } catch (error) {
    return error
  }
}

it('makes the same inputs with and without generated code, whatever the names are', () => {
  const [generated, plain] = [inputMakers(readInput), plainMakers()]
  const inputs = fc.uniqueArray(input, { maxLength: 5, selector: (one) => one.name })
  return holds(
    'input makers',
    fc.property(inputs, values, values, values, values, (all, flow, first, second, item) => {
      const step = stepWith(all, Object.keys(flow))
      const data: FlowData = {
        flow: Object.values(flow),
        clock: { now: () => 0 },
        steps: [first, second],
        own: undefined
      }
      const locals = { values: { item }, outer: undefined }
      const made = madeBy(() => plain(step.fixed, 'fixed')(step, data, locals))
      expect(madeBy(() => generated(step.fixed, 'fixed')(step, data, locals))).toStrictEqual(made)
      const moved = { ...step, fixed: [], dynamic: step.fixed }
      expect(madeBy(() => generated(step.fixed, 'dynamic')(moved, data, locals))).toStrictEqual(made)
    }),
    { runs: 2000 }
  )
})

it('shares a function between steps that read the same names', () => {
  const makers = inputMakers(readInput)
  const reading = (type: ValueType, from: string): ReturnType<typeof makers> =>
    makers(stepWith([{ name: 'x', type, required: false, from, source: 'y' }]).fixed, 'fixed')
  expect(reading('Number', 'steps.first')).toBe(reading('Number', 'steps.second'))
  expect(reading('Number', 'steps.first')).not.toBe(reading('Number', 'flow'))
  expect(reading('Number', 'steps.first')).not.toBe(reading('Text', 'steps.first'))
})
