import { describe, expect, it } from 'vitest'
import { type DoubtHandling, type StepContext, StepFailure, type Transition, exit } from '../../model/index.ts'
import { withCustom } from '../../testing/customStep.ts'
import { flowFromText } from '../../testing/flowFromText.ts'
import { tryRun } from '../../testing/trialRun.ts'
import type { RunEvent } from '../journal/event.ts'

const done = exit('Done', { Out: null })
const refused = (): never => {
  throw new StepFailure('refused', 'Refused.')
}
type Known = { readonly items: number[]; readonly inDoubt: [number, DoubtHandling][] } | undefined

/**
 * Runs a Custom step that is tried three times, a minute apart; answers what each attempt knew of those before. `for`: after
 * how many milliseconds its process ends.
 */
async function attemptsOf(
  attempt: (context: StepContext) => Promise<Transition>,
  options: { before?: readonly RunEvent[]; for?: number; inDoubt?: DoubtHandling; timeout?: number } = {}
): Promise<{ readonly known: readonly Known[]; readonly events: readonly RunEvent[] }> {
  const known: Known[] = []
  const definitions = withCustom((context) => {
    const { resumed } = context
    known.push(resumed && { items: [...resumed.items.keys()], inDoubt: [...resumed.inDoubt] })
    return attempt(context)
  }, 'unsafe')
  const { timeout, ...trial } = options
  const main = flowFromText('Start -> Custom -> End Step', definitions, {
    steps: {
      Custom: { retry: { attempts: 3, wait: 60, factor: 1 }, ...(timeout !== undefined && { timeout }) }
    }
  })
  const { events } = await tryRun({ main }, { definitions, ...trial })
  return { known, events }
}

const upTo = (events: readonly RunEvent[], name: RunEvent['event']): readonly RunEvent[] =>
  events.slice(0, events.findIndex(({ event }) => event === name) + 1)

describe('What an attempt knows of those before it is the same after a resume', () => {
  it('where one had begun something and failed: that is no doubt', async () => {
    const attempt = async (context: StepContext): Promise<Transition> => {
      await context.begin({ index: 0, label: 'a' })
      return context.attempt === 1 ? refused() : done
    }
    const whole = await attemptsOf(attempt)
    const resumed = await attemptsOf(attempt, { before: upTo(whole.events, 'StepRetried'), inDoubt: 'skip' })
    expect(whole.known).toEqual([undefined, { items: [], inDoubt: [] }])
    expect(resumed.known).toEqual(whole.known.slice(1))
  })

  it('where one had ended an item without having said that it begins', async () => {
    const attempt = async (context: StepContext): Promise<Transition> => {
      context.progress({ done: 1, total: 1, item: { index: 0, label: 'a', state: 'done' } })
      return context.attempt === 1 ? refused() : done
    }
    const whole = await attemptsOf(attempt)
    const resumed = await attemptsOf(attempt, { before: upTo(whole.events, 'StepRetried') })
    expect(whole.known).toEqual([undefined, { items: [0], inDoubt: [] }])
    expect(resumed.known).toEqual(whole.known.slice(1))
  })

  it.each(['StepTimedOut', 'StepRetried'] as const)(
    'where the time of one was over: what it had begun is left out, whatever people say of the rest (%s)',
    async (last) => {
      const attempt = async (context: StepContext): Promise<Transition> => {
        if (context.attempt > 1) return done
        await context.begin({ index: 0, label: 'a' })
        await context.services.clock.sleep(9000, context.signal)
        return done
      }
      const whole = await attemptsOf(attempt, { timeout: 1 })
      const resumed = await attemptsOf(attempt, { timeout: 1, before: upTo(whole.events, last), inDoubt: 'retry' })
      expect(whole.known).toEqual([undefined, { items: [], inDoubt: [[0, 'skip']] }])
      expect(resumed.known).toEqual(whole.known.slice(1))
      const again = await attemptsOf(attempt, { timeout: 1, before: upTo(resumed.events, 'StepRetried') })
      expect(again.known).toEqual(whole.known.slice(1))
    }
  )
})

describe('What the end of a process has left in doubt', () => {
  const begunAndCutOff = async (): Promise<readonly RunEvent[]> =>
    (
      await attemptsOf(
        async (context) => {
          await context.begin({ index: 0, label: 'a' })
          await context.services.clock.sleep(9000, context.signal)
          return done
        },
        { for: 1000 }
      )
    ).events

  it('still is when the attempt that was told of it has failed, for as many attempts and processes as there are', async () => {
    const fails = async ({ attempt }: StepContext): Promise<Transition> => (attempt < 3 ? refused() : done)
    const before = await begunAndCutOff()
    const second = await attemptsOf(fails, { before, inDoubt: 'skip' })
    const leftOut = { items: [], inDoubt: [[0, 'skip']] }
    expect(second.known).toEqual([leftOut, leftOut, leftOut])
    const third = await attemptsOf(fails, { before: upTo(second.events, 'StepRetried'), inDoubt: 'retry' })
    expect(third.known).toEqual([leftOut, leftOut])
  })

  it('is what people have said of it last, while the attempt is the same', async () => {
    const waits = async ({ services, signal }: StepContext): Promise<Transition> => {
      await services.clock.sleep(9000, signal)
      return done
    }
    const second = await attemptsOf(waits, { before: await begunAndCutOff(), inDoubt: 'skip', for: 1000 })
    const third = await attemptsOf(waits, { before: second.events, inDoubt: 'retry' })
    expect(third.known).toEqual([{ items: [], inDoubt: [[0, 'retry']] }])
  })
})
