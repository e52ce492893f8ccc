import fc from 'fast-check'
import type { Flow, Mapping, Step, Value } from '../../model/index.ts'
import type { RunFlows } from '../../run/journal/event.ts'

/** Random flows that make sense, and how their Work goes, for comparing interpreters. */
export interface RandomRun {
  /** The first is called; each may call those after it. */
  readonly flows: RunFlows
  /** How the Work at `key` goes that is tried for the nth time. No two waits of a run end at the same moment. */
  readonly work: (key: string, nth: number) => { readonly takes: number; readonly fails?: string }
  /** When the run is cancelled, in milliseconds. */
  readonly cancelAt?: number
}

type Block = readonly Part[]

type Part =
  | {
      readonly kind: 'work'
      readonly fails: Fails
      readonly retry: number
      readonly timeout: boolean
      readonly handled: Block | undefined
    }
  | { readonly kind: 'pass' | 'set' | 'go-async' | 'end' | 'throw' | 'cancel' | 'linked' | 'linked-wait' }
  | { readonly kind: 'call'; readonly retry: number; readonly timeout: boolean; readonly handled: Block | undefined }
  | { readonly kind: 'if'; readonly yes: Block; readonly no: Block }
  | { readonly kind: 'repeat'; readonly times: number; readonly body: Block }
  | {
      readonly kind: 'each'
      readonly atMost: number
      readonly onError: string
      readonly items: number
      readonly body: Block
      readonly timeout: boolean
      readonly handled: Block | undefined
    }
  | {
      readonly kind: 'parallel'
      readonly paths: readonly { readonly block: Block; readonly joined: boolean }[]
      readonly waitFor: string
      readonly cancelRest: boolean
      readonly retry: number
      readonly handled: Block | undefined
    }

type Fails = 'never' | 'first' | 'some' | 'always'

interface Program {
  readonly main: Block
  readonly caught: Block | undefined
  readonly catchOutcome: boolean
  readonly twoEnds: boolean
}

/** One time in `n`, else undefined. */
const sometimes = <T>(one: fc.Arbitrary<T>, n: number): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: n - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: one })
const timeout = fc.nat(5).map((n) => n === 0)
const retry = fc.nat(5).map((n) => (n === 0 ? 2 : 1))
const simple = (
  kind: 'pass' | 'set' | 'go-async' | 'end' | 'throw' | 'cancel' | 'linked' | 'linked-wait'
): fc.Arbitrary<Part> => fc.constant({ kind })

const { block } = fc.letrec<{ block: Block; part: Part; work: Part; deep: Part }>((tie) => {
  const handled = sometimes(tie('block'), 2)
  return {
    block: fc.array(tie('part'), { maxLength: 4, size: 'max' }),
    part: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      { weight: 10, arbitrary: tie('work') },
      { weight: 2, arbitrary: simple('pass') },
      { weight: 2, arbitrary: simple('set') },
      { weight: 4, arbitrary: simple('go-async') },
      { weight: 1, arbitrary: simple('end') },
      { weight: 1, arbitrary: simple('throw') },
      { weight: 1, arbitrary: simple('linked') },
      { weight: 1, arbitrary: simple('linked-wait') },
      { weight: 12, arbitrary: tie('deep') }
    ),
    work: fc.record({
      kind: fc.constant('work' as const),
      fails: fc.constantFrom<Fails>('never', 'never', 'never', 'first', 'some', 'always'),
      retry,
      timeout,
      handled: fc.constant(undefined)
    }),
    deep: fc.oneof(
      { weight: 3, arbitrary: fc.record({ kind: fc.constant('call' as const), retry, timeout, handled }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('if' as const), yes: tie('block'), no: tie('block') }) },
      {
        weight: 2,
        arbitrary: fc.record({ kind: fc.constant('repeat' as const), times: fc.nat(3), body: tie('block') })
      },
      {
        weight: 3,
        arbitrary: fc.record({
          kind: fc.constant('each' as const),
          atMost: fc.integer({ min: 1, max: 3 }),
          onError: fc.constantFrom('Stop', 'Continue'),
          items: fc.nat(3),
          body: tie('block'),
          timeout,
          handled
        })
      },
      {
        weight: 4,
        arbitrary: fc.record({
          kind: fc.constant('parallel' as const),
          paths: fc.array(fc.record({ block: tie('block'), joined: fc.nat(6).map((n) => n > 0) }), {
            minLength: 2,
            maxLength: 3
          }),
          waitFor: fc.constantFrom('All', 'All', 'Any', 'Count'),
          cancelRest: fc.boolean(),
          retry,
          handled
        })
      },
      {
        weight: 2,
        arbitrary: fc.record({
          kind: fc.constant('work' as const),
          fails: fc.constantFrom<Fails>('some', 'always'),
          retry,
          timeout,
          handled: tie('block')
        })
      },
      { weight: 1, arbitrary: simple('cancel') }
    )
  }
})

