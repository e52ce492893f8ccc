import { describe, expect, test } from 'vitest'
import { filledFlow } from '../../testing/filledFlow.ts'
import { builtInSteps } from '../../steps/index.ts'
import { surveyFlow } from '../survey.ts'
import { availabilityIn } from './availability.ts'
import { availableData } from './availableData.ts'
import type { Mapping, Step, Value } from '../../model/index.ts'

const lookup = { flowAt: () => undefined }
type Extras = Parameters<typeof filledFlow>[1]

/** What a path is at a step: 'Number, always', or undefined when it is not offered there. */
function at(step: string, path: string, text: string, extras: Extras = {}): string | undefined {
  const found = availableData(filledFlow(text, extras), builtInSteps, lookup, step).find((one) => one.path === path)
  return found && `${found.type}, ${found.availability}`
}

const read = 'steps.Read Text File 1.Text'
const other = 'steps.Read Text File 2.Text'

describe('outputs', () => {
  const mapped = (outputs: NonNullable<Step['outputs']>): Extras => ({
    variables: [{ name: 'Letter', type: 'Text' }],
    steps: { 'Read Text File 1': { outputs } }
  })
  const text = 'Start -> Read Text File 1 -> Log -> End Step'

  test('that are renamed are offered under their new names only', () => {
    const extras = mapped({ Text: { kind: 'rename', name: 'DrawnBody' } })
    expect(at('Log', 'steps.Read Text File 1.DrawnBody', text, extras)).toBe('Text, always')
    expect(at('Log', read, text, extras)).toBeUndefined()
  })

  test('that go nowhere are not offered', () => {
    expect(at('Log', read, text, mapped({ Text: { kind: 'nothing' } }))).toBeUndefined()
  })

  test('that go into a variable are offered as that', () => {
    const extras = mapped({ Text: { kind: 'set', variable: 'Letter' } })
    expect(at('Log', read, text, extras)).toBeUndefined()
    expect(at('Log', 'flow.Letter', text, extras)).toBe('Text, always')
    expect(at('Read Text File 1', 'flow.Letter', text, extras)).toBe('Text, some')
  })

  test('are not there behind No Data', () => {
    const paths = `${text}\nRead Text File 1 -[No Data]-> Log 2 -> End Step`
    const extras = { steps: { 'Read Text File 1': { noData: true } } }
    expect(at('Log 2', read, paths, extras)).toBeUndefined()
    expect(at('End Step', read, paths, extras)).toBe('Text, some')
  })
})

describe('variables', () => {
  const text = 'Start -> If -> Set Value -> Log\nIf -[False]-> Log -> End Step'
  const extras = (initial?: number): Extras => ({
    variables: [{ name: 'Sum', type: 'Number', ...(initial !== undefined && { initial }) }],
    steps: { 'Set Value': { settings: { Variable: 'Sum' }, inputs: { Value: { kind: 'constant', value: 1 } } } }
  })

  test('with a value to begin with are always there', () => {
    expect(at('Start', 'flow.Sum', text, extras(0))).toBe('Number, always')
  })

  test('are there for certain where every way sets them', () => {
    expect(at('Log', 'flow.Sum', text, extras())).toBe('Number, some')
    expect(at('Log', 'flow.Sum', 'Start -> Set Value -> Log -> End Step', extras())).toBe('Number, always')
  })
})

