import { type InputDefinition, defineStep, exit } from '../../model/index.ts'

/** Ends the flow; its name is the outcome and its inputs are the outputs the caller gets. */
export const end = defineStep({
  type: 'end',
  title: 'End Step',
  summary: 'Ends the flow. Its name is the outcome that the caller gets.',
  category: 'Flow Management',
  icon: 'flag',
  role: 'end',
  inputs: {},
  settings: {},
  outcomes: {},
  dynamicInputs: (_step, { flow }) =>
    Object.fromEntries(
      flow.outputs.map((output): [string, InputDefinition] => [
        output.name,
        { type: output.type, summary: `The flow's output “${output.name}”.` }
      ])
    ),
  describe: () => 'Outcome',
  run: ({ step, dynamicInputs }) => exit(step.name, dynamicInputs)
})
