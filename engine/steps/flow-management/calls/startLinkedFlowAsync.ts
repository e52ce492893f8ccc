import { stepMessages } from '../../../messages/steps.ts'
import { defineStep, exit, fork, StepFailure } from '../../../model/index.ts'
import { childInputs, childOf } from './childFlow.ts'

/** Starts another flow in the background and goes on at once. */
export const startLinkedFlowAsync = defineStep({
  type: 'start-linked-flow-async',
  title: 'Start Linked Flow Async',
  summary: 'Starts another flow on a background thread and goes on at once.',
  category: 'Flow Management',
  icon: 'link',
  canFail: true,
  inputs: {},
  settings: { Flow: { kind: 'flow', initial: '', summary: 'The flow to start.' } },
  outcomes: { Done: { outputs: { Run: { type: 'Number', summary: 'Names it for Wait for Run and Cancel Run.' } } } },
  dynamicInputs: childInputs,
  describe: (step, surroundings) => childOf(step, surroundings)?.name ?? 'No flow chosen',
  run({ step, settings, dynamicInputs, results }) {
    if (settings.Flow === '') throw new StepFailure('flow-missing', stepMessages.noFlowChosen(step.name))
    if (!results) return fork([{ flow: settings.Flow, inputs: dynamicInputs }], null, { background: true })
    const thread = results[0]?.outputs.Thread
    return exit('Done', { Run: typeof thread === 'number' ? thread : null })
  }
})
