import { loopGuard, type RandomRun } from '../random/flows/randomRun.ts'
import {
  type Data,
  enoughOf,
  evaluate,
  flowAt,
  handlerOf,
  joinNeedOf,
  newData,
  newName,
  nextOf,
  outputsOf,
  passedOutcomeOf,
  read,
  simpleStep,
  stepAt,
  sure,
  textOf,
  times
} from './referenceFlow.ts'
import type { Call, Fork, Frame, Left, Line, Reply, Step, Told, Value, ValueRecord, Way } from './referenceTypes.ts'
import {
  Cancelled,
  Failed,
  type ReferenceThread,
  type Thread,
  type TurnLine,
  TurnTaking,
  type Turns,
  isOfOther
} from './turns.ts'

// What a run does, told a second time and as simply as can be, from the design: recursion over the flow as it is drawn.

/** Runs `flows` until nothing is due any more. `tries`: how often the Work at each place was tried, by its key. */
export function referenceRun({ flows, work, outside }: RandomRun) {
  const world = new TurnTaking()
  const tries: Record<string, number> = {}
  const branches: Line[] = []
  const documents: { readonly name: string; readonly text: string }[] = []
  /** The documents that were added, by the visit's key and text: a repeat adds none. */
  const added = new Set<string>()
  const newCall = (path: Value | undefined, replied: boolean, flow = flowAt(flows, path)): Call => ({
    flow,
    replied,
    branches: 0
  })
  /** Starts a line at `first`. `told` hears how it came out (undefined: cancelled), if it still has somebody waiting. */
  const start = (
    thread: Thread,
    call: Call,
    data: Data,
    first: Step,
    frame: Frame,
    told: Told,
    fork?: Fork,
    join?: Step
  ): Line =>
    world.begin(thread, { call, data, fork, join, path: frame.path }, function* (line: Line): Turns {
      if (fork) branches.push(line)
      let how: Way | Failed | undefined
      const isBehind = (): boolean => line.call.replied && !line.fork
      try {
        if (isBehind()) yield* world.later(line)
        how = yield* catching(line, first, frame)
        if (isBehind() && 'end' in how) yield* world.until(line, () => line.call.branches === 0)
      } catch (error) {
        if (!(error instanceof Failed || error instanceof Cancelled)) throw error
        how = error instanceof Failed ? error : undefined
      }
      if (how instanceof Failed && isBehind()) leave(line.call)
      if (!isBehind()) told(how, line)
      else if (!how || how instanceof Failed)
        world.end(line.thread, how ? 'failed' : 'cancelled', how && { code: how.code })
      else world.end(line.thread, 'completed', 'end' in how ? (line.call.early ?? how.end) : {})
    })
  const startCall = (thread: Thread, call: Call, path: string): Line =>
    start(
      thread,
      call,
      newData(call.flow),
      stepAt(call.flow, ({ type }) => type === 'start'),
      { path, passes: {}, locals: {} },
      (how) => {
        if (how instanceof Failed) leave(Object.assign(call, { error: how }))
        else if (how) call.reply = 'end' in how ? how.end : (how as { gone: Reply }).gone
      }
    )
  function* waitForCall(line: TurnLine, call: Call, path: string): Turns<Reply> {
    const child = startCall(line.thread, call, path)
    try {
      yield* world.until(line, () => call.error !== undefined || (call.reply !== undefined && call.branches === 0))
    } catch (error) {
      child.stopped = child.call === call
      leave(call)
      throw error
    }
    if (call.error) throw new Failed(call.error.code)
    return sure(call.early ?? call.reply)
  }
  /** A call that is left before its end leaves no branch behind. */
  const leave = (call: Call): void => {
    for (const line of branches) if (line.call === call && line.fork) world.cancel(line.thread)
  }
  /** Nor does a step whose time is over, of its own call. */
  const leaveStep = (call: Call, path: string): void => {
    for (const line of branches)
      if (line.call === call && line.fork && line.path.startsWith(`${path}/`)) world.cancel(line.thread)
  }
  const startBranch = (
    line: Line,
    at: Step,
    fork: Fork,
    index: number,
    first: Step,
    frame: Frame,
    join?: Step
  ): void => {
    const { call } = line
    fork.running++
    call.branches++
    const told: Told = (how, branch) => {
      if (how instanceof Failed) fork.error ??= how
      else if (how && ('joined' in how || ('out' in how && at.type === 'for-each' && !fork.early))) fork.arrived++
      else if (how && 'end' in how) {
        call.early ??= how.end
        fork.early ??= how.end
      }
      if (!how || how instanceof Failed)
        leaveFork(branch, fork, how ? 'failed' : 'cancelled', how && { code: how.code })
      else if ('gone' in how) detach(branch, fork, how.gone)
      else leaveFork(branch, fork, 'completed')
      if (how && 'out' in how) fork.results[index] = read(branch.data, frame.locals, at.settings['Collect']) ?? null
      if (how && !(how instanceof Failed || 'gone' in how || fork.over))
        for (const [id, given] of Object.entries(branch.data.steps))
          if (given !== fork.before[id]) line.data.steps[id] = given
    }
    start(
      world.newThread('branch', line.thread),
      call,
      { ...line.data, steps: { ...fork.before } },
      first,
      frame,
      told,
      fork,
      join
    )
  }
  const leaveFork = (line: Line, fork: Fork, how: string, more?: Partial<Thread>): void => {
    world.end(line.thread, how, more)
    Object.assign(fork, { running: fork.running - 1, ended: fork.ended + 1 })
    line.call.branches--
  }
  /** The branch goes to the background: nobody waits for it any more. */
  const detach = (line: Line, fork: Fork, reply: Reply): void =>
    leaveFork(line, Object.assign(fork, { reply: fork.reply ?? reply, gone: fork.gone + 1 }), 'detached')
  /** The call itself, and a branch in the background, go on at a Catch Exception when they fail. */
  function* catching(line: Line, first: Step, frame: Frame): Turns<Way> {
    try {
      return yield* walk(line, first, frame)
    } catch (error) {
      const ofCall = !frame.owner || (line.call.replied && !line.fork)
      const handler = ofCall && error instanceof Failed && error.at && handlerOf(line.call.flow, error.at)
      if (!handler) throw error
      line.data.steps[handler.id] = { Error: { code: error.code } }
      return yield* catching(line, handler, { path: frame.path, passes: frame.passes, locals: frame.locals })
    }
  }
  function* walk(line: Line, first: Step, frame: Frame): Turns<Way> {
    for (let at = first; at !== line.join;) {
      const left = yield* visit(line, at, frame)
      if (!('outcome' in left || 'goTo' in left)) return left
      const { flow, replied } = line.call
      const caught = frame.owner ? undefined : flow.steps.find(({ type }) => type === 'catch-outcome')
      const next = 'goTo' in left ? left.goTo : (nextOf(flow, at, left.outcome) ?? caught)
      if (frame.owner ? !next || next === frame.owner : !next && replied) return { out: true }
      if (!next) throw new Failed('outcome-not-connected', at)
      at = next
    }
    return { joined: true }
  }
  function* visit(line: Line, at: Step, frame: Frame): Turns<Left> {
    const pass = (frame.passes[at.id] = (frame.passes[at.id] ?? 0) + 1)
    if (pass > loopGuard) throw new Failed('loop-guard', at)
    if (at.disabled) return { outcome: passedOutcomeOf(at) }
    const inputs = inputsOf(line, at, frame)
    if (at.type === 'work') line.thread.effects.push({ step: at.id, input: inputs['In'] ?? null })
    const path = `${frame.path}/${at.id}#${pass}`
    const { attempts, wait, factor } = at.retry ?? { attempts: 1, wait: 0, factor: 1 }
    for (let attempt = 1; ; attempt++) {
      const outer = line.deadlines
      if (at.timeout !== undefined) line.deadlines = [...outer, world.timer(at.timeout * 1000)]
      try {
        const left = yield* run(line, at, frame, path, inputs)
        line.deadlines = outer
        return left
      } catch (error) {
        line.deadlines = outer
        if (isOfOther(line, error)) throw error
        if (!(error instanceof Failed)) leaveStep(line.call, path)
        const code = error instanceof Failed ? error.code : 'step-timeout'
        if (attempt < attempts) yield* world.sleep(line, wait * 1000 * factor ** (attempt - 1))
        else if (nextOf(line.call.flow, at, 'On Exception')) return done(line, at, { Error: { code } }, 'On Exception')
        else throw new Failed(code, at)
      }
    }
  }
  const inputsOf = ({ data }: Line, at: Step, { locals }: Frame): ValueRecord =>
    Object.fromEntries(Object.entries(at.inputs).map(([name, one]) => [name, evaluate(data, locals, one, world.now)]))
  const valueOf = (signal: { readonly value: Value } | undefined): ValueRecord =>
    signal ? { Value: signal.value } : {}
  const done = (line: Line, at: Step, outputs: ValueRecord, outcome = 'Done'): Left => (
    (line.data.steps[at.id] = outputs),
    { outcome }
  )
  function* run(line: Line, at: Step, frame: Frame, key: string, inputs: ValueRecord): Turns<Left> {
    const { Flow: called, Code, Paths, 'At most': atMost } = at.settings
    const body = (n: number, more: ValueRecord): Frame => {
      return { path: `${key}/${n}`, passes: {}, locals: { ...frame.locals, ...more, index: n }, owner: at }
    }
    const items = ((inputs['Items'] ?? []) as readonly Value[]).map((item, n) => body(n, { item }))
    switch (at.type) {
      case 'work': {
        const { takes, fails } = work(key, (tries[key] = (tries[key] ?? 0) + 1))
        yield* world.sleep(line, takes)
        if (fails !== undefined) throw new Failed(fails)
        return done(line, at, { Out: inputs['In'] ?? null })
      }
      case 'end':
        return { end: { outcome: at.name, outputs: outputsOf(line.call.flow, line.data, frame.locals, at, world.now) } }
      case 'throw-exception':
        throw new Failed(textOf(Code))
      case 'catch-exception':
        return { outcome: 'Caught' }
      case 'cancel-run':
        throw world.cancel()
      case 'run-flow': {
        const { outcome, outputs } = yield* waitForCall(line, newCall(called, false), key)
        return done(line, at, outputs, outcome)
      }
      case 'start-linked-flow-async':
        startCall(world.newThread('background'), newCall(called, true), `${key}/0`)
        return done(line, at, { Run: world.threads.length - 1 })
      case 'wait-for-run':
        yield* world.until(line, () => world.threads[Number(inputs['Run'])]?.end !== undefined)
        return done(line, at, {}, world.threads[Number(inputs['Run'])]?.end === 'completed' ? 'Done' : 'Failed')
      case 'go-async':
        return yield* goAsync(line, at, frame)
      case 'pause-flow':
        yield* world.sleep(line, Number(inputs['Seconds']) * 1000)
        return done(line, at, {}, 'Resume')
      case 'send-signal':
        world.send(textOf(inputs['Signal']), inputs['Value'] ?? null, at.settings['When nobody waits'] !== 'Drop')
        return done(line, at, {})
      case 'wait-for-signal':
        return done(line, at, valueOf(yield* world.receive(line, [textOf(inputs['Signal'])])), 'Received')
      case 'wait-for-first-signal': {
        const { Signals: names, 'Give up after': seconds } = at.settings
        const due = seconds === undefined ? Infinity : world.timer(Number(seconds) * 1000)
        const signal = yield* world.receive(line, (names as readonly Value[]).map(textOf), due)
        return done(line, at, valueOf(signal), signal?.name ?? 'Nothing Came')
      }
      case 'add-document':
        const text = textOf(inputs['Text'])
        if (!added.has(`${key} ${text}`)) documents.push({ name: newName(documents, textOf(inputs['Name'])), text })
        added.add(`${key} ${text}`)
        return done(line, at, {})
      case 'while':
        return yield* asLong(line, at, frame, inputs, body)
      case 'repeat':
        return yield* inOrder(
          line,
          at,
          times(inputs['Times']).map((n) => body(n, {}))
        )
      case 'for-each':
        return yield* (atMost === 1 ? inOrder : atOnce)(line, at, items, Number(atMost))
      case 'parallel':
        return yield* atOnce(
          line,
          at,
          times(Paths).map((n) => ({ ...body(n, {}), locals: frame.locals })),
          Infinity
        )
    }
    const [outcome, outputs] = simpleStep(at, inputs, line.data)
    return done(line, at, outputs, outcome)
  }
  function* asLong(
    line: Line,
    at: Step,
    frame: Frame,
    inputs: ValueRecord,
    body: (n: number, more: ValueRecord) => Frame
  ): Turns<Left> {
    const first = nextOf(line.call.flow, at, 'Loop')
    let { Condition: holds } = inputs
    for (let count = 0; ; count++) {
      if (holds === null) throw new Failed('input-missing')
      if (holds !== true) return done(line, at, { Count: count })
      const way: Way = first ? yield* walk(line, first, body(count, {})) : { out: true }
      if (!('out' in way)) return way
      holds = inputsOf(line, at, frame)['Condition']
    }
  }
  function* inOrder(line: Line, at: Step, frames: readonly Frame[]): Turns<Left> {
    const results: Value[] = []
    const first = nextOf(line.call.flow, at, at.type === 'repeat' ? 'Loop' : 'Each')
    for (const frame of frames) {
      if (results.length >= enoughOf(at)) break
      try {
        const way: Way = first ? yield* walk(line, first, frame) : { out: true }
        if (!('out' in way)) return way
        results.push((first && read(line.data, frame.locals, at.settings['Collect'])) ?? null)
      } catch (error) {
        if (isOfOther(line, error) || at.settings['On item error'] !== 'Continue') throw error
      }
    }
    return done(line, at, { Count: frames.length, Results: results })
  }
  function* atOnce(line: Line, at: Step, frames: readonly Frame[], atMost: number): Turns<Left> {
    const meets = at.type === 'parallel'
    const { join, wanted, cancelsRest } = joinNeedOf(line.call.flow, at)
    const fork: Fork = { before: { ...line.data.steps }, arrived: 0, gone: 0, running: 0, ended: 0, results: [] }
    let started = 0
    const needed = (): number => Math.min(wanted, frames.length - fork.gone)
    const tooFew = (): boolean => fork.arrived + fork.running + frames.length - started < needed()
    const hasEnough = (): boolean => fork.arrived > 0 && fork.arrived >= needed()
    const failure = (): Failed | undefined =>
      (meets ? tooFew() : at.settings['On item error'] === 'Stop' && !hasEnough()) ? fork.error : undefined
    const mayStart = (): boolean => !line.thread.cancelled && !failure() && (meets || (!fork.early && !hasEnough()))
    const stopRest = (): void => {
      started = frames.length
      for (const other of branches) if (other.fork === fork) world.cancel(other.thread)
    }
    /** The End Step that a branch has reached counts no more than the step that forked. */
    const forgetEarly = (): void => {
      if (line.call.early === fork.early) delete line.call.early
    }
    try {
      for (;;) {
        for (; started < frames.length && fork.running < atMost && mayStart(); started++) {
          const first = nextOf(line.call.flow, at, meets ? `Path ${started + 1}` : 'Each')
          if (first) startBranch(line, at, fork, started, first, sure(frames[started]), join)
          else {
            fork.results[started] = null
            if (!meets) fork.arrived++
          }
        }
        if (failure()) stopRest()
        else if (hasEnough()) {
          if (cancelsRest) stopRest()
          if (!meets) break
          if (join) {
            done(line, at, {})
            return { goTo: join }
          }
        }
        const { ended } = fork
        yield* world.until(line, () => fork.ended > ended || fork.running === 0)
        if (fork.ended === ended) break
      }
    } catch (error) {
      stopRest()
      forgetEarly()
      throw error
    } finally {
      fork.over = true
    }
    const failed = failure()
    if (failed) {
      forgetEarly()
      throw failed
    }
    if (fork.early) return { end: fork.early }
    if (fork.reply && meets) return line.fork ? { gone: fork.reply } : { end: fork.reply }
    if (meets) throw new Failed(join ? 'join-short' : 'branches-unmet')
    return done(line, at, { Count: frames.length, Results: fork.results.filter((one) => one !== undefined) })
  }
  /** Go Async: this line goes on in the background on a copy of the data; whoever waited for it has the reply. */
  function* goAsync(line: Line, at: Step, frame: Frame): Turns<Left> {
    const { call, fork } = line
    if (call.replied) return done(line, at, {})
    const chosen = stepAt(call.flow, ({ id }) => id === at.settings['Caller outcome'])
    const reply = { outcome: chosen.name, outputs: outputsOf(call.flow, line.data, frame.locals, chosen, world.now) }
    done(line, at, {})
    if (fork) detach(line, fork, reply)
    else call.reply = reply
    const moved = { flow: call.flow, replied: true, branches: 0 }
    Object.assign(line, {
      thread: world.newThread('background'),
      call: moved,
      data: structuredClone(line.data),
      fork: undefined
    })
    yield* world.later(line) // the caller first
    return { outcome: 'Done' }
  }
  const top = world.newThread('main')
  let reply: { readonly kind: string; readonly code?: string } & Partial<Reply> = { kind: 'none' }
  world.begin(top, {}, function* (line) {
    try {
      const given = yield* waitForCall(line, newCall(Object.keys(flows)[0], false), 'main')
      world.end(top, 'completed', given)
      reply = { kind: 'replied', ...given }
    } catch (error) {
      if (!(error instanceof Failed || error instanceof Cancelled)) throw error
      reply = error instanceof Failed ? { kind: 'failed', code: error.code } : { kind: 'cancelled' }
      world.end(top, reply.kind, reply.code === undefined ? {} : { code: reply.code })
    }
  })
  world.run(
    outside.map((one) => ({
      at: one.at,
      act: () => (one.kind === 'signal' ? world.send(one.signal, one.value) : world.cancel())
    }))
  )
  const threads = world.threads.map(({ cancelled: _, parent: __, ...one }): ReferenceThread => one)
  return { reply, settled: world.settled(), tries, documents, threads }
}
