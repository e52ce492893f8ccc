import { defineStep, exit } from '../../model/index.ts'

/** Where the flow goes on from outcomes that are not connected. */
export const catchOutcome = defineStep({
  type: 'catch-outcome',
  title: 'Catch Outcome',
  summary: 'Where the flow goes on from every outcome that is not connected, or from those it names.',
  category: 'Flow Management',
  icon: 'arrow-down-to-dot',
  role: 'catch-outcome',
  inputs: {},
  settings: { Outcomes: { kind: 'texts', initial: [], summary: 'The names of the outcomes; none means all of them.' } },
  outcomes: { Complete: { outputs: {} } },
  takes({ Outcomes: names }, outcome) {
    return !Array.isArray(names) || names.length === 0 || names.includes(outcome)
  },
  describe: ({ settings: { Outcomes: names } }) =>
    Array.isArray(names) && names.length > 0 ? names.join(', ') : 'All outcomes',
  run: () => exit('Complete', {})
})
