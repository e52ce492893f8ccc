import { beforeEach, describe, expect, it } from 'vitest'
import type { Running, RunEvent, RunFact } from '../../engine/index.ts'
import type { RunSummary } from '../ipc/contract.ts'
import { Refusal } from '../ipc/refusal.ts'
import { InterruptedRuns, type ResumeWish } from './interruptedRuns.ts'

const root = '/folder'
const summary = (id: string, more: Partial<RunSummary> = {}): RunSummary => ({
  id,
  flow: 'a.flow.json',
  name: 'A',
  number: 1,
  startedAt: '2026-01-02T03:04:05.000Z',
  background: 1,
  interrupted: true,
  ...more
})

/** The journal of a run that was sending a mail when it was interrupted. */
function journal(running: Running | undefined): RunEvent[] {
  const send = { id: 'send', type: 'send-email', name: 'Send Email 1', settings: {}, inputs: {} }
  const flow = {
    id: 'a',
    name: 'A',
    inputs: [],
    outputs: [],
    steps: [send],
    connections: [],
    ...(running && { running })
  }
  const facts: RunFact[] = [
    {
      event: 'RunStarted',
      run: 'r',
      flow: 'a.flow.json',
      flows: { 'a.flow.json': flow },
      inputs: {},
      startedAt: '2026-01-02T03:04:05.000Z'
    },
    { event: 'ThreadStarted', thread: 0, name: 'Main', kind: 'main' },
    { event: 'FrameEntered', thread: 0, frame: 0, flow: 'a', path: 'a.flow.json', inputs: {} },
    { event: 'StepStarted', thread: 0, frame: 0, step: 'send', inputs: {} },
    { event: 'EffectBegun', thread: 0, frame: 0, step: 'send', item: { index: 7, label: 'ada@example.com' } }
  ]
  return facts.map((fact, index) => ({ ...fact, seq: index + 1, at: index }))
}

const doubts = [{ step: 'Send Email 1', items: ['ada@example.com'] }]

/** The runs of a Designer Folder, without a process that could carry them. */
let list: RunSummary[]
let running: Map<string, Running | undefined>
let wishes: Omit<ResumeWish, 'accounts' | 'root'>[]
let offers: [string, RunSummary['offer']][]
let resumed: string[][]
let trusted: boolean
let left: readonly string[]
let kept: readonly string[]
let answer: (wish: ResumeWish) => Promise<RunSummary>
let reports: string[]

const interrupted = () =>
  new InterruptedRuns({
    runs: {
      list: async () => list,
      events: async (_root, run) => journal(running.get(run)),
      resume: ({ accounts: _, root: _root, ...wish }) => {
        wishes.push(wish)
        return answer({ ...wish, root, accounts: [] })
      },
      suspendAll: () => ['going'],
      offer: (_root, { id }, offer) => void offers.push([id, offer])
    },
    trusts: async () => trusted,
    left: { get: () => left, set: (runs) => (left = runs) },
    kept: { get: () => kept, set: (runs) => (kept = runs) },
    accounts: () => [],
    resumed: (runs) => void resumed.push(runs.map(({ id }) => id)),
    refusalOf: (error) => (error instanceof Refusal ? error : undefined),
    report: (where) => void reports.push(where)
  })

beforeEach(() => {
  list = [summary('r')]
  trusted = true
  running = new Map()
  wishes = []
  offers = []
  resumed = []
  left = []
  kept = []
  reports = []
  answer = ({ run }) => Promise.resolve(summary(run, { interrupted: false, resumed: 1 }))
})

