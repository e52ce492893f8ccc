import { type FlowDocument, type Mapping, type Value, inputsOf } from '../model/index.ts'
import { builtInSteps } from '../steps/index.ts'
import { flowFromText } from './flowFromText.ts'

const values: Readonly<Record<string, Value>> = {
  Text: 'text',
  Template: 'text',
  File: 'a.txt',
  Number: 1,
  Boolean: true,
  Date: { $type: 'Date', iso: '2026-01-02T03:04:05.678Z' },
  'List of Any': ['a', 'b'],
  'List of Email': ['a@example.com']
}

/** A flow as flowFromText makes it, for tests of the checker: required inputs that nobody fills have some constant. */
export function filledFlow(text: string, extras: Parameters<typeof flowFromText>[2] = {}): FlowDocument {
  const flow = flowFromText(text, builtInSteps, extras)
  const surroundings = { flow, flowAt: () => undefined }
  const steps = flow.steps.map((step) => {
    const definition = builtInSteps.find(({ type }) => type === step.type)
    if (!definition) return step
    const filled = Object.entries(inputsOf(definition, step, surroundings)).flatMap(([name, input]) => {
      const value = input.required && !step.inputs[name] ? values[input.type] : undefined
      return value === undefined ? [] : [[name, { kind: 'constant', value } satisfies Mapping] as const]
    })
    return { ...step, inputs: { ...Object.fromEntries(filled), ...step.inputs } }
  })
  return { flow: { ...flow, steps }, layout: {} }
}