describe('a variable that a step sets to nothing', () => {
  const setting = (value?: Mapping): Partial<Step> => ({
    settings: { Variable: 'Sum' },
    inputs: value ? { Value: value } : {}
  })
  const sets = (value: Mapping | undefined, initial: Value = 0): Extras => ({
    variables: [{ name: 'Sum', type: 'Number', initial }],
    steps: { 'Set Value': setting(value), 'Set Value 2': setting({ kind: 'constant', value: 1 }) }
  })
  const nothing: Mapping = { kind: 'null' }
  const line = 'Start -> Set Value -> Log -> Set Value 2 -> Log 2 -> End Step'
  const sum = (step: string, text = line, extras: Extras = sets(nothing)): string => {
    const availability = availabilityIn(surveyFlow(filledFlow(text, extras).flow, builtInSteps, lookup))
    return availability.of(step, { kind: 'variable', name: 'Sum' })
  }

  test.each<[string, Mapping | undefined]>([
    ['Null', nothing],
    ['Ignore', { kind: 'ignore' }],
    ['Unset', { kind: 'unset' }],
    ['no mapping at all', undefined],
    ['a Constant that is null', { kind: 'constant', value: null }],
    ['the Expression null', { kind: 'expression', source: ' null ' }]
  ])('by %s has none until it is set again', (_, mapping) => {
    for (const initial of [0, null]) {
      const extras = sets(mapping, initial)
      expect(sum('Set Value', line, extras)).toBe(initial === null ? 'never' : 'always')
      expect(['Log', 'Set Value 2', 'Log 2'].map((step) => sum(step, line, extras))).toEqual([
        'never',
        'never',
        'always'
      ])
    }
  })

  test('on one of two ways may have one', () => {
    expect(sum('Log', 'Start -> If -> Set Value -> Log -> End Step\nIf -[False]-> Log')).toBe('some')
  })

  test('in a loop may have one in the next round, and after it', () => {
    const loop = 'Start -> While -[Loop]-> Log -> Set Value\nWhile -[Done]-> Log 2 -> End Step'
    expect(['While', 'Log', 'Log 2'].map((step) => sum(step, loop))).toEqual(['some', 'some', 'some'])
    const async = 'Start -> While -[Loop]-> Set Value -> Go Async\nWhile -[Done]-> End Step'
    expect(sum('While', async)).toBe('some')
  })

  test('on a path of a Parallel may have one on the other, and after the Join', () => {
    const paths =
      'Start -> Parallel -[Path 1]-> Set Value -> Join -> Log -> End Step\nParallel -[Path 2]-> Log 2 -> Join'
    expect(['Log 2', 'Log'].map((step) => sum(step, paths))).toEqual(['some', 'some'])
  })

  test('may have one where a failure is caught', () => {
    const caught = 'Start -> Set Value -> Log -> End Step\nCatch Exception -> Log 2'
    expect(sum('Log 2', caught)).toBe('some')
  })

  test('by a step that is disabled keeps what it has', () => {
    const disabled = { ...sets(nothing), steps: { 'Set Value': { ...setting(nothing), disabled: true } } }
    expect(sum('Log', line, disabled)).toBe('always')
  })
})

describe('bodies', () => {
  const text = 'Start -> For Each -[Each]-> Read Text File 1 -> Log -> For Each -[Done]-> Log 2 -> End Step'
  const items = (path: string): Extras => ({
    inputs: [{ name: 'People', type: 'List of Email' }],
    steps: { 'For Each': { inputs: { Items: { kind: 'select', path } }, settings: { 'Item name': 'person' } } }
  })

  test('add their values until the way comes back to the loop', () => {
    expect(at('Log', 'person', text, items('flow.People'))).toBe('Email, always')
    expect(at('Log', 'index', text)).toBe('Number, always')
    expect(at('Log 2', 'person', text, items('flow.People'))).toBeUndefined()
    expect(at('For Each', 'person', text, items('flow.People'))).toBeUndefined()
  })

  test('give items of the type that the list has, where it is known', () => {
    expect(at('Log', 'item', text)).toBe('Text, always')
    const script: Extras = { steps: { 'For Each': { inputs: { Items: { kind: 'script', source: 'return []' } } } } }
    expect(at('Log', 'item', text, script)).toBe('Any, always')
    const sum: Extras = { steps: { 'For Each': { inputs: { Items: { kind: 'expression', source: 'range(1, 3)' } } } } }
    expect(at('Log', 'item', text, sum)).toBe('Number, always')
  })

  test('may have run or not when the loop is done', () => {
    expect(at('Log', read, text)).toBe('Text, always')
    expect(at('Log 2', read, text)).toBe('Text, some')
  })

  test('give nothing yet when the loop begins, but in the next round', () => {
    expect(at('For Each', read, text)).toBeUndefined()
    const round = 'Start -> While -[Loop]-> Read Text File 1\nWhile -[Done]-> End Step'
    expect(at('While', read, round)).toBe('Text, some')
    expect(at('Read Text File 1', read, round)).toBe('Text, some')
  })

  test('end at an outcome that is not connected', () => {
    const open = 'Start -> Repeat -[Loop]-> Read Text File 1\nRepeat -[Done]-> Log -> End Step'
    expect(at('Log', read, open)).toBe('Text, some')
    expect(at('Log', 'index', open)).toBeUndefined()
  })

  test('inside others hide values of the same name', () => {
    const nested =
      'Start -> For Each 1 -[Each]-> For Each 2 -[Each]-> Log 2\nFor Each 2 -[Done]-> Log 1\nFor Each 1 -[Done]-> End Step'
    const extras: Extras = {
      steps: { 'For Each 2': { inputs: { Items: { kind: 'constant', value: [1, 2] } } } }
    }
    expect(at('Log 2', 'item', nested, extras)).toBe('Number, always')
    expect(at('Log 1', 'item', nested, extras)).toBe('Text, always')
  })
})

