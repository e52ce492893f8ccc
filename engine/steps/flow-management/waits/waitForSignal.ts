import { defineStep, exit, textOf } from '../../../model/index.ts'
import { describeMapping } from '../../../mapping/index.ts'

/** Waits until another thread sends the signal. */
export const waitForSignal = defineStep({
  type: 'wait-for-signal',
  title: 'Wait for Signal',
  summary: 'Waits until a Send Signal on another thread of the run sends this signal. One that was sent before counts.',
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
