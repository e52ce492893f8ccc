import { defineCommand } from '../grammar/command.ts'
import { parseDuration } from '../inputs/parseDuration.ts'
import { detachedRun } from '../running/detachedRun.ts'
import { runFlow } from '../running/runFlow.ts'

export const runCommand = defineCommand({
  name: 'run',
  summary: 'Runs a flow: prints the reply the moment it comes, then waits until the run is settled',
  words: { flow: { needed: 'which flow to run', offers: 'flow' } },
  options: {
    input: {
      value: 'NAME=VALUE',
      many: true,
      summary:
        'Gives a value to an input of the flow, written as its type wants it: `tailrace describe FLOW` shows how. Can be given once for each input'
    },
    inputs: {
      value: 'FILE',
      summary: 'Takes the inputs from a file with a JSON object; - is what comes by pipe. --input goes before it'
    },
    folder: { value: 'DIR', summary: 'The Designer Folder; the folder of the flow unless given' },
    mail: {
      value: 'ACCOUNT',
      summary: 'Where mails go: outbox (unless given), an account of the studio, or smtp://HOST:PORT'
    },
    journal: { value: 'DIR', summary: 'Where the folder of the run goes, instead of the Process Folder' },
    timeout: { value: 'TIME', summary: 'Cancels the run when it is not settled after so long: 30s, 5m, 2h' },
    json: { summary: 'Prints every event of the journal as one line of JSON' },
    quiet: { summary: 'Prints the reply alone' },
    'no-wait': { summary: 'Ends after the reply; the background part goes on in a process of its own' }
  },
  perform(given, terminal, argv) {
    const timeout = given.timeout === undefined ? undefined : parseDuration(given.timeout)
    const wanted = { ...given, timeout }
    return given['no-wait'] ? detachedRun(argv, wanted, terminal) : runFlow(wanted, terminal)
  }
})
