import { defineStep, exit } from '../../../model/index.ts'

/** Waits until a linked flow has ended. */
export const waitForRun = defineStep({
  type: 'wait-for-run',
  title: 'Wait for Run',
  summary: 'Waits until a flow that Start Linked Flow Async started has ended.',
  category: 'Flow Management',
  icon: 'hourglass',
  effect: 'observes',
  waits: true,
  canFail: true,
  inputs: { Run: { type: 'Number', summary: 'The output Run of Start Linked Flow Async.', required: true } },
  settings: {},
  outcomes: {
    Done: {
      summary: 'It has ended well.',
      outputs: {
        Outcome: { type: 'Text', summary: 'The name of the End Step it reached.' },
        Outputs: { type: 'Record', summary: 'What that End Step gave.' }
      }
    },
    Failed: {
      summary: 'It has failed, or was stopped.',
      outputs: { Error: { type: 'Record', summary: 'What went wrong: message, code and step.' } }
    }
  },
  async run({ inputs, threads }) {
    const { end, outcome, outputs, error } = await threads.ended(inputs.Run)
    if (end === 'completed') return exit('Done', { Outcome: outcome, Outputs: outputs })
    const { code = end, message = '', step = null } = error ?? {}
    return exit('Failed', { Error: { code, message, step } })
  }
})
