import { describe, expect, it } from 'vitest'
import { type Step, settingsOf } from '../../../model/index.ts'
import { waitForFirstSignal } from './waitForFirstSignal.ts'

const withSettings = (settings: Step['settings']): Step => {
  return { id: 'wait', type: waitForFirstSignal.type, name: 'Wait', settings, inputs: {} }
}
const surroundings = {
  flow: { id: 'f', name: 'F', inputs: [], outputs: [], steps: [], connections: [] },
  flowAt: () => undefined
}

/** What it waits for, and its outcomes. */
const namesOf = (settings: Step['settings']): readonly (readonly string[] | undefined)[] => {
  const step = withSettings(settings)
  return [
    waitForFirstSignal.waitsForSignals?.({}, settingsOf(waitForFirstSignal, step)),
    Object.keys(waitForFirstSignal.dynamicOutcomes?.(step, surroundings) ?? {})
  ]
}

describe('Wait for First Signal', () => {
  it('has an outcome for each signal that it waits for, also as it is placed', () => {
    expect(namesOf({})).toEqual([
      ['Approved', 'Rejected'],
      ['Approved', 'Rejected']
    ])
    expect(namesOf({ Signals: ['Paid', '', 'Paid'] })).toEqual([['Paid'], ['Paid']])
  })

  it('has one more when it gives up', () => {
    expect(namesOf({ Signals: ['Paid'], 'Give up after': 5 })).toEqual([['Paid'], ['Paid', 'Nothing Came']])
  })
})
