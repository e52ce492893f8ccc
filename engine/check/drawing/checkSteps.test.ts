import { describe, expect, test } from 'vitest'
import { type FlowDocument, noData, onException, outcomesOf } from '../../model/index.ts'
import { builtInSteps } from '../../steps/index.ts'
import { filledFlow } from '../../testing/filledFlow.ts'
import { check } from '../../testing/trialCheck.ts'

function found(document: FlowDocument): string[] {
  return check(document).map(({ severity, code, step }) => `${severity} ${code} at ${step ?? ''}`)
}

describe('a flow replies', () => {
  test('at an End Step that it comes to, or at a Go Async', () => {
    expect(found(filledFlow('Start -> Log\nEnd Step'))).toContain('error end-not-reached at Start')
    expect(found(filledFlow('Start -> Go Async -> Log\nEnd Step'))).toEqual(['warning outcome-open at Log'])
  })

  test('at no Go Async that is disabled or that it does not come to', () => {
    const disabled = filledFlow('Start -> Go Async -> Log\nEnd Step', { steps: { 'Go Async': { disabled: true } } })
    expect(found(disabled)).toContain('error end-not-reached at Start')
    expect(found(filledFlow('Start -> Log\nGo Async -> Log 2\nEnd Step'))).toContain('error end-not-reached at Start')
  })

  test('with an End Step that only a Go Async names, which is not to be removed', () => {
    const text = 'Start -> Go Async -> Log\nDone\nOther'
    const settings = { 'Go Async': { settings: { 'Caller outcome': 'Done' } } }
    const ends = { Done: { type: 'end' }, Other: { type: 'end' } }
    expect(found(filledFlow(text, { steps: { ...settings, ...ends } }))).toEqual([
      'warning outcome-open at Log',
      'warning step-unreachable at Other'
    ])
  })
})

describe('the name of an End Step', () => {
  const named = (name: string): FlowDocument => {
    const { flow, layout } = filledFlow('Start -> End Step')
    return {
      flow: { ...flow, steps: flow.steps.map((step) => (step.type === 'end' ? { ...step, name } : step)) },
      layout
    }
  }

  test.each([
    ['', 'step-name-empty'],
    ['  ', 'step-name-empty'],
    [onException, 'end-name-reserved'],
    [noData, 'end-name-reserved'],
    [`${noData} `, 'end-name-reserved']
  ])('cannot be “%s”: it is renamed', (name, code) => {
    const [problem, another] = check(named(name))
    expect([problem?.severity, problem?.code, another]).toEqual(['error', code, undefined])
    expect(problem?.fixes.map(({ title }) => title)).toEqual(['Rename it to “End Step”'])
    expect(found(problem!.fixes[0]!.apply(named(name)))).toEqual([])
  })

  test('never gives a step two outcomes of one name, and is that of Run Flow if the checker has nothing to say', () => {
    for (const name of ['Done', 'Each', 'Loop', 'True', 'Error', onException, noData, '__proto__', 'toString', '0']) {
      const child = named(name)
      const isRight = found(child).length === 0
      for (const definition of builtInSteps) {
        const step = {
          id: 's',
          name: 's',
          type: definition.type,
          settings: { Flow: 'child' },
          inputs: {},
          noData: true
        }
        const surroundings = { flow: child.flow, flowAt: () => child.flow }
        const names = outcomesOf(definition, step, surroundings).map((outcome) => outcome.name)
        expect(new Set(names).size).toBe(names.length)
        if (isRight && definition.type === 'run-flow') expect(names).toEqual([name, noData, onException])
      }
    }
  })
})
