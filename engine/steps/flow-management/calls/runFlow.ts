import { stepMessages } from '../../../messages/steps.ts'
import { type OutcomeDefinition, StepFailure, defineStep, enter, exit } from '../../../model/index.ts'
import { childInputs, childOf } from './childFlow.ts'
import { endSteps } from '../endSteps.ts'

/** Runs another flow, waits for its reply and goes on along the outcome it replied with. */
export const runFlow = defineStep({
  type: 'run-flow',
  title: 'Run Flow',
  summary: 'Runs another flow and goes on along the outcome it replies with.',
  category: 'Flow Management',
  icon: 'workflow',
  canFail: true,
  inputs: {},
  settings: { Flow: { kind: 'flow', initial: '', summary: 'The flow to run.' } },
  outcomes: {},
  dynamicInputs: childInputs,
  dynamicOutcomes(step, surroundings) {
    const child = childOf(step, surroundings)
    if (!child) return undefined
    const outputs = Object.fromEntries(
      child.outputs.map(({ name, type }) => [name, { type, summary: `The output “${name}” of that flow.` }])
    )
    return Object.fromEntries(
      endSteps(child).map((end): [string, OutcomeDefinition] => [
        end.name,
        { outputs, summary: `“${child.name}” replied with “${end.name}”.` }
      ])
    )
  },
  describe(step, surroundings) {
    const path = step.settings.Flow
    if (typeof path !== 'string' || path === '') return 'No flow chosen'
    return childOf(step, surroundings)?.name ?? path.replace(/^.*\//, '').replace(/\.flow\.json$/, '')
  },
  run({ step, settings, dynamicInputs, result }) {
    if (result) return exit(result.outcome, result.outputs)
    if (settings.Flow === '') throw new StepFailure('flow-missing', stepMessages.noFlowChosen(step.name))
    return enter({ flow: settings.Flow, inputs: dynamicInputs }, null)
  }
})
