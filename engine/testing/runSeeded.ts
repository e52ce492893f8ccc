import type { Services, StepContext, Value } from '../model/index.ts'
import type { RunEvent, RunFlows } from '../run/journal/event.ts'
import { memoryJournal } from '../run/journal/journal.ts'
import { seededRandom } from '../run/schedule/seededRandom.ts'
import { seededSchedule } from '../run/schedule/seededSchedule.ts'
import { startFlow } from '../run/startFlow.ts'
import { testSteps } from './runInMemory.ts'
import { virtualClock } from './virtualClock.ts'

/** A run on a virtual clock in which nothing is left to chance but what a seed draws. Work takes a second. */
export interface SeededRun {
  /** The first one is called. */
  readonly flows: RunFlows
  /** Draws the order of threads and the numbers of `services.random`. Undefined: threads go on as they are woken. */
  readonly seed: number | undefined
}

const unused = (): never => {
  throw new Error('A seeded run has no such service')
}

/** The events of the run, until nothing is due any more. */
export async function runSeeded({ flows, seed }: SeededRun): Promise<readonly RunEvent[]> {
  const clock = virtualClock()
  const journal = memoryJournal()
  const services: Services = {
    clock,
    random: seededRandom(seed === undefined ? 0 : ~seed),
    documents: { readText: unused, add: unused, copy: unused },
    mail: { send: unused },
    script: { run: unused }
  }
  startFlow({
    run: 'r',
    flow: Object.keys(flows)[0] ?? '',
    flows,
    inputs: {},
    definitions: testSteps(waitASecond),
    services,
    journal,
    ...(seed !== undefined && { schedule: seededSchedule(seed, clock) })
  })
  await clock.run()
  return journal.events
}

async function waitASecond({ inputs, services, signal }: StepContext): Promise<Value> {
  await services.clock.sleep(1000, signal)
  return inputs['In'] ?? null
}
