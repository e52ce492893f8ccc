import { describe, expect, it } from 'vitest'
import {
  CancelSource,
  type Services,
  type Settings,
  type Step,
  type StepContext,
  type StepDefinition,
  StepFailure,
  type Transition,
  type Value,
  type ValueRecord,
  type ValueType,
  inputsOf,
  itemTypeOf,
  settingsOf
} from '../model/index.ts'
import { builtInSteps } from './index.ts'

/** What a step asked for that a step without an effect may not. */
class Reached extends Error {}

/** A context that lets nothing out of it: whatever looks outside throws Reached and is noted. */
interface Trial {
  readonly context: StepContext
  readonly reached: string[]
}

interface Passage {
  readonly settings?: ValueRecord
  readonly state?: Value
  readonly result?: StepContext['result']
  readonly results?: StepContext['results']
}

function trialOf(definition: StepDefinition, { settings = {}, state, result, results }: Passage): Trial {
  const step: Step = { id: 's', type: definition.type, name: definition.title, settings, inputs: {} }
  const reached: string[] = []
  const reach = (what: string): never => {
    reached.push(what)
    throw new Reached(what)
  }
  const inputs = Object.entries(inputsOf(definition, step, nowhere)).map(([name, { type }]): [string, Value] => [
    name,
    valueOf(type)
  ])
  const context: StepContext = {
    step: frozen(step),
    inputs: frozen(Object.fromEntries(inputs)),
    dynamicInputs: frozen({ Some: 1 }),
    settings: frozen(settingsOf(definition, step)),
    state: frozen(state),
    result: frozen(result),
    results: frozen(results),
    caught: frozen({ code: 'no', message: 'No.', step: 'other', detail: { cause: [1] } }),
    signal: new CancelSource(),
    key: 'run/main/s#1',
    attempt: 1,
    resumed: undefined,
    get services(): Services {
      return reach('services')
    },
    get startedAt(): number {
      return reach('startedAt')
    },
    get threads(): StepContext['threads'] {
      return reach('threads')
    },
    begin: () => reach('begin'),
    progress: () => reach('progress'),
    log: () => undefined
  }
  return { context, reached }
}

const nowhere = {
  flow: { id: 'f', name: 'f', inputs: [], outputs: [], steps: [], connections: [] },
  flowAt: () => undefined
}

function valueOf(type: ValueType): Value {
  switch (type) {
    case 'Text':
      return 'text'
    case 'Number':
      return 2
    case 'Boolean':
      return true
    case 'Date':
      return { $type: 'Date', iso: '2026-11-24T00:00:00.000Z' }
    case 'File':
      return { $type: 'File', from: 'folder', path: 'a.txt', name: 'a.txt', size: 1 }
    case 'Email':
      return { address: 'ann@example.com' }
    case 'Template':
      return { $type: 'Template', format: 'text', parts: ['text'] }
    case 'Record':
      return { a: 1 }
    case 'Any':
      return 'any'
    default: {
      const item = itemTypeOf(type)
      return item === undefined ? null : [valueOf(item), valueOf(item), valueOf(item)]
    }
  }
}

/** `value` so that whoever changes anything in it throws. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value)
    for (const part of Object.values(value)) frozen(part)
  }
  return value
}

/** The passages through a step that are tried: each choice and switch of its settings, before and after bodies. */
function passagesOf({ settings }: StepDefinition): Passage[] {
  const ended = { outcome: 'Done', outputs: { Value: 7, Thread: 3 } }
  const failed = { outcome: '', outputs: {}, error: { code: 'no', message: 'No.' } }
  const moments: Passage[] = [
    {},
    { state: 0 },
    { state: null, result: ended },
    { state: 0, result: ended, results: [ended] },
    { state: 1, result: failed, results: [ended, failed] },
    { state: 2, result: ended, results: [ended, failed, ended] },
    { state: null, results: [ended, undefined, failed] }
  ]
  return choicesOf(settings).flatMap((chosen) => moments.map((moment) => ({ ...moment, settings: chosen })))
}

