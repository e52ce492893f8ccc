import { defineStep, exit } from '../../model/index.ts'
import { describeMapping } from '../../mapping/index.ts'

/** Writes one line into the run's log. */
export const log = defineStep({
  type: 'log',
  title: 'Log',
  summary: 'Writes a line into the log of the run.',
  category: 'Flow Management',
  icon: 'scroll-text',
  inputs: { Message: { type: 'Text', summary: 'The line.', required: true, multiline: true } },
  settings: {
    Level: {
      kind: 'choice',
      initial: 'info',
      choices: ['debug', 'info', 'warning', 'error'],
      summary: 'How important it is.'
    }
  },
  outcomes: { Done: { outputs: {} } },
  describe: (step) => describeMapping(step.inputs.Message) || 'Nothing to log',
  run(context) {
    context.log(context.settings.Level, context.inputs.Message)
    return exit('Done', {})
  }
})
