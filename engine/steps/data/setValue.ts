import { stepMessages } from '../../messages/steps.ts'
import { defineStep, exit, StepFailure } from '../../model/index.ts'
import { describeMapping } from '../../mapping/index.ts'

/** Sets a variable of the flow. */
export const setValue = defineStep({
  type: 'set-value',
  title: 'Set Value',
  summary: 'Sets a variable of the flow.',
  category: 'Data',
  icon: 'square-pen',
  canFail: true,
  inputs: { Value: { type: 'Any', variableOf: 'Variable', summary: 'What it becomes.' } },
  settings: { Variable: { kind: 'variable', initial: '', summary: 'The variable.' } },
  outcomes: { Done: { outputs: {} } },
  describe: (step) => {
    const { Variable: name } = step.settings
    return typeof name === 'string' && name !== ''
      ? `${name} = ${describeMapping(step.inputs.Value)}`
      : 'No variable chosen'
  },
  run({ step, inputs, settings }) {
    if (settings.Variable === '') throw new StepFailure('variable-missing', stepMessages.noVariableChosen(step.name))
    return exit('Done', {}, { [settings.Variable]: inputs.Value })
  }
})
