import { defineStep, enter, exit } from '../../../model/index.ts'
import { describeMapping } from '../../../mapping/index.ts'

/** Runs the steps behind Loop a number of times. */
export const repeat = defineStep({
  type: 'repeat',
  title: 'Repeat',
  summary: 'Runs the steps behind Loop a number of times.',
  category: 'Flow Management',
  icon: 'repeat-2',
  canFail: true,
  inputs: { Times: { type: 'Number', summary: 'How often; less than 1 is not at all.', required: true } },
  settings: {},
  outcomes: {
    Loop: {
      summary: 'Each time.',
      outputs: {},
      locals: { index: { type: 'Number', summary: 'The number of this time, from 0.' } }
    },
    Done: { summary: 'After the last time.', outputs: {} }
  },
  describe: (step) => describeMapping(step.inputs.Times),
  run({ inputs, state }) {
    const index = typeof state === 'number' ? state : 0
    return index < inputs.Times ? enter({ outcome: 'Loop', locals: { index } }, index + 1) : exit('Done', {})
  }
})
