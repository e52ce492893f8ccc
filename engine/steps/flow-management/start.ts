import { defineStep, exit } from '../../model/index.ts'

/** Where every flow begins. */
export const start = defineStep({
  type: 'start',
  title: 'Start',
  summary: 'Where the flow begins.',
  category: 'Flow Management',
  icon: 'play',
  role: 'start',
  inputs: {},
  settings: {},
  outcomes: { Done: { outputs: {} } },
  run: () => exit('Done', {})
})
