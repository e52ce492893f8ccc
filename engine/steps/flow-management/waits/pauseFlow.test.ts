import { describe, expect, it } from 'vitest'
import { Cancelled } from '../../../model/index.ts'
import { tryStep, type TrialOptions } from '../../stepTrial.ts'
import { pauseFlow } from './pauseFlow.ts'

const moment = (milliseconds: number) => ({ $type: 'Date', iso: new Date(milliseconds).toISOString() }) as const

/** How long the step pauses, in milliseconds. */
async function pauseOf(options: TrialOptions): Promise<number> {
  const trial = tryStep(pauseFlow, options)
  expect(await trial.transition).toEqual({ kind: 'exit', outcome: 'Resume', outputs: {} })
  return trial.clock.elapsed()
}

const forSeconds = (seconds: number, startedAt?: number): Promise<number> =>
  pauseOf({ inputs: { Seconds: seconds }, ...(startedAt !== undefined && { startedAt }) })

describe('Pause Flow', () => {
  it('waits for seconds, or until a moment', async () => {
    expect(await forSeconds(1.5)).toBe(1500)
    expect(await forSeconds(0)).toBe(0)
    const settings = { Wait: 'Until a moment' }
    expect(await pauseOf({ settings, inputs: { Moment: moment(2500) } })).toBe(2500)
    expect(await pauseOf({ settings, inputs: { Moment: moment(-1) } })).toBe(0)
  })

  it('counts from when it began, also when the program ended in between', async () => {
    expect(await forSeconds(10, -4000)).toBe(6000)
    expect(await forSeconds(10, -10_000)).toBe(0)
    expect(await forSeconds(10, -86_400_000)).toBe(0)
  })

  it('is no longer than it should be when the clock was set back', async () => {
    expect(await forSeconds(10, 86_400_000)).toBe(10_000)
  })

  it('ends at once when it is cancelled', async () => {
    const trial = tryStep(pauseFlow, { inputs: { Seconds: 60 } })
    trial.cancel.cancel()
    await expect(trial.transition).rejects.toBeInstanceOf(Cancelled)
  })
})
