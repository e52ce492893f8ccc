import type { ListedRun } from '../../host/index.ts'
import { cliMessages } from '../../messages/cli.ts'
import { commandLine } from '../commandLine.ts'
import { defineCommand, runWord } from '../grammar/command.ts'
import { UsageError } from '../grammar/usageError.ts'
import { findRun } from '../running/findRun.ts'
import { goOnWith } from '../running/goOnWith.ts'
import { goingOn } from '../running/goingOn.ts'
import type { PlacesGiven } from '../running/steerRun.ts'

export const retryCommand = defineCommand({
  name: 'retry',
  summary:
    'Goes on with a run that has failed, from the step that failed, with the inputs that it had. What is done stays done: of a list of mails, only those are sent that were not. RUN is its id or the beginning of it',
  words: { run: runWord('which run to retry') },
  options: {
    ...goingOn,
    json: { summary: 'Prints every event from now on as one line of JSON' },
    quiet: { summary: 'Prints the reply alone' }
  },
  async perform(given, terminal) {
    const found = await findRun(given.run, given.folder, given.journal)
    refuseOthers(found, given)
    return goOnWith('retry', found, given, terminal)
  }
})

/** Throws UsageError for a run that has not failed. */
function refuseOthers({ id, state, problem }: ListedRun, places: PlacesGiven): void {
  const { notToRetry } = cliMessages
  if (state === 'interrupted') throw new UsageError(notToRetry.interrupted(id, commandLine(['resume', id], places)))
  if (state === 'running' || state === 'completed' || state === 'cancelled') throw new UsageError(notToRetry[state](id))
  if (state === 'damaged') throw new UsageError(problem ?? id)
}
