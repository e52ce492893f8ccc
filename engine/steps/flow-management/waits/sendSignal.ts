import { defineStep, exit } from '../../../model/index.ts'
import { describeMapping } from '../../../mapping/index.ts'

/** Lets a step go on that waits for this signal. */
export const sendSignal = defineStep({
  type: 'send-signal',
  title: 'Send Signal',
  summary:
    'Lets the step go on that waits for this signal, on another thread of the run. Without one, the signal is kept, or dropped.',
  category: 'Flow Management',
  icon: 'radio-tower',
  effect: 'idempotent',
  canFail: true,
  inputs: {
    Signal: { type: 'Text', summary: 'Its name.', required: true },
    Value: { type: 'Any', summary: 'What the waiting step gets.' }
  },
  settings: {
    'When nobody waits': {
      kind: 'choice',
      initial: 'Keep',
      choices: ['Keep', 'Drop'],
      summary: 'Keep: the next step that waits for it gets it. Drop: it is lost, and the log says so.'
    }
  },
  outcomes: { Done: { outputs: {} } },
  describe: (step) => describeMapping(step.inputs.Signal),
  run({ inputs, settings, threads }) {
    threads.send(inputs.Signal, inputs.Value, settings['When nobody waits'] === 'Keep')
    return exit('Done', {})
  }
})
