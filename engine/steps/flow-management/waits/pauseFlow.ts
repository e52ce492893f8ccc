import { defineStep, exit } from '../../../model/index.ts'
import { describeMapping } from '../../../mapping/index.ts'

/** Waits for a while, or until a moment. */
export const pauseFlow = defineStep({
  type: 'pause-flow',
  title: 'Pause Flow',
  summary: 'Waits for a number of seconds, or until a moment; one that has passed is no wait.',
  category: 'Flow Management',
  icon: 'timer',
  effect: 'observes',
  waits: true,
  canFail: true,
  inputs: {
    Seconds: {
      type: 'Number',
      summary: 'How long.',
      required: true,
      shownWhen: { setting: 'Wait', is: ['For seconds'] }
    },
    Moment: {
      type: 'Date',
      summary: 'Until when.',
      required: true,
      shownWhen: { setting: 'Wait', is: ['Until a moment'] }
    }
  },
  settings: {
    Wait: {
      kind: 'choice',
      initial: 'For seconds',
      choices: ['For seconds', 'Until a moment'],
      summary: 'What ends the wait.'
    }
  },
  outcomes: { Resume: { outputs: {} } },
  describe: (step) =>
    step.settings.Wait === 'Until a moment'
      ? `Until ${describeMapping(step.inputs.Moment)}`
      : `${describeMapping(step.inputs.Seconds)} s`,
  async run({ inputs, settings, services, signal, startedAt }) {
    const { clock } = services
    const now = clock.now()
    // A clock that was set back makes no pause longer.
    const milliseconds =
      settings.Wait === 'For seconds'
        ? inputs.Seconds * 1000 - Math.max(0, now - startedAt)
        : Date.parse(inputs.Moment.iso) - now
    if (milliseconds > 0) await clock.sleep(milliseconds, signal)
    return exit('Resume', {})
  }
})
