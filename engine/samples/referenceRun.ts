import { type Flow, stepOf } from '../model/flow.ts'
import { joinAfter } from '../model/joinAfter.ts'
import type { Mapping } from '../model/mapping.ts'
import { connectionsByStep, reach } from '../model/reach.ts'
import type { Step } from '../model/step.ts'
import { type Value, type ValueRecord, valueAt } from '../model/value.ts'
import type { RandomRun } from './randomFlow.ts'

// What a run does, told a second time and as simply as can be: recursion over the flow as it is drawn, lines that take
// turns, time that jumps. No journal, no services, no speed. Written from the design, to be compared with the engine.

export interface ReferenceThread {
  readonly kind: 'main' | 'branch' | 'background'
  end?: string
  outcome?: string
  outputs?: ValueRecord
  code?: string
  /** The Work it began, in order. */
  readonly effects: { readonly step: string; readonly input: Value }[]
}
type Thread = ReferenceThread & { cancelled: boolean; parent: Thread | undefined }
type Reply = { readonly outcome: string; readonly outputs: ValueRecord }
type Data = { readonly flow: Record<string, Value>; readonly steps: Record<string, ValueRecord> }
/** One call of a flow; `early`: the End Step that a branch of it reached first. */
type Call = { readonly flow: Flow; readonly data: Data; readonly replied: boolean; branches: number; early?: Reply; reply?: Reply; error?: Failed }
type Fork = { arrived: number; gone: number; running: number; ended: number; error?: Failed; reply?: Reply; readonly results: (Value | undefined)[] }
/** What takes turns: one flow call, or one branch of it. Run Flow waits for the line of its child. */
type Line = { thread: Thread; call: Call; turns: Turns; ready: () => boolean; over: boolean; stopped: boolean; deadlines: number[]; fork: Fork | undefined; readonly join: Step | undefined }
type Frame = { readonly path: string; readonly passes: Record<string, number>; readonly locals: ValueRecord; readonly owner?: Step }
/** Where a way led: to an End Step, the end of the body, the Join; or all its branches went async. */
type Way = { readonly end: Reply } | { readonly out: true } | { readonly joined: true } | { readonly gone: Reply }
type Left = Way | { readonly outcome: string } | { readonly goTo: Step }
type Turns<T = void> = Generator<undefined, T, undefined>

class Cancelled extends Error {}
class Failed extends Error {
  at: Step | undefined
  constructor(readonly code: string, readonly deadline = 0) {
    super(code)
  }
}

