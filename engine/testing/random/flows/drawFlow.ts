import type { Flow, Mapping } from '../../../model/index.ts'
import { constant, Drawing, now, select } from './drawing.ts'
import { drawBlock } from './drawPart.ts'
import type { Fails, Program } from './program.ts'

/**
 * Draws a program as flow number `index` of `count`; each may call the next one. `crowded`: with much at the same moment.
 * Adds to `fails` when its Work fails.
 */
export function drawFlow(
  program: Program,
  index: number,
  count: number,
  crowded: boolean,
  fails: Map<string, Fails>
): Flow {
  const drawing = new Drawing(index, crowded, fails)
  const end = drawing.add('end', 'End Step')
  const start = drawing.add('start', 'Start')
  const second = program.twoEnds ? drawing.add('end', 'End Step', { inputs: { R: drawing.some() } }) : end
  const tools = { drawing, end, child: index + 1 < count ? `${index + 1}` : undefined }
  const begun = [{ from: start, outcome: 'Done' }]
  const greeted = program.greets === undefined ? begun : drawing.then(begun, greeting(drawing, program.greets))
  drawing.connect(drawBlock(tools, program.main, greeted), end)
  if (program.caught) {
    const id = drawing.add('catch-exception', 'Catch Exception')
    drawing.connect(drawBlock(tools, program.caught, [{ from: id, outcome: 'Caught' }]), second)
  }
  if (program.catchOutcome)
    drawing.connect([{ from: drawing.add('catch-outcome', 'Catch Outcome'), outcome: 'Complete' }], end)
  const items = [select('flow.v'), ...drawing.all(), ...(program.clockAtEnd ? [now] : [])]
  const result: Mapping = { kind: 'list', items }
  return {
    id: `${index}`,
    name: `Flow ${index}`,
    inputs: [],
    outputs: [{ name: 'R', type: 'Any' }],
    variables: ['v', ...drawing.variables].map((name) => ({ name, type: 'Any', initial: 0 })),
    steps: drawing.steps.map((step) => (step.id === end ? { ...step, inputs: { R: result } } : step)),
    connections: drawing.connections
  }
}

const greeting = (drawing: Drawing, signal: string): string =>
  drawing.add('send-signal', 'Send Signal', { inputs: { Signal: constant(signal), Value: constant('greeting') } })
