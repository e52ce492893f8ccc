import { defineStep, exit, textOf } from '../../model/index.ts'

/** Where the paths of a Parallel meet. */
export const join = defineStep({
  type: 'join',
  title: 'Join',
  summary:
    'Waits for the paths of the Parallel before it: for all of them, for the first, or for as many as it is told.',
  category: 'Flow Management',
  icon: 'merge',
  role: 'join',
  inputs: {},
  settings: {
    'Wait for': {
      kind: 'choice',
      initial: 'All',
      choices: ['All', 'Any', 'Count'],
      summary: 'How many paths have to come.'
    },
    Count: {
      kind: 'number',
      initial: 2,
      min: 1,
      max: 100,
      summary: 'How many.',
      shownWhen: { setting: 'Wait for', is: ['Count'] }
    },
    'Cancel the rest': {
      kind: 'boolean',
      initial: true,
      summary: 'Stops the paths that are still on their way.',
      shownWhen: { setting: 'Wait for', is: ['Any', 'Count'] }
    }
  },
  outcomes: { Done: { outputs: { Arrived: { type: 'Number', summary: 'How many paths had come.' } } } },
  joins(settings, branches) {
    const mode = settings['Wait for']
    const count = typeof settings.Count === 'number' ? settings.Count : branches
    const needed = mode === 'Any' ? 1 : mode === 'Count' ? Math.min(Math.max(count, 1), branches) : branches
    return { needed, cancelRest: mode !== 'All' && settings['Cancel the rest'] !== false }
  },
  describe: (step) => {
    const mode = step.settings['Wait for']
    return mode === 'Any'
      ? 'The first path'
      : mode === 'Count'
        ? `${textOf(step.settings.Count ?? 2)} paths`
        : 'All paths'
  },
  run: ({ results }) => exit('Done', { Arrived: results?.length ?? 1 })
})
