import { describe, expect, test } from 'vitest'
import type { Flow, Step } from '../../model/index.ts'
import { builtInSteps } from '../../steps/index.ts'
import { filledFlow } from '../../testing/filledFlow.ts'
import { checkFlow } from '../checkFlow.ts'
import type { Problem } from '../problem.ts'

/** Flows by path, written as filledFlow takes them; a step `Run Flow <path>` runs the flow there. */
type Flows = Readonly<Record<string, string>>

const noSteps: Readonly<Record<string, Partial<Step>>> = {}

function flowsOf(texts: Flows, steps = noSteps): ReadonlyMap<string, Flow> {
  return new Map(
    Object.entries(texts).map(([path, text]) => {
      const calls = [...text.matchAll(/(?:Run Flow|Start Linked Flow Async) (\S+\.json)/g)].map(
        ([name, called = '']) => {
          return [name, { ...steps[name], settings: { Flow: called } }] as const
        }
      )
      const { flow } = filledFlow(text, { name: path, steps: { ...steps, ...Object.fromEntries(calls) } })
      return [path, flow]
    })
  )
}

/** The steps of `a.json` of which the checker says that they make the flow run itself for ever. */
function told(texts: Flows, steps = noSteps): string[] {
  return problemsOf(texts, steps).map(({ step = '' }) => step)
}

function problemsOf(texts: Flows, steps = noSteps): Problem[] {
  const flows = flowsOf(texts, steps)
  const lookup = { flowAt: (path: string) => flows.get(path) }
  const problems = checkFlow({ flow: flows.get('a.json')!, layout: {} }, builtInSteps, lookup)
  expect(problems.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual([])
  return problems.filter(({ code }) => code === 'flow-recursive')
}

const straight = (path: string): string => `Start -> Run Flow ${path} -[End Step]-> End Step`
const decided = (path: string): string =>
  `Start -> If -[True]-> Run Flow ${path} -[End Step]-> End Step\nIf -[False]-> End Step`

describe('a flow that runs itself', () => {
  test('behind a decision is right, with no way past it is not', () => {
    expect(told({ 'a.json': decided('a.json') })).toEqual([])
    expect(told({ 'a.json': straight('a.json') })).toEqual(['Run Flow a.json'])
    const both = 'Start -> If -[True]-> Run Flow a.json -[End Step]-> End Step\nIf -[False]-> Log -> Run Flow a.json'
    expect(told({ 'a.json': both })).toEqual(['Run Flow a.json'])
  })

  test.each<[string, string, boolean]>([
    [
      'in a loop, which may have nothing to go round for',
      'Start -> For Each -[Each]-> Run Flow a.json\nFor Each -[Done]-> End Step',
      false
    ],
    [
      'after a loop',
      'Start -> For Each -[Each]-> Log\nFor Each -[Done]-> Run Flow a.json -[End Step]-> End Step',
      true
    ],
    [
      'on a path of a Parallel',
      'Start -> Parallel -[Path 1]-> Run Flow a.json -[End Step]-> Join -> End Step\nParallel -[Path 2]-> Log -> Join',
      true
    ],
    [
      'behind a decision on a path of a Parallel',
      'Start -> Parallel -[Path 1]-> If -[True]-> Run Flow a.json -[End Step]-> Join -> End Step\nIf -[False]-> Join\nParallel -[Path 2]-> Log -> Join',
      false
    ],
    [
      'after a Join',
      'Start -> Parallel -[Path 1]-> Log -> Join -> Run Flow a.json -[End Step]-> End Step\nParallel -[Path 2]-> Join',
      true
    ],
    ['in the background', 'Start -> Go Async -> Run Flow a.json -[End Step]-> End Step', true],
    ['as a linked flow', 'Start -> Start Linked Flow Async a.json -> End Step', true],
    [
      'after a step that may fail',
      'Start -> Read Text File -> Run Flow a.json -[End Step]-> End Step\nRead Text File -[On Exception]-> End Step',
      false
    ],
    [
      'with the guard as the only way out',
      'Start -> Run Flow a.json -[End Step]-> End Step\nRun Flow a.json -[On Exception]-> End Step',
      true
    ]
  ])('%s', (_, text, isTold) => {
    expect(told({ 'a.json': text }).length).toBe(isTold ? 1 : 0)
  })

  test('is not told of a call that is disabled', () => {
    expect(told({ 'a.json': straight('a.json') }, { 'Run Flow a.json': { disabled: true } })).toEqual([])
  })
})

describe('flows that run each other', () => {
  test('are right when one of them has a way out', () => {
    expect(told({ 'a.json': straight('b.json'), 'b.json': decided('a.json') })).toEqual([])
    expect(told({ 'a.json': decided('b.json'), 'b.json': straight('a.json') })).toEqual([])
    expect(told({ 'a.json': straight('b.json'), 'b.json': straight('a.json') })).toEqual(['Run Flow b.json'])
  })

  test('in circles of several, and in folders', () => {
    const circle = {
      'a.json': straight('sub/b.json'),
      'sub/b.json': straight('../c.json'),
      'c.json': straight('a.json')
    }
    expect(problemsOf(circle).map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
      'warning: “Run Flow sub/b.json” makes the flow run itself, again and again: a.json → sub/b.json → c.json → a.json. No way leads from Start to an end without that. Let a decision, such as If, lead past it.'
    ])
    expect(told({ ...circle, 'c.json': decided('a.json') })).toEqual([])
    expect(told({ ...circle, 'c.json': decided('sub/b.json') })).toEqual([])
  })

  test('are not blamed for what a flow does that never comes back', () => {
    expect(told({ 'a.json': straight('b.json'), 'b.json': straight('b.json') })).toEqual([])
  })
})
