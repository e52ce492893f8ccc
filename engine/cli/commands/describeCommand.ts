import { randomUUID } from 'node:crypto'
import { designerFolder } from '../../host/index.ts'
import { type Flow, builtInSteps, textOf } from '../../index.ts'
import { cliMessages } from '../../messages/cli.ts'
import { defineCommand } from '../grammar/command.ts'
import { howToGive } from '../inputs/howToGive.ts'
import { exitCodes } from '../running/exitCode.ts'
import { findFlow } from '../running/findFlow.ts'

export const describeCommand = defineCommand({
  name: 'describe',
  summary: 'Tells what a flow wants and gives: its inputs and how to write them, its outcomes and its outputs',
  words: { flow: { needed: 'which flow to describe', offers: 'flow' } },
  options: {
    folder: { value: 'DIR', summary: 'The Designer Folder; the folder of the flow unless given' },
    json: { summary: 'Prints it as one line of JSON' }
  },
  async perform(given, terminal) {
    const { folder, path } = await findFlow(given.flow, given.folder)
    const { flow } = (await designerFolder(folder, randomUUID).read(path)).document
    if (given.json) terminal.print(JSON.stringify({ flow: path, ...describe(flow) }))
    else for (const line of asText(flow)) terminal.print(line)
    return exitCodes.fine
  }
})

function describe(flow: Flow) {
  return {
    name: flow.name,
    ...(flow.description !== undefined && { description: flow.description }),
    inputs: flow.inputs.map(({ name, type, required = false, initial }) => ({
      name,
      type,
      required,
      ...(initial !== undefined && { initial }),
      example: howToGive({ name, type })
    })),
    outcomes: outcomesOf(flow),
    outputs: flow.outputs.map(({ name, type }) => ({ name, type }))
  }
}

/** The names of its End Steps, each once, as they stand in the flow. */
function outcomesOf({ steps }: Flow): string[] {
  const ends = new Set(builtInSteps.filter(({ role }) => role === 'end').map(({ type }) => type))
  return [...new Set(steps.filter(({ type, disabled }) => ends.has(type) && !disabled).map(({ name }) => name))]
}

function asText(flow: Flow): string[] {
  const { inputs, outputs } = flow
  const outcomes = outcomesOf(flow)
  return [
    flow.name,
    ...(flow.description === undefined ? [] : flow.description.split('\n').map((line) => `  ${line}`)),
    '',
    inputs.length === 0 ? cliMessages.noInputs : cliMessages.inputs,
    ...inputs.flatMap((input) => [
      `  ${cliMessages.inputLine(input.name, input.type, input.required === true, initialOf(input.initial))}`,
      `    ${howToGive(input)}`
    ]),
    outcomes.length === 0 ? cliMessages.noOutcomes : cliMessages.outcomes,
    ...outcomes.map((name) => `  ${name}`),
    outputs.length === 0 ? cliMessages.noOutputs : cliMessages.outputs,
    ...outputs.map(({ name, type }) => `  ${name} (${type})`)
  ]
}

const initialOf = (initial: Flow['inputs'][number]['initial']): string | undefined =>
  initial === undefined || initial === null ? undefined : textOf(initial)