describe('after a Join', () => {
  const text = `Start -> Parallel -[Path 1]-> Read Text File 1 -> Join -> Log -> End Step
    Parallel -[Path 2]-> Read Text File 2 -> Join`

  test('that waits for all paths there is what each of them gives', () => {
    expect([at('Log', read, text), at('Log', other, text)]).toEqual(['Text, always', 'Text, always'])
  })

  test('that waits for some, only what comes before the Parallel is certain', () => {
    const any: Extras = { steps: { Join: { settings: { 'Wait for': 'Any' } } } }
    expect(at('Log', read, text, any)).toBe('Text, some')
    const both: Extras = { steps: { Join: { settings: { 'Wait for': 'Count', Count: 2 } } } }
    expect(at('Log', read, text, both)).toBe('Text, always')
  })

  test('what a path gives is not certain when it may go to the background', () => {
    const async = text.replace('Path 2]-> ', 'Path 2]-> If -> Go Async -> Log 3\nIf -[False]-> ')
    expect(at('Log', other, async)).toBe('Text, some')
    expect(at('Log', read, async)).toBe('Text, always')
  })

  test('on one path, what another gives may be there already', () => {
    expect(at('Read Text File 2', read, text)).toBe('Text, some')
    expect(at('Read Text File 2', other, text)).toBeUndefined()
  })

  test('of paths in paths, both Joins count', () => {
    const nested = `Start -> Parallel 1 -[Path 1]-> Parallel 2 -[Path 1]-> Read Text File 1 -> Join 2 -> Join 1 -> Log -> End Step
      Parallel 2 -[Path 2]-> Read Text File 2 -> Join 2
      Parallel 1 -[Path 2]-> Log 3 -> Join 1`
    expect([at('Log', read, nested), at('Log', other, nested)]).toEqual(['Text, always', 'Text, always'])
    expect(at('Log 3', read, nested)).toBe('Text, some')
  })
})

describe('what catches', () => {
  test('Catch Exception is sure of nothing of the part that failed', () => {
    const text = `Start -> Read Text File 1 -> Read Text File 2 -> End Step\nCatch Exception -> Log -> End Step`
    expect(at('Log', read, text)).toBe('Text, some')
    expect(at('Log', 'steps.Catch Exception.Error', text)).toBe('Record, always')
    const named: Extras = {
      steps: { 'Catch Exception': { settings: { Catches: 'By step', Steps: ['Read Text File 2'] } } }
    }
    expect(at('Log', read, text, named)).toBe('Text, always')
    expect(at('Log', other, text, named)).toBeUndefined()
  })

  test('Catch Exception has left all bodies', () => {
    const text = `Start -> For Each -[Each]-> Read Text File 1\nFor Each -[Done]-> End Step\nCatch Exception -> Log`
    expect(at('Log', 'item', text)).toBeUndefined()
  })

  test('Catch Outcome knows what the step gave that led to it', () => {
    const text = `Start -> Read Text File 1 -> Log\nCatch Outcome -> End Step`
    expect(at('Catch Outcome', read, text)).toBe('Text, always')
  })

  test('On Exception of a loop comes after some of its body', () => {
    const text = `Start -> For Each -[Each]-> Read Text File 1 -> Log 1\nFor Each -[On Exception]-> Log 2 -> End Step`
    expect(at('Log 2', read, text)).toBe('Text, some')
  })
})

test('a jump takes along what there is', () => {
  const text = 'Start -> Read Text File 1 -> GoTo\nStart 2 -> Log -> End Step'
  const jump: Extras = { steps: { GoTo: { settings: { Step: 'Log' } } } }
  expect(at('Log', read, text, jump)).toBe('Text, always')
})
