import { defineStep, exit } from '../../model/index.ts'

/** Goes on at another step, without a line across the sheet. */
export const goTo = defineStep({
  type: 'go-to',
  title: 'GoTo',
  summary: 'Goes on at the step it names, without a line across the sheet.',
  category: 'Flow Management',
  icon: 'corner-down-right',
  inputs: {},
  settings: { Step: { kind: 'step', initial: '', summary: 'Where to go on.' } },
  outcomes: {},
  jumpsTo: ({ Step: step }) => (typeof step === 'string' && step !== '' ? step : undefined),
  describe: ({ settings }, { flow }) => flow.steps.find(({ id }) => id === settings.Step)?.name ?? 'No step chosen',
  run: () => exit('', {})
})
