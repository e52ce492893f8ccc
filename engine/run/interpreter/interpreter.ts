import { runMessages } from '../../messages/run.ts'
import {
  type Body,
  type CancelSignal,
  CancelSource,
  Cancelled,
  type Clock,
  type Enter,
  type Exit,
  type LogLevel,
  StepFailure,
  type ThreadControl,
  type Transition,
  type Value,
  type ValueRecord,
  siblingPath
} from '../../model/index.ts'
import { applyOutputs, longerList } from '../compile/applyOutputs.ts'
import { Attempts } from './attempts.ts'
import { Calls } from './calls.ts'
import { nextOf } from '../compile/compiledFlow.ts'
import { compiledFlow } from '../compile/compileFlow.ts'
import { Effects } from './effects.ts'
import type { ThreadEnd } from '../journal/event.ts'
import { Failures } from './failures.ts'
import { outcomeCatchOf } from '../compile/flowParts.ts'
import { Forks } from './forks.ts'
import { Frames, type StartableFlow, bodyResult, startable } from './frames.ts'
import { GoAsync } from './goAsync.ts'
import { isoTime } from '../journal/isoTime.ts'
import type { Pace } from '../schedule/pace.ts'
import type { Recorder } from '../journal/recorder.ts'
import type { ReplayActions } from '../replay/replay.ts'
import { Signals } from './signals.ts'
import { PlainSteps } from './plainSteps.ts'
import { StepVisit, type VisitWorld } from './stepVisit.ts'
import { type Call, type CallReply, type Frame, type Thread, placeOf, topOf } from './thread.ts'
import { threadControl } from './threadControl.ts'
import { type Ending, type RunReply, type Settled, Threads } from './threads.ts'
import { Visits } from './visits.ts'
import type { Answer, Wait } from './wait.ts'
import type { World } from './world.ts'

/** After so many steps it is seen whether a thread should let others have their turn. */
const checkEvery = 500

/** Timers, cancellation and other threads get their turn when a thread has gone on for so many steps, or milliseconds. */
const [turnSteps, turnTime] = [10_000, 8]

/** How long effects that are under way may take before the run is suspended in the midst of them, in milliseconds. */
const suspendGrace = 4000

const nothing: ValueRecord = {}

/**
 * Runs one flow. A thread is a stack of frames; the step on top runs and answers with a transition, and only this class
 * and its parts move threads by it:
 *
 * - `exit`    go on along an outcome (an End Step: leave the flow call, and call the step that entered it again);
 * - `enter`   put a frame on top, and call the step again once that frame is left;
 * - `fork`    start a thread per branch, and call the step again once they have ended (see Forks);
 * - `detach`  Go Async: move the frames from the flow call's own one up to a background thread. The call returns at once.
 *
 * What a failure does stands in Failures; how calls come back, in Calls.
 *
 * A step that returns no promise costs none: a thread advances in a plain loop until something has to be waited for.
 */
export class Interpreter implements VisitWorld {
  readonly #world: World
  readonly run: string
  readonly clock: Clock
  readonly recorder: Recorder
  readonly pace: Pace
  readonly frames: Frames
  readonly threads: Threads
  readonly #full: boolean
  readonly #plain: PlainSteps
  readonly #visits: Visits
  #forks: Forks | undefined
  #calls: Calls | undefined
  #failures: Failures | undefined
  #goAsync: GoAsync | undefined
  #attempts: Attempts | undefined
  #effects: Effects | undefined
  #signals: Signals | undefined

  constructor(world: World) {
    this.#world = world
    this.run = world.run
    this.clock = world.services.clock
    this.recorder = world.recorder
    this.pace = world.pace
    this.#full = world.recorder.full
    this.frames = new Frames(world.recorder, world.services.clock)
    this.threads = new Threads(this)
    this.#plain = new PlainSteps(this, world.limits.loopGuard)
    this.#visits = new Visits(this, world)
  }

  // ---- its parts, made when they are needed: most runs are short --------------------------------------------------

