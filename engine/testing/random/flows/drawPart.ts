import { constant, type Drawing, type Open, select } from './drawing.ts'
import { drawLoop, isLoop } from './drawLoop.ts'
import type { Block, Part } from './program.ts'

/** What the parts of a flow are drawn with. */
export interface DrawingTools {
  readonly drawing: Drawing
  /** The End Step that Go Async names. */
  readonly end: string
  /** The flow that this one may call. */
  readonly child: string | undefined
}

/** Draws parts one after another behind `open`; answers what is open then. */
export function drawBlock(tools: DrawingTools, parts: Block, open: readonly Open[]): readonly Open[] {
  return parts.reduce((ways, part) => drawPart(tools, part, ways), open)
}

function drawPart(tools: DrawingTools, part: Part, before: readonly Open[]): readonly Open[] {
  const { drawing, end, child } = tools
  const off = 'disabled' in part && part.disabled ? { disabled: true } : {}
  const limits = 'timeout' in part ? drawing.limits(part) : {}
  const open = wantsItsOwnMoment(part) ? drawing.alone(before) : before
  const handling = (id: string): readonly Open[] =>
    'handled' in part && part.handled ? drawBlock(tools, part.handled, [{ from: id, outcome: 'On Exception' }]) : []
  if (isLoop(part)) {
    const id = drawLoop(drawing, part, { ...limits, ...off }, open, (body) => drawBlock(tools, part.body, body))
    return [{ from: id, outcome: 'Done' }, ...handling(id)]
  }
  switch (part.kind) {
    case 'work': {
      const items = [constant(drawing.number), select('index'), drawing.some(), select('flow.v')]
      const inputs = { In: drawing.anything(part.given, { kind: 'list', items }) }
      const id = drawing.add('work', 'Work', { ...limits, ...off, inputs })
      drawing.fails.set(id, part.fails)
      drawing.gives(id, 'Out')
      return [...drawing.then(open, id), ...handling(id)]
    }
    case 'pass':
      return drawing.then(
        open,
        drawing.add('pass', 'Pass', { ...off, inputs: { In: drawing.anything(part.given, drawing.some()) } })
      )
    case 'set':
      return drawing.then(
        open,
        drawing.add('set-value', 'Set Value', {
          ...off,
          settings: { Variable: 'v' },
          inputs: { Value: drawing.anything(part.given, constant(drawing.number)) }
        })
      )
    case 'go-async':
      return drawing.then(open, drawing.add('go-async', 'Go Async', { ...off, settings: { 'Caller outcome': end } }))
    case 'end':
      drawing.connect(open, drawing.add('end', 'End Step', { inputs: { R: drawing.some() } }))
      return []
    case 'throw': {
      const settings = { Code: `thrown-${drawing.number}` }
      drawing.connect(
        open,
        drawing.add('throw-exception', 'Throw Exception', { settings, inputs: { Message: constant('no') } })
      )
      return []
    }
    case 'cancel':
      drawing.connect(open, drawing.add('cancel-run', 'Cancel Run'))
      return []
    case 'circle': {
      const [one, other] = [1, 2].map(() => drawing.add('pass', 'Pass', { disabled: true }))
      if (one === undefined || other === undefined) return open
      drawing.connect(drawing.then(drawing.then(open, one), other), one)
      return []
    }
    case 'pause': {
      const inputs = { Seconds: constant(2_000 + drawing.number * 11) }
      const id = drawing.add('pause-flow', 'Pause Flow', { ...limits, ...off, inputs })
      return [...drawing.then(open, id, 'Resume'), ...handling(id)]
    }
    case 'send':
      return drawing.then(
        open,
        drawing.add('send-signal', 'Send Signal', {
          ...off,
          ...(!part.keep && { settings: { 'When nobody waits': 'Drop' } }),
          inputs: { Signal: constant(part.signal), Value: drawing.some() }
        })
      )
    case 'receive': {
      // With a time limit always: else the run might wait for ever.
      const id = drawing.add('wait-for-signal', 'Wait for Signal', {
        ...limits,
        timeout: 500_000 + drawing.number * 13,
        inputs: { Signal: constant(part.signal) }
      })
      drawing.gives(id, 'Value')
      return [...drawing.then(open, id, 'Received'), ...handling(id)]
    }
    case 'receive-first': {
      const id = drawing.add('wait-for-first-signal', 'Wait for First Signal', {
        ...limits,
        timeout: 500_000 + drawing.number * 13,
        settings: {
          Signals: ['red', 'green'],
          ...(part.givesUp && { 'Give up after': 300_000 + drawing.number * 17 })
        }
      })
      drawing.gives(id, 'Value')
      drawing.connect(open, id)
      const outcomes = ['red', 'green', ...(part.givesUp ? ['Nothing Came'] : [])]
      return [...outcomes.map((outcome) => ({ from: id, outcome })), ...handling(id)]
    }
    case 'document': {
      const inputs = { Name: constant(part.name), Text: constant(part.text) }
      const id = drawing.add('add-document', 'Add Document', { ...limits, inputs })
      return [...drawing.then(open, id), ...handling(id)]
    }
    case 'mail': {
      const to = Array.from({ length: part.recipients }, (_, n) => `${n}@example.com`)
      const id = drawing.add('send-email', 'Send Email', {
        ...limits,
        settings: {
          'In doubt': part.inDoubt,
          'At most': part.atMost,
          Send: part.oneToAll ? 'One mail to all' : 'One mail to each'
        },
        inputs: { To: constant(to), Subject: constant(part.inDoubt), Body: constant('Hello') }
      })
      drawing.gives(id, 'Sent')
      return [...drawing.then(open, id), { from: id, outcome: 'Some Failed' }, ...handling(id)]
    }
    case 'linked':
    case 'linked-wait': {
      if (child === undefined) return open
      const id = drawing.add('start-linked-flow-async', 'Start Linked Flow Async', { settings: { Flow: child } })
      const ways = drawing.then(open, id)
      if (part.kind === 'linked') return ways
      const wait = drawing.add('wait-for-run', 'Wait for Run', { inputs: { Run: select(`steps.${id}.Run`) } })
      return [...drawing.then(ways, wait), { from: wait, outcome: 'Failed' }]
    }
    case 'call': {
      if (child === undefined) return open
      const id = drawing.add('run-flow', 'Run Flow', { ...limits, settings: { Flow: child } })
      drawing.connect(open, id)
      return [...[1, 2].map((n) => ({ from: id, outcome: `End Step ${child}-${n}` })), ...handling(id)]
    }
    case 'if': {
      const id = drawing.add('if', 'If', { ...off, inputs: { Condition: constant(drawing.number % 2 === 0) } })
      drawing.connect(open, id)
      const yes = drawBlock(tools, part.yes, [{ from: id, outcome: 'True' }])
      return [...yes, ...drawBlock(tools, part.no, [{ from: id, outcome: 'False' }])]
    }
    case 'parallel': {
      const id = drawing.add('parallel', 'Parallel', { ...limits, settings: { Paths: part.paths.length } })
      drawing.connect(open, id)
      const settings = { 'Wait for': part.waitFor, Count: 2, 'Cancel the rest': part.cancelRest }
      const join = drawing.add('join', 'Join', { settings })
      for (const [n, { block, joined }] of part.paths.entries()) {
        const ends = drawBlock(tools, block, [{ from: id, outcome: `Path ${n + 1}` }])
        if (joined || n === 0) drawing.connect(ends, join)
      }
      return [{ from: join, outcome: 'Done' }, ...handling(id)]
    }
  }
}

/** What waits for a fixed time, looks at what other threads change, or reaches them. */
function wantsItsOwnMoment(part: Part): boolean {
  if ('timeout' in part && (part.timeout || part.retry)) return true
  if ('given' in part && part.given !== 'drawn') return true
  return ['cancel', 'circle', 'pause', 'send', 'receive', 'receive-first', 'document', 'mail', 'while'].includes(
    part.kind
  )
}
