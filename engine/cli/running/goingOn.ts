import { placesOfRuns } from '../grammar/command.ts'

/** The options of commands that go on with a run. */
export const goingOn = {
  ...placesOfRuns,
  'in-doubt': {
    value: 'WAY',
    choices: ['ask', 'retry', 'skip'],
    summary:
      'What happens to mails that were on their way when the run was interrupted, so that nobody knows whether they arrived: ask (unless given), retry (send them again) or skip (leave them out)'
  },
  mail: { value: 'ACCOUNT', summary: 'Where mails go: as the run was started, unless given' },
  trust: {
    summary:
      'Goes on also with a run that this installation did not start, such as one in a copied folder. Its mails go to the outbox unless --mail says otherwise'
  }
} as const
