import { defineStep, exit, fork, type OutcomeDefinition, type Step } from '../../model/index.ts'

/** Starts several ways at the same time. */
export const parallel = defineStep({
  type: 'parallel',
  title: 'Parallel',
  summary: 'Goes on along all its paths at the same time. They meet at the Join that follows.',
  category: 'Flow Management',
  icon: 'route',
  canFail: true,
  forks: true,
  inputs: {},
  settings: { Paths: { kind: 'number', initial: 2, min: 2, max: 100, summary: 'How many paths there are.' } },
  outcomes: {},
  dynamicOutcomes: (step) =>
    Object.fromEntries(pathsOf(step).map((name): [string, OutcomeDefinition] => [name, { outputs: {} }])),
  describe: (step) => `${String(pathsOf(step).length)} paths`,
  run: ({ step, results }) =>
    results
      ? exit('', {})
      : fork(
          pathsOf(step).map((outcome) => ({ outcome, locals: {} })),
          null,
          { join: true }
        )
})

function pathsOf(step: Step): string[] {
  const paths = step.settings.Paths
  const count = typeof paths === 'number' && paths >= 1 ? Math.min(Math.floor(paths), 100) : 2
  return Array.from({ length: count }, (_, index) => `Path ${String(index + 1)}`)
}
