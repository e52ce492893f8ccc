import {
  defineStep,
  exit,
  type InputDefinition,
  type NamedType,
  type OutputDefinition,
  type Step
} from '../../model/index.ts'

/** Makes values for the steps that follow. */
export const createData = defineStep({
  type: 'create-data',
  title: 'Create Data',
  summary: 'Makes named values for the steps that follow: constants, copies, records, or worked out.',
  category: 'Data',
  icon: 'table-2',
  canFail: true,
  inputs: {},
  settings: {
    Values: { kind: 'values', initial: [{ name: 'Value', type: 'Any' }], summary: 'Their names and types.' }
  },
  outcomes: {},
  dynamicInputs: (step) =>
    Object.fromEntries(
      valuesOf(step).map(({ name, type }): [string, InputDefinition] => [
        name,
        { type, summary: `The value “${name}”.` }
      ])
    ),
  dynamicOutcomes: (step) => ({
    Done: {
      outputs: Object.fromEntries(
        valuesOf(step).map(({ name, type }): [string, OutputDefinition] => [
          name,
          { type, summary: `The value “${name}”.` }
        ])
      )
    }
  }),
  describe: (step) =>
    valuesOf(step)
      .map(({ name }) => name)
      .join(', '),
  run: ({ dynamicInputs }) => exit('Done', dynamicInputs)
})

function valuesOf(step: Step): readonly NamedType[] {
  const values = step.settings.Values
  return Array.isArray(values) ? (values as readonly NamedType[]) : [{ name: 'Value', type: 'Any' }]
}
