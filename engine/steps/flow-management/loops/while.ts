import { stepMessages } from '../../../messages/steps.ts'
import { defineStep, enter, exit, StepFailure } from '../../../model/index.ts'
import { describeMapping } from '../../../mapping/index.ts'

/** Runs the steps behind Loop as long as the condition holds. */
export const whileStep = defineStep({
  type: 'while',
  title: 'While',
  summary: 'Runs the steps behind Loop as long as the condition holds. It is looked at before each time.',
  category: 'Flow Management',
  icon: 'iteration-ccw',
  canFail: true,
  freshInputs: true,
  inputs: { Condition: { type: 'Boolean', summary: 'Whether to go round once more.', required: true } },
  settings: {
    'At most': { kind: 'number', initial: 20_000, min: 1, unit: 'times', summary: 'More often than that is an error.' }
  },
  outcomes: {
    Loop: {
      summary: 'Each time.',
      outputs: {},
      locals: { index: { type: 'Number', summary: 'How often it has gone round before.' } }
    },
    Done: {
      summary: 'When the condition no longer holds.',
      outputs: { Count: { type: 'Number', summary: 'How often it went round.' } }
    }
  },
  describe: (step) => describeMapping(step.inputs.Condition),
  run({ step, inputs, settings, state }) {
    const count = typeof state === 'number' ? state : 0
    if (!inputs.Condition) return exit('Done', { Count: count })
    if (count >= settings['At most'])
      throw new StepFailure('loop-guard', stepMessages.loopedTooOften(step.name, settings['At most']))
    return enter({ outcome: 'Loop', locals: { index: count } }, count + 1)
  }
})
