import { defineStep, exit } from '../../../model/index.ts'

/** Stops this run, or one background thread of it. */
export const cancelRun = defineStep({
  type: 'cancel-run',
  title: 'Cancel Run',
  summary: 'Stops this run with all its background threads, or only the linked flow that Run names.',
  category: 'Flow Management',
  icon: 'circle-stop',
  effect: 'idempotent',
  inputs: { Run: { type: 'Number', summary: 'The output Run of Start Linked Flow Async; the whole run when empty.' } },
  settings: {},
  outcomes: { Done: { outputs: {} } },
  run({ inputs, threads }) {
    threads.cancel(inputs.Run ?? undefined)
    return exit('Done', {})
  }
})
