import { defineStep, exit } from '../../../model/index.ts'
import { describeMapping } from '../../../mapping/index.ts'

/** Lets a step go on that waits for this signal. */
export const sendSignal = defineStep({
  type: 'send-signal',
  title: 'Send Signal',
  summary:
    'Lets the step go on that waits for this signal, on another thread of the run. Without one, the signal is kept.',
  category: 'Flow Management',
  icon: 'radio-tower',
  effect: 'idempotent',
  canFail: true,
  inputs: {
    Signal: { type: 'Text', summary: 'Its name.', required: true },
    Value: { type: 'Any', summary: 'What the waiting step gets.' }
  },
  settings: {},
  outcomes: { Done: { outputs: {} } },
  describe: (step) => describeMapping(step.inputs.Signal),
  run({ inputs, threads }) {
    threads.send(inputs.Signal, inputs.Value)
    return exit('Done', {})
  }
})
