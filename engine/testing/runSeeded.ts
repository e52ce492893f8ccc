import type { Services, StepContext, Value, ValueRecord } from '../model/index.ts'
import type { RunEvent, RunFlows } from '../run/journal/event.ts'
import { memoryJournal } from '../run/journal/journal.ts'
import type { Schedule } from '../run/schedule/schedule.ts'
import { resumeFlow } from '../run/replay/resumeFlow.ts'
import { seededSchedule } from '../run/schedule/seededSchedule.ts'
import { seededRandom } from '../run/schedule/seededRandom.ts'
import { startFlow } from '../run/startFlow.ts'
import { testSteps } from './runInMemory.ts'
import { type VirtualClock, virtualClock } from './virtualClock.ts'

/** A run on a virtual clock in which nothing is left to chance but what a seed draws. */
export interface SeededRun {
  /** The first one is called. */
  readonly flows: RunFlows
  readonly inputs?: ValueRecord
  /** Draws the order of threads and the numbers of `services.random`. Undefined: threads go on as they are woken. */
  readonly seed: number | undefined
  /** The wall time at the beginning, in milliseconds since 1970. */
  readonly startsAt?: number
  /** What Work steps do; they wait a second unless given. */
  readonly work?: (context: StepContext) => Promise<Value>
  /** When the run is cancelled, in milliseconds. */
  readonly cancelAt?: number
  /** The events of the process before; the run is resumed from there, and its threads go on as they are woken. */
  readonly before?: readonly RunEvent[]
}

const unused = (): never => {
  throw new Error('A seeded run has no such service')
}

/** The events of the run, until nothing is due any more; those that are added to `before`. */
export async function runSeeded(run: SeededRun): Promise<readonly RunEvent[]> {
  const { flows, inputs = {}, seed, startsAt, work = waitASecond, cancelAt, before = [] } = run
  const clock = virtualClock(startsAt)
  const passed = before.at(-1)?.at ?? 0
  clock.pass(passed)
  const journal = memoryJournal()
  const services: Services = {
    clock,
    random: seededRandom(seed === undefined ? 0 : ~seed),
    documents: { readText: unused, add: unused, copy: unused },
    mail: { send: unused },
    script: { run: unused }
  }
  const options = { definitions: testSteps(work), services, journal }
  const handle =
    before.length === 0
      ? startFlow({
          run: 'r',
          flow: Object.keys(flows)[0] ?? '',
          flows,
          inputs,
          ...options,
          ...scheduleOf(seed, clock)
        })
      : await resumeFlow({ events: before, inDoubt: 'retry', ...options })
  if (cancelAt !== undefined && (passed === 0 || cancelAt > passed))
    clock.after(cancelAt - passed, () => {
      handle.cancel()
    })
  await clock.run()
  return journal.events
}

const scheduleOf = (seed: number | undefined, clock: VirtualClock): { schedule?: Schedule } =>
  seed === undefined ? {} : { schedule: seededSchedule(seed, clock) }

async function waitASecond({ inputs, services, signal }: StepContext): Promise<Value> {
  await services.clock.sleep(1000, signal)
  return inputs['In'] ?? null
}
