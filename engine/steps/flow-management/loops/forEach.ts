import {
  defineStep,
  enter,
  exit,
  fork,
  type Body,
  type BranchResult,
  type Step,
  type Value,
  type ValueRecord
} from '../../../model/index.ts'
import { describeMapping } from '../../../mapping/index.ts'

/** Runs the steps behind Each once for every item of a list. */
export const forEach = defineStep({
  type: 'for-each',
  title: 'For Each',
  summary: 'Runs the steps behind Each once for every item of a list, in order or several at a time.',
  category: 'Flow Management',
  icon: 'repeat',
  canFail: true,
  concurrent: (settings) => Number(settings['At most']) > 1,
  inputs: { Items: { type: 'List of Any', summary: 'The list.', required: true } },
  settings: {
    'Item name': {
      kind: 'text',
      initial: 'item',
      summary: 'What the item is called inside Each; its number is “index”.'
    },
    'At most': {
      kind: 'number',
      initial: 1,
      min: 1,
      max: 1000,
      unit: 'at once',
      summary: '1: in order, one after another.'
    },
    'On item error': {
      kind: 'choice',
      initial: 'Stop',
      choices: ['Stop', 'Continue', 'Collect'],
      summary: 'Stop: the step fails. Continue: the item is left out. Collect: it is listed in Errors.'
    },
    Collect: {
      kind: 'text',
      initial: '',
      path: true,
      summary: 'The value to keep of each item, such as steps.send-1.Sent.'
    }
  },
  outcomes: { Each: { outputs: {}, locals: {} }, Done: { outputs: {} } },
  dynamicOutcomes: (step) => ({
    Each: {
      summary: 'Once for every item.',
      outputs: {},
      locals: {
        [itemName(step)]: { type: 'Any', itemOf: 'Items', summary: 'The item.' },
        index: { type: 'Number', summary: 'Its number, from 0.' }
      }
    },
    Done: {
      summary: 'After the last item.',
      outputs: {
        Count: { type: 'Number', summary: 'How many items there were.' },
        Results: { type: 'List of Any', summary: 'What was kept of each item, in the order of the list.' },
        Errors: { type: 'List of Record', summary: 'The items that failed: index, item and message.' }
      }
    }
  }),
  describe: (step) => describeMapping(step.inputs.Items),
  run({ inputs, settings, step, state, result, results }) {
    const items = inputs.Items
    const onError = settings['On item error']
    const keep = settings.Collect !== '' || onError === 'Collect'
    const body = (item: Value, index: number): Body => ({
      outcome: 'Each',
      locals: { [itemName(step)]: item, index },
      keep,
      ...(settings.Collect !== '' && { collect: settings.Collect })
    })
    if (settings['At most'] > 1) {
      const options = { atMost: settings['At most'], onFailure: onError === 'Stop' ? 'stop' : 'collect' } as const
      if (!results) return fork(items.map(body), null, options)
    } else {
      const index = typeof state === 'number' && result ? state + 1 : 0
      const item = items[index]
      if (item !== undefined) return enter(body(item, index), index, onError !== 'Stop')
    }
    const kept = keep ? (results ?? []) : []
    return exit('Done', {
      Count: items.length,
      Results:
        settings.Collect === '' ? [] : kept.flatMap((one) => (one && !one.error ? [one.outputs.Value ?? null] : [])),
      Errors: onError === 'Collect' ? kept.flatMap((one, index) => errorOf(one, index, items)) : []
    })
  }
})

function itemName(step: Step): string {
  const name = step.settings['Item name']
  return typeof name === 'string' && name !== '' ? name : 'item'
}

function errorOf(result: BranchResult, index: number, items: readonly Value[]): ValueRecord[] {
  if (!result?.error) return []
  const { code, message } = result.error
  return [{ index, item: items[index] ?? null, code, message }]
}
