import { cliMessages } from '../../messages/cli.ts'
import { defineCommand, placesOfRuns, runWord } from '../grammar/command.ts'
import { readAnyValue } from '../inputs/readInputs.ts'
import { exitCodes } from '../running/exitCode.ts'
import { findRun } from '../running/findRun.ts'
import { steerRun } from '../running/steerRun.ts'

export const signalCommand = defineCommand({
  name: 'signal',
  summary: 'Gives a signal to a run, for the step that waits for it. VALUE is JSON, or else text; nothing unless given',
  words: {
    run: runWord('which run gets the signal'),
    name: { needed: 'which signal it gets' },
    value: {}
  },
  options: placesOfRuns,
  async perform(given, terminal) {
    const value = given.value === undefined ? null : readAnyValue(given.name, given.value)
    const run = await findRun(given.run, given.folder, given.journal)
    await steerRun(run, { command: 'signal', name: given.name, value }, given)
    terminal.print(cliMessages.signalGiven(given.name, run.id))
    return exitCodes.fine
  }
})
