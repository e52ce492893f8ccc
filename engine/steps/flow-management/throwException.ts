import { defineStep, StepFailure } from '../../model/index.ts'
import { describeMapping } from '../../mapping/index.ts'

/** Fails on purpose, with a message and a code of the author's. */
export const throwException = defineStep({
  type: 'throw-exception',
  title: 'Throw Exception',
  summary: 'Fails on purpose: the flow goes on at On Exception, or ends as failed.',
  category: 'Flow Management',
  icon: 'octagon-alert',
  canFail: true,
  inputs: { Message: { type: 'Text', summary: 'What went wrong, for people.', required: true, multiline: true } },
  settings: { Code: { kind: 'text', initial: 'exception', summary: 'What went wrong, for programs: one word.' } },
  outcomes: {},
  describe: (step) => describeMapping(step.inputs.Message),
  run({ inputs, settings }) {
    throw new StepFailure(settings.Code || 'exception', inputs.Message)
  }
})
