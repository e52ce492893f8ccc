import { defineStep, exit, textOf, type OutcomeDefinition, type Step } from '../../model/index.ts'
import { describeMapping } from '../../mapping/index.ts'
import { namesIn } from '../namesIn.ts'

const usual = ['A', 'B']
const otherwise = 'Otherwise'

/** Goes on along the outcome that is called like the value. */
export const switchStep = defineStep({
  type: 'switch',
  title: 'Switch',
  summary: 'Goes on along the case that the value is equal to, or along Otherwise.',
  category: 'Flow Management',
  icon: 'git-branch',
  canFail: true,
  inputs: { Value: { type: 'Any', summary: 'What is compared with the cases, as text.' } },
  settings: {
    Cases: { kind: 'texts', initial: usual, needed: true, summary: 'The values that have a way of their own.' }
  },
  outcomes: {},
  dynamicOutcomes: (step) =>
    Object.fromEntries(
      [...casesOf(step), otherwise].map((name): [string, OutcomeDefinition] => [name, { outputs: {} }])
    ),
  describe: (step) => describeMapping(step.inputs.Value),
  run({ inputs, settings }) {
    const value = textOf(inputs.Value)
    return exit(settings.Cases.includes(value) ? value : otherwise, {})
  }
})

const casesOf = ({ settings }: Step): readonly string[] => namesIn(settings.Cases ?? usual)
