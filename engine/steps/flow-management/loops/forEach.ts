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
    'Enough after': {
      kind: 'number',
      initial: 0,
      min: 0,
      unit: 'items',
      summary: 'So many items have to end well; what is under way then is stopped, and no other begins. 0: all of them.'
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
      summary: 'After the last item, or when enough have ended well.',
      outputs: {
        Count: { type: 'Number', summary: 'How many items there were.' },
        Completed: { type: 'Number', summary: 'How many of them ended well.' },
        Results: { type: 'List of Any', summary: 'What was kept of each item, in the order of the list.' },
        Errors: { type: 'List of Record', summary: 'The items that failed: index, item and message.' }
      }
    }
  }),
  describe: (step) => describeMapping(step.inputs.Items),
  run({ inputs, settings, step, state, result, results }) {
    const items = inputs.Items
    const onError = settings['On item error']
    const enough = settings['Enough after'] > 0 ? settings['Enough after'] : items.length
    const collect = settings.Collect
    const keep = collect !== '' || onError === 'Collect'
    let completed: number
    const name = itemName(step)
    const body = (item: Value, index: number): Body => {
      const locals = { [name]: item, index }
      return collect === '' ? { outcome: 'Each', locals, keep } : { outcome: 'Each', locals, keep, collect }
    }
    if (settings['At most'] > 1) {
      const onFailure = onError === 'Stop' ? 'stop' : 'collect'
      if (!results)
        return fork(items.map(body), null, {
          atMost: settings['At most'],
          onFailure,
          ...(enough < items.length && { enough })
        })
      completed = results.filter((one) => one && !one.error).length
    } else {
      const [last, before] = result && Array.isArray(state) ? (state as readonly number[]) : []
      const index = last === undefined ? 0 : last + 1
      completed = (before ?? 0) + (result && !result.error && last !== undefined ? 1 : 0)
      const item = items[index]
      if (item !== undefined && completed < enough)
        return enter(body(item, index), [index, completed], onError !== 'Stop')
    }
    const kept = keep ? (results ?? []) : []
    return exit('Done', {
      Count: items.length,
      Completed: completed,
      Results: collect === '' ? [] : kept.filter((one) => one && !one.error).map((one) => one?.outputs.Value ?? null),
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
