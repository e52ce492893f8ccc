import { defineStep, exit, textOf } from '../../../model/index.ts'
import { describeMapping } from '../../../mapping/index.ts'

/** Waits until the signal comes. */
export const waitForSignal = defineStep({
  type: 'wait-for-signal',
  title: 'Wait for Signal',
  summary:
    'Waits until this signal comes, from another thread of the run or from outside. One that was sent before counts.',
  category: 'Flow Management',
  icon: 'radio',
  effect: 'observes',
  waits: true,
  waitsForSignals: ({ Signal = null }) => [textOf(Signal)],
  canFail: true,
  inputs: { Signal: { type: 'Text', summary: 'Its name.', required: true } },
  settings: {},
  outcomes: { Received: { outputs: { Value: { type: 'Any', summary: 'What the sender gave.' } } } },
  describe: (step) => describeMapping(step.inputs.Signal),
  async run({ inputs, threads }) {
    const received = await threads.receive([inputs.Signal])
    return exit('Received', { Value: received?.value ?? null })
  }
})
