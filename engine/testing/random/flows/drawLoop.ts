import type { Mapping, Step } from '../../../model/index.ts'
import { constant, type Drawing, fixed, type Open, select } from './drawing.ts'
import type { Part, Until } from './program.ts'

type Loop = Extract<Part, { kind: 'repeat' | 'while' | 'each' }>

export const isLoop = (part: Part): part is Loop => ['repeat', 'while', 'each'].includes(part.kind)

/** Draws a loop behind `open`, and its body with `drawBody`; answers its id. */
export function drawLoop(
  drawing: Drawing,
  part: Loop,
  more: Partial<Step>,
  open: readonly Open[],
  drawBody: (open: readonly Open[]) => void
): string {
  switch (part.kind) {
    case 'repeat': {
      const id = drawing.add('repeat', 'Repeat', { ...more, inputs: { Times: fixed(part.given, part.times) } })
      drawing.connect(open, id)
      drawBody([{ from: id, outcome: 'Loop' }])
      return id
    }
    case 'each': {
      const items = Array.from({ length: part.items }, (_, n) => n)
      const id = drawing.add('for-each', 'For Each', {
        ...more,
        settings: {
          'At most': part.atMost,
          'On item error': part.onError,
          Collect: 'item',
          ...(part.enough > 0 && { 'Enough after': part.enough })
        },
        inputs: { Items: fixed(part.given, items) }
      })
      drawing.gives(id, 'Results')
      drawing.connect(open, id)
      drawBody([{ from: id, outcome: 'Each' }])
      return id
    }
    case 'while': {
      // What the condition looks at is set before the loop, and by its body at a moment of its own.
      const variable = drawing.newVariable()
      const set = (value: Mapping): string =>
        drawing.add('set-value', 'Set Value', { settings: { Variable: variable }, inputs: { Value: value } })
      const ready = drawing.then(open, set(constant(part.until === 'missing' ? true : 0)))
      const id = drawing.add('while', 'While', { ...more, inputs: { Condition: condition(part.until, variable) } })
      drawing.connect(ready, id)
      const counted: Mapping =
        part.until === 'missing' ? { kind: 'null' } : { kind: 'expression', source: `flow.${variable} + 1` }
      const time = drawing.add('work', 'Work')
      drawBody(drawing.then(drawing.then([{ from: id, outcome: 'Loop' }], time), set(counted)))
      return id
    }
  }
}

function condition(until: Until, variable: string): Mapping {
  switch (until) {
    case 'variable':
      return { kind: 'expression', source: `flow.${variable} < 2` }
    case 'script':
      return { kind: 'script', source: `flow.${variable} < 2` }
    case 'missing':
      return select(`flow.${variable}`)
    case 'clock':
      return { kind: 'expression', source: `now() < date('${new Date(2e9).toISOString()}')` }
  }
}