const choicesOf = (settings: Settings): ValueRecord[] =>
  Object.entries(settings).reduce<ValueRecord[]>(
    (all, [name, setting]) => all.flatMap((one) => valuesOf(setting).map((value) => ({ ...one, [name]: value }))),
    [{}]
  )

function valuesOf(setting: Settings[string]): readonly Value[] {
  switch (setting.kind) {
    case 'choice':
      return setting.choices
    case 'boolean':
      return [true, false]
    case 'number':
      return [...new Set([setting.initial, setting.min ?? 0, 3])]
    case 'flow':
      return ['', 'child.flow.json']
    case 'variable':
      return ['', 'v']
    case 'text':
      return [setting.initial, setting.path ? 'steps.a.b' : 'text']
    default:
      return [setting.initial]
  }
}

/** What running comes to: a transition, the code of a failure, or what kind of thing it should not be. */
function answer(run: () => Transition | Promise<Transition>): unknown {
  try {
    const given = run()
    if (!(given instanceof Promise)) return given
    given.catch(() => undefined)
    return 'a promise'
  } catch (error) {
    if (error instanceof StepFailure) return { fails: error.code, message: error.message }
    throw error
  }
}

const named = builtInSteps.map((definition) => ({ title: definition.title, definition }))
const pure = named.filter(({ definition }) => definition.effect === undefined)
const others = named.filter(({ definition }) => definition.effect !== undefined)

describe('a step without an effect', () => {
  it.each(pure)(
    '$title looks nowhere outside, answers at once, and the same whenever it is asked',
    ({ definition }) => {
      for (const passage of passagesOf(definition)) {
        const [one, other] = [trialOf(definition, passage), trialOf(definition, passage)]
        const first = answer(() => definition.run(one.context))
        expect(first).not.toBe('a promise')
        expect(answer(() => definition.run(other.context))).toEqual(first)
        expect(answer(() => definition.run(one.context))).toEqual(first)
        expect(one.reached).toEqual([])
      }
    }
  )

  it('is every step that enters bodies, calls flows or starts threads, as these are gone through again', () => {
    const moving = named.filter(({ definition }) =>
      passagesOf(definition).some((passage) => {
        const { context } = trialOf(definition, passage)
        const given = answerOrNothing(definition, context)
        return typeof given === 'object' && given !== null && 'kind' in given && given.kind !== 'exit'
      })
    )
    expect(moving.map(({ title }) => title).sort()).toEqual(
      ['For Each', 'Go Async', 'Parallel', 'Repeat', 'Run Flow', 'Start Linked Flow Async', 'While'].sort()
    )
    for (const { definition } of moving) expect(definition.effect).toBeUndefined()
  })
})

describe('a step with an effect', () => {
  it.each(others)('$title does reach outside', async ({ definition }) => {
    const reached = new Set<string>()
    for (const passage of passagesOf(definition)) {
      const trial = trialOf(definition, passage)
      await Promise.resolve(answerOrNothing(definition, trial.context))
      for (const what of trial.reached) reached.add(what)
    }
    expect([...reached]).not.toEqual([])
  })

  it('is unsafe only with a setting that says what happens to what is in doubt', () => {
    const unsafe = named.filter(({ definition }) => definition.effect === 'unsafe')
    expect(unsafe.map(({ title }) => title)).toEqual(['Send Email'])
    for (const { definition } of unsafe)
      expect(definition.settings['In doubt']).toMatchObject({
        kind: 'choice',
        initial: 'Ask',
        choices: ['Ask', 'Send again', 'Leave out']
      })
  })
})

/** As `answer`; undefined when the step wanted to look outside. */
function answerOrNothing(definition: StepDefinition, context: StepContext): unknown {
  try {
    return answer(() => definition.run(context))
  } catch (error) {
    if (error instanceof Reached) return undefined
    throw error
  }
}