describe('interrupted runs', () => {
  it('go on by themselves, and people are told', async () => {
    list = [
      summary('r'),
      summary('bad', { damaged: 'Damaged at line 7.' }),
      summary('over', { settled: { state: 'completed', at: 1 } }),
      summary('on', { interrupted: false })
    ]
    await interrupted().goOn(root)
    expect(wishes).toEqual([{ run: 'r', inDoubt: 'ask' }])
    expect([resumed, offers, reports]).toEqual([[['r']], [], []])
  })

  it('stay as they are, and are not even offered, in a folder that is not trusted', async () => {
    list = [summary('r'), summary('ask'), summary('kept')]
    running.set('ask', { afterRestart: 'ask' })
    kept = ['kept']
    trusted = false
    const runs = interrupted()
    await runs.goOn(root)
    expect([wishes, offers, resumed, kept]).toEqual([[], [], [], ['kept']])
    trusted = true
    await runs.goOn(root)
    expect([resumed, offers]).toEqual([[['r', 'kept']], [['ask', { doubts }]]])
  })

  it('stay as they are where they were started elsewhere, whatever their ids and flows say', async () => {
    list = [summary('r', { foreign: true }), summary('ask', { foreign: true }), summary('kept', { foreign: true })]
    running.set('ask', { afterRestart: 'ask' })
    kept = ['kept']
    await interrupted().goOn(root)
    expect([wishes, offers, resumed]).toEqual([[], [], []])
  })

  it('are offered with what is in doubt when their flow wants to be asked', async () => {
    running.set('r', { afterRestart: 'ask' })
    await interrupted().goOn(root)
    expect([wishes, resumed]).toEqual([[], []])
    expect(offers).toEqual([['r', { doubts }]])
  })

  it('stay when their flow wants that, or a person did', async () => {
    list = [summary('flow'), summary('person')]
    running.set('flow', { afterRestart: 'leave' })
    const runs = interrupted()
    await runs.leave(root, 'person')
    expect(offers).toEqual([['person', undefined]])
    await runs.goOn(root)
    expect([wishes, left]).toEqual([[], ['person']])
  })

  it('go on all the same when a person kept them for the next start, but only then', async () => {
    list = [summary('going')]
    running.set('going', { afterRestart: 'leave' })
    const runs = interrupted()
    runs.keepForNextStart()
    expect(kept).toEqual(['going'])
    await runs.goOn(root)
    expect(resumed).toEqual([['going']])
    await runs.goOn(root)
    expect(wishes).toHaveLength(1)
  })

  it('that are in doubt do not count as going on', async () => {
    answer = ({ run }) => Promise.resolve(summary(run, { offer: { doubts } }))
    await interrupted().goOn(root)
    expect([wishes.length, resumed]).toEqual([1, []])
  })

  it('are offered with a sentence when they cannot go on, and others go on', async () => {
    list = [summary('bad'), summary('taken'), summary('broken'), summary('good')]
    answer = ({ run }) => {
      if (run === 'bad') return Promise.reject(new Refusal('mail-account-missing', 'There is no account.'))
      if (run === 'taken') return Promise.reject(new Refusal('run-running', 'Another process runs it.'))
      if (run === 'broken') return Promise.reject(new Error('a bug'))
      return Promise.resolve(summary(run, { interrupted: false }))
    }
    await interrupted().goOn(root)
    expect(offers).toEqual([
      ['bad', { doubts: [], problem: 'There is no account.' }],
      ['broken', { doubts: [] }]
    ])
    expect(resumed).toEqual([['good']])
    expect(reports).toEqual(['resuming run bad', 'resuming run broken'])
  })

  it('are offered instead after they went down with their process three times', async () => {
    const runs = interrupted()
    for (let time = 0; time < 5; time++) await runs.goOn(root)
    expect(wishes).toHaveLength(3)
    expect(offers.at(-1)).toEqual(['r', { doubts }])
    await runs.resume(root, 'r', 'retry')
    await runs.goOn(root)
    expect(wishes.map(({ inDoubt }) => inDoubt)).toEqual(['ask', 'ask', 'ask', 'retry', 'ask'])
  })

  it('are cancelled without being asked about', async () => {
    list = [summary('r'), summary('over', { settled: { state: 'completed', at: 1 } })]
    await interrupted().cancel(root, 'r')
    await interrupted().cancel(root, 'over')
    expect(wishes).toEqual([{ run: 'r', inDoubt: 'skip', cancel: true }])
  })
})
