import {
  type CancelSignal,
  Cancelled,
  type Clock,
  type Documents,
  type MailService,
  type ScriptService,
  type Services,
  type StepContext,
  type StepDefinition,
  StepFailure,
  type Value,
  valueAt,
  wholeStep
} from '../../../model/index.ts'
import { testSteps } from '../../runInMemory.ts'
import { dice, lengthOf } from '../flows/dice.ts'
import type { RandomRun } from '../flows/randomRun.ts'
import { valueOfSource } from '../flows/valueOfSource.ts'
import type { DocumentAdded, Effect } from './carried.ts'

/** The world outside a run, as one process sees it. */
export interface World {
  readonly clock: Clock
  readonly run: RandomRun
  /** Whether scripts take a while; else they come back at the moment at which they were begun. */
  readonly slowScripts: boolean
  /** What was done so far, by earlier processes too. */
  readonly effects: () => readonly Effect[]
  readonly did: (effect: Effect) => void
  /** Which of all tries under `key` the one is that began then, from 1. */
  readonly nthTry: (key: string, startedAt: number) => number
}

/** The type of Work that must not be done twice. */
export const unsafeWork = 'unsafe-work'

/** The services of the world. */
export function servicesOf(world: World): Services {
  const { clock, run } = world
  return {
    clock,
    random: () => 0.5,
    documents: documentsOf(world),
    mail: mailOf(world),
    script: scriptsOf(world, run.seed)
  }
}

/** The built-in steps, and the two kinds of Work. */
export function definitionsOf(world: World): readonly StepDefinition[] {
  return testSteps((context) => work(world, context)).flatMap((definition): StepDefinition[] =>
    definition.type === 'work'
      ? [
          { ...definition, effect: 'idempotent' },
          { ...definition, type: unsafeWork, effect: 'unsafe' }
        ]
      : [definition]
  )
}

async function work({ clock, run, did, nthTry }: World, context: StepContext): Promise<Value> {
  const { inputs, signal, startedAt, resumed, step } = context
  const key = context.key.slice('r/'.length)
  const nth = nthTry(key, startedAt)
  const { takes, fails } = run.work(key, nth)
  const unsafe = step.type === unsafeWork
  const leftOut = resumed?.inDoubt.get(wholeStep) === 'skip'
  if (unsafe && !leftOut) await context.begin()
  await clock.sleep(startedAt + takes - clock.now(), signal)
  const input = inputs['In'] ?? null
  if (!leftOut) did({ kind: 'work', id: `${key} ${nth}`, input, unsafe, step: step.id, now: clock.now() })
  if (fails !== undefined) throw new StepFailure(fails, fails)
  return input
}

/** The process folder: a name in use gets a number. */
function documentsOf({ effects, did }: World): Documents {
  const unused = (): never => {
    throw new Error('Random flows only write documents')
  }
  return {
    readText: unused,
    copy: unused,
    add(name, text, key) {
      const isDocument = (effect: Effect): effect is DocumentAdded => effect.kind === 'document'
      const there = effects().filter(isDocument)
      const known = there.find((one) => one.key === key && one.text === text)
      let path = known?.name ?? name
      const isTaken = (): boolean => there.some((one) => one.name === path)
      if (!known) {
        for (let copy = 2; isTaken(); copy++) path = name.replace('.', ` (${copy}).`)
        did({ kind: 'document', name: path, text, key })
      }
      return Promise.resolve({ $type: 'File', path, name: path, size: text.length })
    }
  }
}

/**
 * A mail server: it takes its time, refuses some mails, breaks off in the midst of others, which it may have taken, and is
 * out of reach now and then. Who stops waiting for it does not know whether it took the mail.
 */
function mailOf({ clock, run, did, nthTry }: World): MailService {
  return {
    async send({ messageId, subject }, _account, signal) {
      const drawn = dice(`${run.seed} ${messageId} ${nthTry(messageId, clock.now())}`)
      const inDoubt = typeof subject === 'string' ? subject : ''
      const take = (): void => did({ kind: 'mail', messageId, inDoubt })
      try {
        await clock.sleep(lengthOf(drawn), signal)
      } catch (error) {
        if (drawn % 2 === 0) take()
        throw error
      }
      const how = drawn % 11
      if (how === 0) throw new StepFailure('mail-server-unreachable', 'no answer')
      if (how === 1) throw new StepFailure('mail-refused', 'not known here')
      if (how !== 2) take()
      if (how === 2 || how === 3) throw new StepFailure('mail-in-doubt', 'broke off')
      return { messageId, refused: [] }
    }
  }
}

/** Scripts over the flow data; they may read the clock, so that one that is run again gives something else. */
function scriptsOf({ clock, slowScripts }: World, seed: number): ScriptService {
  return {
    async run(source, data, signal: CancelSignal) {
      if (slowScripts) await clock.sleep(1 + (dice(`${seed} ${source} ${clock.now()}`) % 1000), signal)
      else await Promise.resolve()
      if (signal.cancelled) throw new Cancelled()
      return valueOfSource(source, (path) => valueAt(data, path.split('.')), clock.now())
    }
  }
}