  get forks(): Forks {
    return (this.#forks ??= new Forks(this))
  }

  get calls(): Calls {
    return (this.#calls ??= new Calls(this))
  }

  get attempts(): Attempts {
    return (this.#attempts ??= new Attempts(this))
  }

  get effects(): Effects {
    return (this.#effects ??= new Effects(this.#world.journal))
  }

  get #signalled(): Signals {
    return (this.#signals ??= new Signals())
  }

  get services(): World['services'] {
    return this.#world.services
  }

  get journal(): World['journal'] {
    return this.#world.journal
  }

  // ---- from outside ----------------------------------------------------------------------------------------------

  /** Starts the main thread in the flow at `path`. Throws StepFailure, before anything ran, when it has no Start step. */
  start(path: string, inputs: ValueRecord): void {
    const { run, flows, definitions } = this.#world
    const flow = startable(compiledFlow(path, flows, definitions), path, path)
    const startedAt = isoTime(this.clock.now())
    if (this.#full) this.recorder.record({ event: 'RunStarted', run, flow: path, flows, inputs, startedAt })
    else this.recorder.record({ event: 'RunStarted', run, flow: path, flows, inputs, startedAt, recording: 'summary' })
    const main = this.threads.start('main', [])
    this.frames.pushCall(main, flow, inputs)
    this.advance(main)
  }

  /** Stops one thread, or the run with all its threads. What a step had done stays done. */
  cancel(thread?: number): void {
    if (this.threads.over) return
    this.recorder.record({ event: 'CancelRequested', ...(thread !== undefined && { target: thread }) })
    this.threads.cancel(thread)
  }

  /** Gives a signal from outside, while a thread is left: to the step that waits for it, or to the next one that does. */
  signal(name: string, value: Value): void {
    if (this.threads.over) return
    this.recorder.record({ event: 'SignalReceived', signal: name, value })
    this.#signalled.send(name, value)
  }

  /** Lets what must not be cut off end, and stops where it is, so that another process can go on from the journal. */
  async suspend(): Promise<void> {
    if (this.threads.over) return
    const enough = new CancelSource()
    await Promise.race([this.effects.close(), this.clock.sleep(suspendGrace, enough).catch(() => undefined)])
    enough.cancel()
    this.recorder.stop()
    this.threads.halt()
    await this.journal.close()
    this.onSettled({ state: 'suspended' })
  }

  /** What the journal that is followed makes happen. */
  get replayActions(): ReplayActions {
    return {
      cancel: (target) => {
        this.threads.cancel(target)
      },
      timeOut: (frame) => {
        const found = this.threads.find(frame)
        if (found) this.attempts.timeOut(found.frame)
      },
      signal: (name, value) => {
        this.#signalled.send(name, value)
      },
      takeSignal: (name) => {
        this.#signalled.drop(name)
      }
    }
  }

  onReply(reply: RunReply): void {
    this.#world.onReply(reply)
  }

  onSettled(settled: Settled): void {
    this.#world.onSettled(settled)
  }

  onBranchEnded(branch: Thread, end: ThreadEnd, how: Ending): void {
    this.forks.ended(branch, end, how)
  }

  // ---- moving a thread -------------------------------------------------------------------------------------------

  /** Moves the thread until it has to wait, or has ended. */
  advance(thread: Thread): void {
    if (thread.busy) return
    thread.busy = true
    while (thread.state === 'running') {
      if (thread.cancel.cancelled) {
        this.threads.end(thread, 'cancelled')
        break
      }
      const wait = (++thread.steps >= thread.checkAt ? this.#mayYield(thread) : undefined) ?? this.#pass(thread)
      if (wait !== undefined) {
        thread.checkAt = this.#world.replay?.following ? 0 : thread.steps + checkEvery
        thread.turnFrom = thread.steps
        thread.turnSince = undefined
        if (wait !== 'answer due') this.#goOnAfter(thread, wait)
        return
      }
    }
    thread.busy = false
  }

  #goOnAfter(thread: Thread, wait: Wait): void {
    if (wait === 'answer due') return
    const { turn } = thread
    const goOn = (): void => {
      if (thread.turn !== turn) return
      thread.busy = false
      this.advance(thread)
    }
    if (wait) void wait.then(goOn)
    else goOn()
  }

  /** A promise: timers, cancellation and other threads have their turn first, and the journal time to write. */
  #mayYield(thread: Thread): Promise<void> | undefined {
    const { id, steps } = thread
    const { replay } = this.#world
    const others = this.threads.running > 1
    if (replay?.following) {
      if (!others || !replay.yields(id, steps)) return undefined
    } else {
      const isFirst = thread.checkAt === 0
      thread.checkAt = steps + checkEvery
      if (isFirst) return undefined
      const now = this.clock.elapsed()
      thread.turnSince ??= now
      if (steps - thread.turnFrom < turnSteps && now - thread.turnSince < turnTime) return undefined
    }
    if (others) this.recorder.record({ event: 'ThreadYielded', thread: id, steps })
    return this.pace.after(thread.id, async () => {
      await this.clock.sleep(0, new CancelSource())
      await this.journal.pressure?.()
    })
  }

  /** Runs the step on top and follows its transition. A promise: what has to be over before the thread can go on. */
  #pass(thread: Thread): Wait {
    const frame = topOf(thread)
    try {
      const { visit } = frame
      if (visit) return this.answer(thread, frame, this.#visits.run(thread, frame, visit))
      if (frame.at.plain && !frame.caught && !this.#world.replay?.following) return this.#plain.pass(thread, frame)
      const begun = this.#visits.begin(thread, frame)
      if (begun instanceof StepVisit) return this.answer(thread, frame, this.#visits.run(thread, frame, begun))
      return begun && this.#due(thread, frame, begun)
    } catch (error) {
      return this.fail(thread, error)
    }
  }

  /** Follows what a step answered, now or when it comes. */
  answer(thread: Thread, frame: Frame, answer: Answer): Wait {
    if (answer.kind !== undefined) return this.#follow(thread, frame, answer)
    // While a journal is followed, the answer waits for its turn itself.
    return this.#due(thread, frame, this.#world.replay?.following ? answer : this.pace.after(thread.id, () => answer))
  }

  /** What comes of a promise, unless the thread was moved by force meanwhile. Undefined: the thread was stopped. */
  #due(thread: Thread, frame: Frame, answer: Promise<Transition | undefined>): 'answer due' {
    const { turn } = thread
    answer.then(
      (transition) => {
        if (thread.turn === turn) this.#resume(thread, frame, transition)
      },
      (error: unknown) => {
        if (thread.turn === turn) this.#goOnAfter(thread, this.fail(thread, error))
      }
    )
    return 'answer due'
  }

  #resume(thread: Thread, frame: Frame, transition: Transition | undefined): void {
    const { definition } = frame.at
    let wait: Wait
    try {
      wait = transition ? this.#follow(thread, frame, transition) : this.fail(thread, new Cancelled())
    } catch (error) {
      wait = this.fail(thread, error)
    }
    const isEffect = definition?.effect === 'idempotent' || definition?.effect === 'unsafe'
    if (this.#world.strict && isEffect && wait === undefined)
      wait = this.journal.durable().catch((problem: unknown) => this.fail(thread, problem))
    this.#goOnAfter(thread, wait)
  }

  #follow(thread: Thread, frame: Frame, transition: Transition): Promise<void> | undefined {
    if (thread.state === 'ended') return undefined
    const { visit } = frame
    switch (transition.kind) {
      case 'exit':
        this.#exit(thread, frame, transition)
        return undefined
      case 'enter':
        this.#enter(thread, frame, transition)
        return undefined
      case 'fork':
        if (visit) visit.state = transition.state
        this.forks.start(thread, frame, transition)
        return undefined
      case 'detach':
        this.#goAsync ??= new GoAsync(this)
        return this.#goAsync.detach(thread, frame, transition)
    }
  }

  // ---- exit ------------------------------------------------------------------------------------------------------

  #exit(thread: Thread, frame: Frame, { outcome, outputs, variables }: Exit): void {
    const { step, definition } = frame.at
    const isEnd = definition?.role === 'end'
    const name = isEnd ? step.name : outcome
    this.complete(thread, frame, name, outputs, variables)
    if (thread.cancel.cancelled) this.threads.end(thread, 'cancelled')
    else if (isEnd) this.endCall(thread, { outcome: name, step: step.id, outputs })
    else this.goTo(thread, frame, name)
  }

  /** The visit of the step on top is over. */
  complete(thread: Thread, frame: Frame, outcome: string, given: ValueRecord, set?: ValueRecord): void {
    const { at, data, visit } = frame
    const recorded = this.#full || at.observed
    frame.visit = undefined
    if (at.outputs || set || visit?.record?.given) {
      const { outputs, variables } = visit?.record?.given ?? applyOutputs(at, frame, given, set)
      data.steps[at.index] = outputs
      // First what it set: a step that has completed has done all of it.
      for (const { name, value, added } of variables) {
        data.flow.set(name, value === undefined ? longerList(data.flow.get(name), added ?? null) : value)
        if (!recorded) continue
        const told = added === undefined ? { value: value ?? null } : { value: added, added: true as const }
        this.recorder.record({ event: 'VariableSet', ...placeOf(thread, frame), variable: name, ...told })
      }
    } else data.steps[at.index] = given
    visit?.leave()
    if (recorded) this.recorder.stepCompleted(thread.id, frame.id, at.id, outcome, data.steps[at.index] ?? given)
  }

  /** Goes on along an outcome. A body ends where nothing is connected, or where the way leads back to its step. */
  goTo(thread: Thread, frame: Frame, outcome: string): void {
    const { at } = frame
    const target = nextOf(at, outcome) ?? (frame.kind === 'flow' ? outcomeCatchOf(frame.call.flow, outcome) : undefined)
    if (target?.definition?.role === 'join' && this.calls.reachJoin(thread, target, outcome)) return
    if (frame.kind === 'body' && (!target || target === frame.owner)) {
      this.frames.pop(thread)
      if (thread.kind === 'background' && thread.frames.length === 0) this.threads.end(thread, 'completed')
      else this.calls.returned(thread, bodyResult(frame, outcome), frame.keep)
    } else if (target) frame.at = target
    else if (frame.call.replied) {
      this.#log(thread, frame, 'warning', runMessages.endedAtOutcome(outcome, at.step.name))
      this.threads.end(thread, 'completed')
    } else {
      const { id, name } = at.step
      const message = runMessages.outcomeNotConnected(outcome, name)
      const wait = this.#failing.failFrame(thread, { code: 'outcome-not-connected', message, step: id }, id)
      void wait?.then(() => {
        this.advance(thread)
      })
    }
  }

  /** An End Step was reached. */
  endCall(thread: Thread, reply: CallReply): void {
    this.calls.end(thread, reply)
  }

  /** Does `go` once no branch of the call is left. */
  whenAlone(thread: Thread, call: Call, go: () => void): void {
    this.calls.whenAlone(thread, call, go)
  }

  /** Gives the reply of `call` to its caller. False: it could not be given. */
  returnTo(thread: Thread, call: Call, reply: CallReply): boolean | Promise<boolean> {
    return this.calls.returnTo(thread, call, reply)
  }

  // ---- enter -----------------------------------------------------------------------------------------------------

  #enter(thread: Thread, frame: Frame, { into, state, catches }: Enter): void {
    const { visit } = frame
    if (visit) {
      visit.state = state
      visit.catches = catches
    }
    if ('flow' in into) this.frames.pushCall(thread, this.flowFor(frame, into.flow), into.inputs, frame)
    else this.#enterBody(thread, frame, into)
  }

  #enterBody(thread: Thread, frame: Frame, body: Body): void {
    const first = nextOf(frame.at, body.outcome)
    if (first?.definition?.role === 'join' && this.calls.reachJoin(thread, first, body.outcome)) return
    if (first && first !== frame.at) this.frames.pushBody(thread, frame, first, body)
    else this.calls.returned(thread, { outcome: body.outcome, outputs: nothing }, body.keep)
  }

  /** The flow that the step of `frame` calls. Throws StepFailure. */
  flowFor(frame: Frame, path: string): StartableFlow {
    const { flows, definitions, limits } = this.#world
    const compiled = compiledFlow(siblingPath(frame.call.flow.path, path), flows, definitions)
    const flow = startable(compiled, path, frame.at.step.name)
    if (frame.call.depth < limits.callDepth) return flow
    throw new StepFailure('call-depth', runMessages.callDepth(flow.flow.name, limits.callDepth))
  }

  // ---- failure and telling ---------------------------------------------------------------------------------------

  /** The step on top failed. A promise while it waits for another attempt. */
  fail(thread: Thread, error: unknown): Promise<void> | undefined {
    return this.#failing.fail(thread, error)
  }

  get #failing(): Failures {
    return (this.#failures ??= new Failures(this))
  }

  #log(thread: Thread, frame: Frame, level: LogLevel, message: string): void {
    this.recorder.record({ event: 'Logged', ...placeOf(thread, frame), level, message })
  }

  /** What a visit may do to other threads. */
  threadControl(
    thread: Pick<Thread, 'id'>,
    frame: Pick<Frame, 'id' | 'at' | 'visit'>,
    signal: CancelSignal
  ): ThreadControl {
    return threadControl(this, this.#signalled, { thread, frame, signal })
  }
}
