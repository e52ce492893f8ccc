import { randomUUID } from 'node:crypto'
import { FlowInvalid, checkFlows, designerFolder, readFlows } from '../../host/index.ts'
import { type Run, flowInputs } from '../../index.ts'
import { cliMessages } from '../../messages/cli.ts'
import { searchInterleavings } from '../../testing/searchInterleavings.ts'
import { defineCommand } from '../grammar/command.ts'
import { UsageError } from '../grammar/usageError.ts'
import { readInputs } from '../inputs/readInputs.ts'
import { exitCodes } from '../running/exitCode.ts'
import { findFlow } from '../running/findFlow.ts'
import { trialRun } from '../search/trialRun.ts'

export const searchCommand = defineCommand({
  name: 'search',
  summary:
    'Tries a flow with its threads in many orders, on a clock of its own and without sending or writing anything, and tells the first order in which it comes to another result',
  words: { flow: { needed: 'which flow to search', offers: 'flow' } },
  options: {
    seeds: {
      value: 'N',
      summary: 'How many orders are tried, 1,000 unless given; each follows from a number, its seed'
    },
    input: { value: 'NAME=VALUE', many: true, summary: 'Gives a value to an input of the flow, as for `run`' },
    inputs: { value: 'FILE', summary: 'Takes the inputs from a file with a JSON object; - is what comes by pipe' },
    folder: { value: 'DIR', summary: 'The Designer Folder; the folder of the flow unless given' },
    json: { summary: 'Prints what was found as one line of JSON' }
  },
  async perform(given, terminal) {
    const seeds = parseSeeds(given.seeds ?? '1000')
    const { folder, path } = await findFlow(given.flow, given.folder)
    const home = designerFolder(folder, randomUUID)
    const { document } = await home.read(path)
    const flows = await readFlows(home, path, document)
    const problems = checkFlows(flows, path, document)
    if (problems.some(({ problem }) => problem.severity === 'error'))
      throw new FlowInvalid(document.flow.name, problems)
    const inputs = await readInputs(document.flow, given)
    const fit = flowInputs(document.flow, path, inputs)
    if (!fit.ok) throw new UsageError(fit.problems.map(({ message }) => message).join(' '))
    let first: Run | undefined
    const found = await searchInterleavings({
      seeds,
      run: (seed) => trialRun({ folder, path, flows, inputs }, seed),
      check(run) {
        first ??= run
        return fullResult(run) === fullResult(first) ? undefined : cliMessages.differs(resultOf(run), resultOf(first))
      }
    })
    if (given.json) {
      const { seed, problem, events } = found ?? {}
      terminal.print(JSON.stringify({ seeds, found: found ? { seed, problem, events } : null }))
    } else if (found) {
      terminal.print(cliMessages.found(found.seed, first === undefined ? cliMessages.unsettled : found.problem))
      for (const line of found.lines) terminal.print(`  ${line}`)
    } else terminal.print(cliMessages.searched(seeds, first ? resultOf(first) : ''))
    return found ? exitCodes.failed : exitCodes.fine
  }
})

const fullResult = ({ reply, settled }: Run): string => JSON.stringify([reply?.outcome, reply?.outputs, settled?.state])

/** What a caller had, and how the run ended. */
const resultOf = ({ reply, settled }: Run): string =>
  cliMessages.trialResult(reply?.outcome, JSON.stringify(reply?.outputs ?? {}), settled?.state ?? '')

function parseSeeds(text: string): number {
  const seeds = /^\d{1,7}$/.test(text) ? Number(text) : 0
  if (seeds >= 1 && seeds <= 1_000_000) return seeds
  throw new UsageError(cliMessages.seedsForm(text))
}
