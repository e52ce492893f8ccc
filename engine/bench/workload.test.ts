import { describe, expect, it } from 'vitest'
import { checkFlow, type Flow, memoryJournal, type RunEvent } from '../index.ts'
import { benchDefinitions } from './definitions.ts'
import { backgroundFlow, branchFlow, chainFlow, fanOutFlow, forEachFlow, loopFlow } from './flows.ts'
import { type JournalSource, journalSource } from './journalSource.ts'
import { measure } from './measure.ts'
import { type Workload, workloads } from './workload.ts'

const effort = { warm: 1, cap: 1, reps: 2 }
const flows = [chainFlow(3), loopFlow(3), forEachFlow(), branchFlow(3), fanOutFlow(), backgroundFlow([1, 2])]

describe.each(workloads)('$name', (workload) => {
  it.each(['full', 'summary'] as const)('gives what it should with recording %s', async (recording) => {
    const journals = await journalSource(workload.host)
    try {
      const measured = await measure(workload, 7, recording, journals, effort)
      expect(measured).toMatchObject({ workload: workload.name, n: 7, recording, host: workload.host })
      expect(measured.perSec).toBeGreaterThan(0)
    } finally {
      await journals.close()
    }
  })
})

describe('the flows of the benchmark', () => {
  it.each(flows)('$name has no errors', (flow: Flow) => {
    const surroundings = { flowAt: () => undefined }
    const problems = checkFlow({ flow, layout: {} }, benchDefinitions, surroundings)
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  })
})

describe('what is timed', () => {
  const stepsOf = (events: readonly RunEvent[]): Map<string, number> => {
    const counts = new Map<string, number>()
    for (const event of events)
      if (event.event === 'StepCompleted') counts.set(event.step, (counts.get(event.step) ?? 0) + 1)
    return counts
  }
  const eventsOf = async (name: string, n: number): Promise<readonly RunEvent[]> => {
    const journal = memoryJournal()
    const nothing = (): Promise<void> => Promise.resolve()
    const journals: JournalSource = { host: 'memory', prepare: nothing, next: () => journal, close: nothing }
    const job = workloads.find((one) => one.name === name)?.prepare(n, journals, 'full')
    if (job?.kind !== 'rate') throw new Error(`${name} is no workload with a rate`)
    await job.run()
    return journal.events
  }

  it('is n steps in W1', async () => {
    const steps = stepsOf(await eventsOf('W1', 5))
    expect([...steps.keys()]).toEqual(['start', 'add-1', 'add-2', 'add-3', 'add-4', 'add-5', 'end'])
  })

  it('is two body steps for each item in W2, W2each and W7', async () => {
    for (const name of ['W2', 'W2each', 'W7'])
      expect(Object.fromEntries(stepsOf(await eventsOf(name, 5)))).toMatchObject({ read: 5, add: 5 })
  })

  it('is a decision and one of two steps in W4, in turns', async () => {
    expect(Object.fromEntries(stepsOf(await eventsOf('W4', 5)))).toMatchObject({ decide: 6, even: 3, odd: 2 })
  })

  it('is a thread for each branch in W5', async () => {
    const events = await eventsOf('W5', 5)
    expect(events.filter((event) => event.event === 'ThreadStarted' && event.kind === 'branch')).toHaveLength(5)
  })
})

describe('measuring', () => {
  it('refuses a wrong result', async () => {
    const journals = await journalSource('memory')
    const wrong: Workload = {
      name: 'wrong',
      unit: 'run',
      n: 1,
      recording: 'full',
      host: 'memory',
      prepare: () => ({ kind: 'rate', units: 1, expected: 2, run: () => Promise.resolve({ value: 1 }) })
    }
    await expect(measure(wrong, 1, 'full', journals, effort)).rejects.toThrow('The run gave 1, and 2 was expected.')
  })
})