const program: fc.Arbitrary<Program> = fc.record({
  main: fc.tuple(block, block).map(([one, other]) => [...one, ...other]),
  caught: sometimes(block, 2),
  catchOutcome: fc.nat(7).map((n) => n === 0),
  twoEnds: fc.nat(7).map((n) => n === 0)
})

/** Runs to compare: up to three flows, their Work, and now and then a moment at which the run is cancelled. */
export const randomRun: fc.Arbitrary<RandomRun & { readonly text: string }> = fc
  .record({
    programs: fc.array(program, { minLength: 1, maxLength: 3, size: 'max' }),
    seed: fc.nat(1_000_000),
    cancelAt: sometimes(fc.integer({ min: 1, max: 3e9 }), 4)
  })
  .map(({ programs, seed, cancelAt }) => {
    const fails = new Map<string, Fails>()
    const flows: Record<string, Flow> = {}
    for (const [index, one] of programs.entries()) flows[`${index}`] = build(one, index, programs.length, fails)
    const work = (key: string, nth: number): { takes: number; fails?: string } => {
      const step = /([^/]*)#\d+$/.exec(key)?.[1] ?? ''
      const dice = hash(`${seed} ${key} ${nth}`)
      const how = fails.get(step) ?? 'never'
      const failing = how === 'always' || (how === 'first' && nth === 1) || (how === 'some' && dice % 3 === 0)
      return { takes: 1 + (dice % 1_000_003_391), ...(failing && { fails: `${step}-failed` }) }
    }
    return { flows, work, ...(cancelAt !== undefined && { cancelAt }), text: describe(flows, seed, cancelAt) }
  })

/** The flows as people would write them, for the report of a disagreement. */
function describe(flows: RunFlows, seed: number, cancelAt: number | undefined): string {
  const lines = Object.entries(flows).map(([name, { steps, connections }]) => {
    const ways = connections.map(({ from, outcome, to }) => `${from} -[${outcome}]-> ${to}`)
    const more = steps.flatMap(({ id, type: _type, name: _name, ...rest }) => {
      const text = JSON.stringify(rest)
      return text === '{"settings":{},"inputs":{}}' ? [] : [`${id}: ${text}`]
    })
    return [`flow ${name}`, ...ways, ...more].join('\n  ')
  })
  return `seed ${seed}, cancelled at ${cancelAt ?? 'no time'}\n${lines.join('\n')}`
}

interface Open {
  readonly from: string
  readonly outcome: string
}

