import { defineStep, detach } from '../../model/index.ts'
import { endSteps } from './endSteps.ts'

/** Gives control back to the caller; the rest of the flow goes on in the background. */
export const goAsync = defineStep({
  type: 'go-async',
  title: 'Go Async',
  summary: 'Gives control back to the caller at once. The steps after it go on in the background.',
  category: 'Flow Management',
  icon: 'go-async',
  detaches: true,
  inputs: {},
  settings: {
    'Caller outcome': {
      kind: 'end-step',
      initial: '',
      summary: 'The End Step whose name the caller gets as outcome.'
    }
  },
  outcomes: { Done: { outputs: {}, summary: 'Goes on in the background.' } },
  describe(step, { flow }) {
    const ends = endSteps(flow)
    const chosen = step.settings['Caller outcome']
    const end = chosen ? ends.find(({ id }) => id === chosen) : ends.length === 1 ? ends[0] : undefined
    return end ? `Caller gets ${end.name}` : 'Caller outcome not chosen'
  },
  run: ({ settings }) => detach('Done', settings['Caller outcome'] || undefined)
})
