import type { StepContext, StepDefinition, Transition } from '../model/index.ts'
import { testDefinitions } from './runInMemory.ts'

/** The steps that tests have, and Custom, which does what a test wants. */
export function withCustom(
  run: (context: StepContext) => Transition | Promise<Transition>,
  effect?: StepDefinition['effect']
): readonly StepDefinition[] {
  const custom: StepDefinition = {
    type: 'custom',
    title: 'Custom',
    summary: 'Does what a test wants.',
    category: 'Code',
    icon: 'hammer',
    canFail: true,
    ...(effect && { effect }),
    inputs: {},
    settings: {},
    outcomes: { Done: { outputs: { Out: { type: 'Any', summary: 'Anything.' } } } },
    run
  }
  return [...testDefinitions, custom]
}