/** Runs `flows` until nothing is due any more. `tries`: how often the Work at each place was tried, by its key. */
export function referenceRun({ flows, work, cancelAt }: RandomRun) {
  let now = 0
  let cancelled = false
  const threads: Thread[] = []
  const lines: Line[] = []
  const timers = cancelAt === undefined ? [] : [cancelAt]
  const tries: Record<string, number> = {}

  // ---- threads, turns, time
  const newThread = (kind: Thread['kind'], parent?: Thread): Thread => {
    threads.push({ kind, effects: [], cancelled: false, parent })
    return threads.at(-1) as Thread
  }
  const newLine = (thread: Thread, call: Call, run: (line: Line) => Turns, fork?: Fork, join?: Step): Line => {
    const line = { thread, call, ready: () => true, over: false, stopped: false, deadlines: [], fork, join } as unknown as Line
    line.turns = run(line)
    lines.push(line)
    return line
  }
  const giveTurn = (line: Line): boolean => (line.over = line.turns.next().done === true)
  const disturbed = (line: Line): boolean => line.thread.cancelled || line.stopped || line.deadlines.some((one) => now >= one)
  function* until(line: Line, ready: () => boolean): Turns {
    while (!disturbed(line) && !ready()) {
      line.ready = () => disturbed(line) || ready()
      yield
    }
    if (line.thread.cancelled || line.stopped) throw new Cancelled()
    const late = line.deadlines.find((one) => now >= one)
    if (late !== undefined) throw new Failed('step-timeout', late)
  }
  function* sleep(line: Line, milliseconds: number): Turns {
    const due = now + milliseconds
    timers.push(due)
    yield* until(line, () => now >= due)
  }
  const cancel = (thread: Thread): void => {
    if (thread.end !== undefined || thread.cancelled) return
    thread.cancelled = true
    for (const other of threads) if (other.parent === thread) cancel(other)
  }
  const cancelAll = (): void => {
    cancelled ||= threads.some((thread) => thread.end === undefined)
    threads.forEach(cancel)
  }
  const end = (thread: Thread, how: string, more: Partial<Thread> = {}): void => {
    Object.assign(thread, { end: how }, more)
    for (const other of threads) if (other.parent === thread) other.parent = thread.parent
  }
  /** A call that is left before its end leaves no branch behind. */
  const leave = (call: Call): void => lines.forEach((line) => line.fork && line.call === call && cancel(line.thread))
  /** Whether something thrown is no failure of the step that sees it: a cancellation, or an outer time limit. */
  const passesBy = (line: Line, error: unknown): boolean => !(error instanceof Failed) || line.deadlines.includes(error.deadline)

  // ---- calls and branches
  const newCall = (path: string, replied: boolean): Call => {
    const flow = flows[path] as Flow
    return { flow, data: { flow: Object.fromEntries((flow.variables ?? []).map(({ name, initial }) => [name, initial ?? null])), steps: {} }, replied, branches: 0 }
  }
  /** A line from `first` on. `told` hears how it came out (undefined: cancelled), unless it is in the background by then. */
  const start = (thread: Thread, call: Call, first: Step, frame: Frame, told: (how: Way | Failed | undefined) => void, fork?: Fork, join?: Step): Line =>
    newLine(thread, call, function* (line) {
      let how: Way | Failed | undefined
      const isBehind = (): boolean => line.call.replied && !line.fork
      try {
        how = yield* catching(line, first, frame)
        if (isBehind() && 'end' in how) yield* until(line, () => line.call.branches === 0)
      } catch (error) {
        if (!(error instanceof Failed || error instanceof Cancelled)) throw error
        how = error instanceof Failed ? error : undefined
      }
      if (!isBehind()) told(how)
      else if (!how) end(line.thread, 'cancelled')
      else if (!(how instanceof Failed)) end(line.thread, 'completed', 'end' in how ? (line.call.early ?? how.end) : {})
      else {
        leave(line.call)
        end(line.thread, 'failed', { code: how.code })
      }
    }, fork, join)
  const startCall = (thread: Thread, call: Call, path: string): Line => {
    const first = call.flow.steps.find(({ type }) => type === 'start') as Step
    return start(thread, call, first, { path, passes: {}, locals: {} }, (how) => {
      if (how instanceof Failed) leave(Object.assign(call, { error: how }))
      else if (how) call.reply = 'end' in how ? how.end : (how as { gone: Reply }).gone
    })
  }
  function* waitForCall(line: Line, call: Call, path: string): Turns<Reply> {
    const child = startCall(line.thread, call, path)
    giveTurn(child)
    try {
      yield* until(line, () => call.error !== undefined || (call.reply !== undefined && call.branches === 0))
    } catch (error) {
      child.stopped = child.call === call
      leave(call)
      throw error
    }
    if (call.error) throw new Failed(call.error.code)
    return (call.early ?? call.reply) as Reply
  }
  const leaveFork = (line: Line, call: Call, how: string, more?: Partial<Thread>): void => {
    end(line.thread, how, more)
    const fork = line.fork as Fork
    fork.running--
    fork.ended++
    call.branches--
    line.fork = undefined
  }
  const startBranch = (line: Line, at: Step, fork: Fork, index: number, first: Step, frame: Frame, join?: Step): void => {
    const { call } = line
    fork.running++
    call.branches++
    const branch = start(newThread('branch', line.thread), call, first, frame, (how) => {
      if (!how) return leaveFork(branch, call, 'cancelled')
      if (how instanceof Failed) {
        fork.error ??= how
        return leaveFork(branch, call, 'failed', { code: how.code })
      }
      fork.results[index] = collected(branch, at, frame)
      if ('joined' in how) fork.arrived++
      if ('end' in how) call.early ??= how.end
      if (!('gone' in how)) return leaveFork(branch, call, 'completed')
      wentAsync(fork, how.gone)
      fork.results[index] = undefined
      leaveFork(branch, call, 'detached')
    }, fork, join)
    giveTurn(branch)
  }
  const wentAsync = (fork: Fork, reply: Reply): void => {
    fork.reply ??= reply
    fork.gone++
  }
  /** What For Each keeps of an item. */
  const collected = (line: Line, { settings }: Step, frame: Frame): Value => read(line, frame, String(settings['Collect'])) ?? null

  // ---- walking from step to step
  /** The call itself, and a branch in the background, go on at a Catch Exception when they fail. */
  function* catching(line: Line, first: Step, frame: Frame): Turns<Way> {
    try {
      return yield* walk(line, first, frame)
    } catch (error) {
      const ofCall = !frame.owner || (line.call.replied && !line.fork)
      const { flow, data } = line.call
      const handler = ofCall && error instanceof Failed ? flow.steps.find((one) => one.type === 'catch-exception' && handles(flow, one, error)) : undefined
      if (!handler) throw error
      data.steps[handler.id] = { Error: { code: (error as Failed).code } }
      return yield* catching(line, handler, { path: frame.path, passes: frame.passes, locals: frame.locals })
    }
  }
  function* walk(line: Line, first: Step, frame: Frame): Turns<Way> {
    for (let at = first; at !== line.join; ) {
      try {
        const left = yield* visit(line, at, frame)
        if (!('outcome' in left || 'goTo' in left)) return left
        const next = 'goTo' in left ? left.goTo : nextOf(line.call.flow, at, left.outcome, !frame.owner)
        if (frame.owner ? !next || next === frame.owner : !next && line.call.replied) return { out: true }
        if (!next) throw new Failed('outcome-not-connected')
        at = next
      } catch (error) {
        if (error instanceof Failed) error.at = at
        throw error
      }
    }
    return { joined: true }
  }
  function* visit(line: Line, at: Step, frame: Frame): Turns<Left> {
    const pass = (frame.passes[at.id] = (frame.passes[at.id] ?? 0) + 1)
    const key = `${frame.path}/${at.id}#${pass}`
    const inputs = Object.fromEntries(Object.entries(at.inputs).map(([name, one]) => [name, evaluate(line, frame, one)]))
    if (at.type === 'work') line.thread.effects.push({ step: at.id, input: inputs['In'] ?? null })
    for (let attempt = 1; ; attempt++) {
      const deadline = now + (at.timeout ?? Infinity) * 1000
      line.deadlines.push(deadline)
      timers.push(deadline)
      try {
        return yield* run(line, at, frame, key, inputs)
      } catch (error) {
        line.deadlines = line.deadlines.filter((one) => one !== deadline)
        if (passesBy(line, error)) throw error
        const { attempts, wait, factor } = at.retry ?? { attempts: 1, wait: 0, factor: 1 }
        if (attempt < attempts) yield* sleep(line, wait * 1000 * factor ** (attempt - 1))
        else if (nextOf(line.call.flow, at, 'On Exception', false)) return done(line, at, { Error: { code: (error as Failed).code } }, 'On Exception')
        else throw error
      } finally {
        line.deadlines = line.deadlines.filter((one) => one !== deadline)
      }
    }
  }
  const done = (line: Line, at: Step, outputs: ValueRecord, outcome = 'Done'): Left => {
    line.call.data.steps[at.id] = outputs
    return { outcome }
  }
  function* run(line: Line, at: Step, frame: Frame, key: string, inputs: ValueRecord): Turns<Left> {
    const input = (name: string): Value => inputs[name] ?? null
    const body = (n: number, locals: ValueRecord): Frame => ({ path: `${key}/${n}`, passes: {}, locals: { ...frame.locals, ...locals }, owner: at })
    const bodies = (count: unknown, locals: (index: number) => ValueRecord): Frame[] => Array.from({ length: Number(count) }, (_, n) => body(n, locals(n)))
    switch (at.type) {
      case 'work': {
        const { takes, fails } = work(key, (tries[key] = (tries[key] ?? 0) + 1))
        yield* sleep(line, takes)
        if (fails !== undefined) throw new Failed(fails)
        return done(line, at, { Out: input('In') })
      }
      case 'pass': return done(line, at, { Out: input('In') })
      case 'end': return { end: replyAt(line, frame, at) }
      case 'if': return done(line, at, {}, input('Condition') === true ? 'True' : 'False')
      case 'set-value':
        line.call.data.flow[String(at.settings['Variable'])] = input('Value')
        return done(line, at, {})
      case 'throw-exception': throw new Failed(String(at.settings['Code']))
      case 'catch-exception': return { outcome: 'Caught' }
      case 'catch-outcome': return done(line, at, {}, 'Complete')
      case 'cancel-run':
        cancelAll()
        throw new Cancelled()
      case 'run-flow': {
        const { outcome, outputs } = yield* waitForCall(line, newCall(String(at.settings['Flow']), false), key)
        return done(line, at, outputs, outcome)
      }
      case 'start-linked-flow-async':
        startCall(newThread('background'), newCall(String(at.settings['Flow']), true), `${key}/0`)
        return done(line, at, { Run: threads.length - 1 })
      case 'wait-for-run': {
        const other = threads[Number(input('Run'))] as Thread
        yield* until(line, () => other.end !== undefined)
        return done(line, at, {}, other.end === 'completed' ? 'Done' : 'Failed')
      }
      case 'go-async': return yield* goAsync(line, at, frame)
      case 'repeat': return yield* inOrder(line, at, 'Loop', bodies(input('Times'), (index) => ({ index })))
      case 'for-each': {
        const items = input('Items') as readonly Value[]
        const frames = bodies(items.length, (index) => ({ item: items[index] ?? null, index }))
        const atMost = Number(at.settings['At most'])
        return atMost > 1 ? yield* atOnce(line, at, 'Each', frames, atMost) : yield* inOrder(line, at, 'Each', frames)
      }
      case 'parallel': return yield* atOnce(line, at, 'Path', bodies(at.settings['Paths'], () => ({})), Infinity)
      default: return done(line, at, {})
    }
  }
