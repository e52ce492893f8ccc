import { describe, expect, it } from 'vitest'
import { type Resumed, StepFailure, type Value, type ValueRecord } from '../../model/index.ts'
import { tryStep } from '../stepTrial.ts'
import { script } from './script.ts'

describe('Script', () => {
  it('gives what the sandbox gives, and asks it the same again after a restart', async () => {
    const asked: [string, ValueRecord][] = []
    const run = (source: string, data: ValueRecord): Promise<Value> => {
      asked.push([source, data])
      return Promise.resolve(7)
    }
    const resumed: Resumed = { items: new Map(), again: new Set(), inDoubt: new Map() }
    const options = { inputs: { Input: 6 }, settings: { Script: 'input + 1' }, script: run }
    for (const more of [{}, { resumed }])
      expect(await tryStep(script, { ...options, ...more }).transition).toMatchObject({ outputs: { Result: 7 } })
    expect(asked).toEqual([
      ['input + 1', { input: 6 }],
      ['input + 1', { input: 6 }]
    ])
  })

  it('fails as the sandbox says', async () => {
    const trial = tryStep(script, { script: () => Promise.reject(new StepFailure('script-timeout', 'Too long.')) })
    await expect(trial.transition).rejects.toMatchObject({ code: 'script-timeout' })
  })
})
