import { describe, expect, it } from 'vitest'
import {
  type StepDefinition,
  StepFailure,
  type Value,
  type ValueRecord,
  type ValueType,
  inputsOf
} from '../model/index.ts'
import { builtInSteps } from './index.ts'
import { fileAt, tryStep } from './stepTrial.ts'

/** Some value of the type. */
function valueOf(type: ValueType): Value {
  if (type.startsWith('List of ')) return [valueOf(type.slice('List of '.length) as ValueType)]
  const values: Partial<Record<ValueType, Value>> = {
    Number: 1,
    Boolean: false,
    Date: { $type: 'Date', iso: '2026-03-05T00:00:00.000Z' },
    File: fileAt('a.csv'),
    Email: { address: 'ann@example.com' },
    Record: { a: 1 },
    Template: { $type: 'Template', format: 'text', parts: ['text'] }
  }
  return values[type] ?? 'text'
}

/** All settings of a step that are chosen from a list, in all combinations. */
function choicesOf({ settings }: StepDefinition): ValueRecord[] {
  return Object.entries(settings).reduce<ValueRecord[]>(
    (all, [name, setting]) =>
      setting.kind === 'choice'
        ? all.flatMap((one) => setting.choices.map((choice) => ({ ...one, [name]: choice })))
        : all,
    [{}]
  )
}

const trials = builtInSteps.flatMap((definition) => choicesOf(definition).map((settings) => ({ definition, settings })))

describe('a step that has all its required inputs, and no other', () => {
  it.each(trials.map(({ definition, settings }) => [definition.title, settings, definition] as const))(
    '%s with %j misses none of the others',
    async (_, settings, definition) => {
      const step = { id: 's', type: definition.type, name: definition.title, settings, inputs: {} }
      const flow = { id: 'f', name: 'F', inputs: [], outputs: [], steps: [step], connections: [] }
      const inputs = Object.entries(inputsOf(definition, step, { flow, flowAt: () => undefined }))
        .filter(([, { required }]) => required)
        .map(([name, { type }]) => [name, valueOf(type)] as const)
      const trial = tryStep(definition, {
        inputs: Object.fromEntries(inputs),
        settings,
        files: { 'a.csv': 'Email\nann@example.com\n' }
      })
      const failure: unknown = await trial.transition.then(() => undefined).catch((error: unknown) => error)
      // What a step alone has not got, other threads among them, is no input.
      expect(failure instanceof StepFailure ? failure.code : '').not.toMatch(
        /^(?!flow-|variable-).*(missing|invalid|unset)$/
      )
    }
  )
})