/** Draws a program as a flow. Ids tell the flow, so that Work is known by its id alone. */
function build(
  { main, caught, catchOutcome, twoEnds }: Program,
  index: number,
  count: number,
  fails: Map<string, Fails>
): Flow {
  const steps: Step[] = []
  const connections: Flow['connections'][number][] = []
  const works: string[] = []
  let number = 0
  const add = (type: string, title: string, more: Partial<Step> = {}): string => {
    const id = `${title} ${index}-${++number}`
    steps.push({ id, name: id, type, settings: {}, inputs: {}, ...more })
    return id
  }
  const connect = (open: readonly Open[], to: string): void => {
    for (const { from, outcome } of open) if (from !== to) connections.push({ from, outcome, to })
  }
  const limits = (part: { readonly retry?: number; readonly timeout?: boolean }): Partial<Step> => ({
    ...(part.retry === 2 && { retry: { attempts: 2, wait: 1000 + number, factor: 2 } }),
    ...(part.timeout && { timeout: 600_000 + number * 7 })
  })
  const constant = (value: Value): Mapping => ({ kind: 'constant', value })
  const some = (): Mapping =>
    works.length === 0
      ? { kind: 'select', path: 'flow.v' }
      : { kind: 'select', path: `steps.${works[number % works.length] ?? ''}.Out` }
  const child = `${index + 1}`
  const mayCall = index + 1 < count
  const end = add('end', 'End Step')
  const draw = (part: Part, before: readonly Open[]): readonly Open[] => {
    let open = before
    const then = (id: string, outcome = 'Done'): readonly Open[] => {
      connect(open, id)
      return [{ from: id, outcome }]
    }
    // Work before what has a fixed wait: else two visits of it could begin, and so go on, at the same moment.
    if (('retry' in part && part.retry === 2) || ('timeout' in part && part.timeout)) open = then(add('work', 'Work'))
    const handling = (id: string, block: Block | undefined): readonly Open[] =>
      block ? drawAll(block, [{ from: id, outcome: 'On Exception' }]) : []
    switch (part.kind) {
      case 'work': {
        const id = add('work', 'Work', {
          ...limits(part),
          inputs: {
            In: {
              kind: 'list',
              items: [constant(number), { kind: 'select', path: 'index' }, some(), { kind: 'select', path: 'flow.v' }]
            }
          }
        })
        fails.set(id, part.fails)
        works.push(id)
        return [...then(id), ...handling(id, part.handled)]
      }
      case 'pass':
        return then(add('pass', 'Pass', { inputs: { In: some() } }))
      case 'set':
        return then(add('set-value', 'Set Value', { settings: { Variable: 'v' }, inputs: { Value: constant(number) } }))
      case 'go-async':
        return then(add('go-async', 'Go Async', { settings: { 'Caller outcome': end } }))
      case 'end':
        connect(open, add('end', 'End Step', { inputs: { R: some() } }))
        return []
      case 'throw':
        connect(
          open,
          add('throw-exception', 'Throw Exception', {
            settings: { Code: `thrown-${number}` },
            inputs: { Message: constant('no') }
          })
        )
        return []
      case 'cancel': {
        // After Work, so that nothing else happens at the same moment.
        const id = add('work', 'Work')
        connect(open, id)
        connect([{ from: id, outcome: 'Done' }], add('cancel-run', 'Cancel Run'))
        return []
      }
      case 'linked':
      case 'linked-wait': {
        if (!mayCall) return open
        const id = add('start-linked-flow-async', 'Start Linked Flow Async', { settings: { Flow: child } })
        const ways = then(id)
        if (part.kind === 'linked') return ways
        const wait = add('wait-for-run', 'Wait for Run', {
          inputs: { Run: { kind: 'select', path: `steps.${id}.Run` } }
        })
        connect(ways, wait)
        return [
          { from: wait, outcome: 'Done' },
          { from: wait, outcome: 'Failed' }
        ]
      }
      case 'call': {
        if (!mayCall) return open
        const id = add('run-flow', 'Run Flow', { ...limits(part), settings: { Flow: child } })
        connect(open, id)
        return [...[1, 2].map((n) => ({ from: id, outcome: `End Step ${child}-${n}` })), ...handling(id, part.handled)]
      }
      case 'if': {
        const id = add('if', 'If', { inputs: { Condition: constant(number % 2 === 0) } })
        connect(open, id)
        return [
          ...drawAll(part.yes, [{ from: id, outcome: 'True' }]),
          ...drawAll(part.no, [{ from: id, outcome: 'False' }])
        ]
      }
      case 'repeat': {
        const id = add('repeat', 'Repeat', { inputs: { Times: constant(part.times) } })
        const after = then(id)
        drawAll(part.body, [{ from: id, outcome: 'Loop' }])
        return after
      }
      case 'each': {
        const id = add('for-each', 'For Each', {
          ...limits(part),
          settings: { 'At most': part.atMost, 'On item error': part.onError, Collect: 'item' },
          inputs: { Items: constant(Array.from({ length: part.items }, (_, n) => n)) }
        })
        works.push(id)
        const after = then(id)
        drawAll(part.body, [{ from: id, outcome: 'Each' }])
        return [...after, ...handling(id, part.handled)]
      }
      case 'parallel': {
        const id = add('parallel', 'Parallel', { ...limits(part), settings: { Paths: part.paths.length } })
        connect(open, id)
        const join = add('join', 'Join', {
          settings: { 'Wait for': part.waitFor, Count: 2, 'Cancel the rest': part.cancelRest }
        })
        for (const [n, { block, joined }] of part.paths.entries()) {
          const ends = drawAll(block, [{ from: id, outcome: `Path ${n + 1}` }])
          if (joined || n === 0) connect(ends, join)
        }
        return [{ from: join, outcome: 'Done' }, ...handling(id, part.handled)]
      }
    }
  }
  const drawAll = (parts: Block, open: readonly Open[]): readonly Open[] =>
    parts.reduce((ways, part) => draw(part, ways), open)

  const start = add('start', 'Start')
  const second = twoEnds ? add('end', 'End Step', { inputs: { R: some() } }) : end
  connect(drawAll(main, [{ from: start, outcome: 'Done' }]), end)
  if (caught) {
    const id = add('catch-exception', 'Catch Exception')
    connect(drawAll(caught, [{ from: id, outcome: 'Caught' }]), second)
  }
  if (catchOutcome) connect([{ from: add('catch-outcome', 'Catch Outcome'), outcome: 'Complete' }], end)
  const last: Mapping = {
    kind: 'list',
    items: [
      { kind: 'select', path: 'flow.v' },
      ...works.map((id): Mapping => ({
        kind: 'select',
        path: `steps.${id}.${id.startsWith('For Each') ? 'Results' : 'Out'}`
      }))
    ]
  }
  return {
    id: `${index}`,
    name: `Flow ${index}`,
    inputs: [],
    outputs: [{ name: 'R', type: 'Any' }],
    variables: [{ name: 'v', type: 'Any', initial: 0 }],
    steps: steps.map((step) => (step.id === end ? { ...step, inputs: { R: last } } : step)),
    connections
  }
}

function hash(text: string): number {
  let value = 2166136261
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 16777619) >>> 0
  value = Math.imul(value ^ (value >>> 15), 2246822507) >>> 0
  return (value ^ (value >>> 13)) >>> 0
}
