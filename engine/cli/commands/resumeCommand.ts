import { defineCommand, runWord } from '../grammar/command.ts'
import { findRun } from '../running/findRun.ts'
import { goOnWith } from '../running/goOnWith.ts'
import { goingOn } from '../running/goingOn.ts'

export const resumeCommand = defineCommand({
  name: 'resume',
  summary: 'Goes on with an interrupted run, from where it was. RUN is its id or the beginning of it',
  words: { run: runWord('which run to resume') },
  options: { ...goingOn, json: { summary: 'Prints every event from now on as one line of JSON' } },
  async perform(given, terminal) {
    const found = await findRun(given.run, given.folder, given.journal)
    return goOnWith('resume', found, { ...given, quiet: false }, terminal)
  }
})
