import type { RunEvent, RunFact } from '../../run/index.ts'

/** What a journal begins with. */
export const runStarted: RunFact = {
  event: 'RunStarted',
  run: 'r',
  flow: 'a.flow.json',
  flows: { 'a.flow.json': { id: 'a', name: 'A', inputs: [], outputs: [], steps: [], connections: [] } },
  inputs: {},
  startedAt: '2026-01-02T03:04:05.000Z'
}

/** And what one ends with. */
export const runSettled: RunFact = { event: 'RunSettled', state: 'completed' }

const place = { thread: 0, frame: 0, step: 'step-1' }

/** `count` events of a run: its start, and then steps with data of many kinds. `large`: every so many has a large value. */
export function journalEvents(count: number, large = Infinity): RunEvent[] {
  return Array.from({ length: count }, (_, i): RunEvent => {
    const stamp = { seq: i + 1, at: i * 0.125 }
    if (i === 0) return { ...stamp, ...runStarted }
    if (i % large === 0)
      return { ...stamp, event: 'StepStarted', ...place, inputs: { List: [`${i} `.repeat(9_000)], Number: i } }
    switch (i % 4) {
      case 1:
        return { ...stamp, event: 'StepStarted', ...place, inputs: { Number: i, Name: `“näme” ${i}`, Flag: true } }
      case 2:
        return { ...stamp, event: 'StepCompleted', ...place, outcome: 'Done', outputs: { Half: i / 2, None: null } }
      case 3:
        return { ...stamp, event: 'VariableSet', ...place, variable: 'Total', value: { of: [i, -i, 1e300] } }
      default:
        return {
          ...stamp,
          event: 'Logged',
          ...place,
          level: 'info',
          message: `line ${i}\n\u0001 "${'x'.repeat(i % 9)}"`
        }
    }
  })
}
