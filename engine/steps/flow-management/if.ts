import { defineStep, exit } from '../../model/index.ts'
import { describeMapping } from '../../mapping/index.ts'

/** Goes one way or the other. */
export const ifStep = defineStep({
  type: 'if',
  title: 'If',
  summary: 'Goes on along True or False, as the condition says.',
  category: 'Flow Management',
  icon: 'split',
  canFail: true,
  inputs: { Condition: { type: 'Boolean', summary: 'What decides.', required: true } },
  settings: {},
  outcomes: { True: { outputs: {} }, False: { outputs: {} } },
  describe: (step) => describeMapping(step.inputs.Condition),
  run: ({ inputs }) => exit(inputs.Condition ? 'True' : 'False', {})
})
