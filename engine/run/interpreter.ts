import { runMessages } from '../messages/run.ts'
import { CancelSource, Cancelled } from '../model/cancelSignal.ts'
import { noData, onException } from '../model/connection.ts'
import type { LogLevel, StepDefinition } from '../model/definition.ts'
import { type Failure, StepFailure } from '../model/failure.ts'
import { siblingPath } from '../model/siblingPath.ts'
import type { StepId } from '../model/step.ts'
import type { Body, Enter, Exit, FrameResult, Transition } from '../model/transition.ts'
import type { Value, ValueRecord } from '../model/value.ts'
import { applyOutputs } from './applyOutputs.ts'
import type { CompiledFlow, CompiledStep } from './compiledFlow.ts'
import { compileFlow } from './compileFlow.ts'
import { InputMissing, allInputs, evaluateInputs, evaluateWithScripts, inputsOf } from './evaluateInputs.ts'
import type { EvaluatedInputs } from './evaluateInputs.ts'
import { cameFrom, errorRecord, failureOf, failureWith } from './failureOf.ts'
import { catchOf, outcomeCatchOf } from './flowParts.ts'
import { Forks } from './forks.ts'
import { Attempts } from './attempts.ts'
import { Effects } from './effects.ts'
import { GoAsync } from './goAsync.ts'
import { Frames, type StartableFlow, bodyResult, startable } from './frames.ts'
import type { ReplayActions } from './replay.ts'
import { Signals } from './signals.ts'
import { StepVisit, type VisitWorld } from './stepVisit.ts'
import { type Call, type CallReply, type Frame, type Thread, placeOf, topOf } from './thread.ts'
import { Threads } from './threads.ts'
import type { VisitRecord } from './visitRecord.ts'
import type { World } from './world.ts'

/** Steps a thread takes before timers, cancellation and other threads get their turn. */
const sliceSteps = 1000

/** How long effects that are under way may take before the run is suspended in the midst of them, in milliseconds. */
const suspendGrace = 4000

/**
 * Runs one flow. A thread is a stack of frames; the step on top runs and answers with a transition, and only this class
 * moves threads by it:
 *
 * - `exit`    go on along an outcome (an End Step: leave the flow call, and call the step that entered it again);
 * - `enter`   put a frame on top, and call the step again once that frame is left;
 * - `fork`    start a thread per branch, and call the step again once they have ended (see Forks);
 * - `detach`  Go Async: move the frames from the flow call's own one up to a background thread. The call returns at once.
 *
 * A step that fails is tried again if it asks for that, then leaves along On Exception if that is connected. Else the
 * failure goes down the stack: to a step that catches what it entered, to the flow's Catch Exception, to the step that
 * called the flow; at the bottom, the thread fails.
 *
 * A step that returns no promise costs none: a thread advances in a plain loop until something has to be waited for.
 */
export class Interpreter {
  readonly #world: World
  readonly #visits: VisitWorld
  readonly #threads: Threads
  readonly #frames: Frames
  readonly #forks: Forks
  readonly #goAsync: GoAsync
  readonly #attempts: Attempts
  readonly #effects: Effects
  readonly #signals = new Signals()
  readonly #compiled = new Map<string, CompiledFlow | undefined>()

  constructor(world: World) {
    this.#world = world
    const { run, services, recorder } = world
    this.#frames = new Frames(recorder, () => services.clock.now())
    this.#threads = new Threads({
      clock: services.clock,
      journal: world.journal,
      recorder,
      pace: world.pace,
      onReply: (reply) => world.onReply(reply),
      onSettled: (settled) => world.onSettled(settled),
      onBranchEnded: (branch, end, how) => this.#forks.ended(branch, end, how)
    })
    this.#forks = new Forks({
      threads: this.#threads,
      frames: this.#frames,
      pace: world.pace,
      flowFor: (frame, flow) => this.#flowFor(frame, flow),
      advance: (thread) => this.#advance(thread),
      fail: (thread, error) => this.#fail(thread, error),
      complete: (thread, frame) => this.#completeVisit(thread, frame, '', {}),
      endCall: (thread, reply) => this.#endCall(thread, reply)
    })
    this.#goAsync = new GoAsync({
      threads: this.#threads,
      recorder,
      pace: world.pace,
      advance: (thread) => this.#advance(thread),
      goTo: (thread, frame, outcome) => this.#goTo(thread, frame, outcome),
      complete: (thread, frame, outcome) => this.#completeVisit(thread, frame, outcome, {}),
      whenAlone: (thread, call, go) => this.#whenAlone(thread, call, go),
      returnTo: (thread, call, reply) => this.#returnTo(thread, call, reply)
    })
    this.#attempts = new Attempts({
      threads: this.#threads,
      frames: this.#frames,
      forks: this.#forks,
      clock: services.clock,
      recorder,
      pace: world.pace,
      advance: (thread) => this.#advance(thread),
      fail: (thread, error) => this.#fail(thread, error)
    })
    this.#effects = new Effects(world.journal)
    this.#visits = {
      run,
      services,
      recorder,
      effects: this.#effects,
      threadControl: (thread, frame, signal) => ({
        ended: (id) => this.#threads.whenEnded(id, signal),
        cancel: (id) => {
          this.cancel(id)
        },
        send: (name, value) => {
          // A visit that was cut off after it had sent it does not send it twice.
          if (frame.visit?.record?.signalsSent.has(name)) return
          recorder.record({ event: 'SignalSent', ...placeOf(thread, frame), signal: name, value })
          this.#signals.send(name, value)
        },
        receive: (name) =>
          this.#signals.receive(name, signal, () => {
            recorder.record({ event: 'SignalTaken', ...placeOf(thread, frame), signal: name })
          })
      })
    }
  }

  /** Starts the main thread in the flow at `path`. Throws StepFailure, before anything ran, when it has no Start step. */
  start(path: string, inputs: ValueRecord): void {
    const { run, flows, services, recorder, recording } = this.#world
    const flow = startable(this.#compile(path), path, path)
    const startedAt = new Date(services.clock.now()).toISOString()
    const kept = recording === 'full' ? {} : { recording }
    recorder.record({ event: 'RunStarted', run, flow: path, flows, inputs, startedAt, ...kept })
    const main = this.#threads.start('main', [])
    this.#frames.pushCall(main, flow, inputs)
    this.#advance(main)
  }

  /** Stops one thread, or the run with all its threads. What a step had done stays done. */
  cancel(thread?: number): void {
    if (this.#threads.over) return
    this.#world.recorder.record({ event: 'CancelRequested', ...(thread !== undefined && { target: thread }) })
    this.#threads.cancel(thread)
  }

  /** Lets what must not be cut off end, and stops where it is, so that another process can go on from the journal. */
  async suspend(): Promise<void> {
    if (this.#threads.over) return
    const { recorder, journal, services } = this.#world
    const enough = new CancelSource()
    await Promise.race([this.#effects.close(), services.clock.sleep(suspendGrace, enough).catch(() => undefined)])
    enough.cancel()
    recorder.stop()
    this.#threads.halt()
    await journal.close()
    this.#world.onSettled({ state: 'suspended' })
  }

  /** What the journal that is followed makes happen. */
  get replayActions(): ReplayActions {
    return {
      cancel: (target) => {
        this.#threads.cancel(target)
      },
      timeOut: (frame) => {
        const found = this.#threads.find(frame)
        if (found) this.#attempts.timeOut(found.frame)
      },
      signal: (name, value) => {
        this.#signals.send(name, value)
      },
      takeSignal: (name) => {
        this.#signals.drop(name)
      }
    }
  }

  /** Gives a signal from outside, while a thread is left: to the step that waits for it, or to the next one that does. */
  signal(name: string, value: Value): void {
    if (this.#threads.over) return
    this.#world.recorder.record({ event: 'SignalReceived', signal: name, value })
    this.#signals.send(name, value)
  }

  // ---- moving a thread -------------------------------------------------------------------------------------------

  #advance(thread: Thread): void {
    if (thread.busy) return
    thread.busy = true
    while (thread.state === 'running') {
      if (thread.cancel.cancelled) {
        this.#threads.end(thread, 'cancelled')
        break
      }
      const wait = ++thread.steps % sliceSteps === 0 ? this.#yield(thread) : this.#visit(thread)
      if (wait) {
        const { turn } = thread
        void wait.then(() => {
          if (thread.turn !== turn) return
          thread.busy = false
          this.#advance(thread)
        })
        return
      }
    }
    thread.busy = false
  }

  /** Lets timers, cancellation and other threads have their turn, and the journal time to write. */
  #yield(thread: Thread): Promise<void> {
    const { recorder, recording, pace, services, journal } = this.#world
    if (recording === 'summary' && this.#threads.running > 1)
      recorder.record({ event: 'ThreadYielded', thread: thread.id })
    return pace.after(thread.id, async () => {
      await services.clock.sleep(0, thread.ended)
      await journal.pressure?.()
    })
  }

  /** Runs the step on top and follows its transition. A promise: what has to be over before the thread can go on. */
  #visit(thread: Thread): Promise<void> | undefined {
    const frame = topOf(thread)
    const { turn } = thread
    const inTime = (): boolean => thread.turn === turn && thread.state !== 'ended'
    try {
      const visit = frame.visit ?? this.#beginVisit(thread, frame)
      if (!visit) return undefined
      const answer =
        visit instanceof Promise ? visit.then(() => this.#runStep(thread, frame)) : this.#runStep(thread, frame)
      if (!(answer instanceof Promise)) return this.#follow(thread, frame, answer)
      return answer
        .then((transition) => (inTime() && transition ? this.#follow(thread, frame, transition) : undefined))
        .catch((error: unknown) => (inTime() ? this.#fail(thread, error) : undefined))
    } catch (error) {
      return this.#fail(thread, error)
    }
  }

  #runStep(thread: Thread, frame: Frame): Transition | Promise<Transition> | undefined {
    const { visit, at } = frame
    if (!visit || !at.definition) return undefined
    if (at.step.timeout !== undefined && !visit.over) this.#attempts.limitTime(frame, visit, at.step.timeout)
    if (this.#world.replay?.following) return this.#runAgain(thread, frame, visit, at.definition)
    const answer = at.definition.run(visit)
    return answer instanceof Promise ? this.#whenItIsTime(thread, answer) : answer
  }

  async #whenItIsTime(thread: Thread, answer: Promise<Transition>): Promise<Transition> {
    const transition = await this.#world.pace.after(thread.id, () => answer)
    if (!transition) throw new Cancelled()
    return transition
  }

  /** While a journal is followed: what came of the visit, by what the journal tells or by making its moves again. */
  #runAgain(
    thread: Thread,
    frame: Frame,
    visit: StepVisit,
    definition: StepDefinition
  ): Transition | Promise<Transition> | undefined {
    const { replay, recording } = this.#world
    const { record } = visit
    const run = (): Transition | Promise<Transition> => {
      if (visit.signal.cancelled) throw new Cancelled()
      if (record && replay) visit.resumed = replay.resumed(record)
      return definition.run(visit)
    }
    const known = recording === 'full' ? !record?.entered && !definition.detaches : frame.at.observed
    return known && replay ? replay.answer(thread.id, frame.id, record, run) : definition.run(visit)
  }

  /** Begins a visit of the step on top. Undefined: there is none, the thread has gone on without. */
  #beginVisit(thread: Thread, frame: Frame): StepVisit | Promise<void> | undefined {
    const { at, call } = frame
    const { step, definition } = at
    if (!definition) throw new StepFailure('unknown-step', runMessages.unknownStep(step.name, step.type))
    if (step.disabled) {
      this.#log(thread, frame, 'info', runMessages.disabled(step.name))
      frame.joined = undefined
      this.#goTo(thread, frame, at.passed)
      return undefined
    }
    const { loopGuard } = this.#world.limits
    const pass = (frame.passes[at.index] ?? 0) + 1
    frame.passes[at.index] = pass
    if (pass > loopGuard) throw new StepFailure('loop-guard', runMessages.loopGuard(step.name, loopGuard))
    const record = at.hasScript ? undefined : this.#recordOf(frame)
    const known = record && inputsOf(record, at)
    if (!at.hasScript)
      return this.#openVisit(thread, frame, pass, known ?? evaluateInputs(at, frame.data, frame.locals), record)
    const { pace, services } = this.#world
    const { data, locals } = frame
    return pace
      .after(thread.id, () => evaluateWithScripts(call.flow, at, data, locals, services.script, thread.cancel))
      .then((inputs) => {
        if (frame.at !== at || frame.visit) return
        const told = inputs ? undefined : this.#recordOf(frame)
        const given = inputs ?? (told && inputsOf(told, at))
        if (!given) throw new Cancelled()
        this.#openVisit(thread, frame, pass, given, told)
      })
  }

  /** What the journal that is followed tells of the visit that begins. */
  #recordOf({ id, at }: Frame): VisitRecord | undefined {
    const { replay, recording } = this.#world
    return replay?.following && (recording === 'full' || at.observed) ? replay.open(id, at.step.id) : undefined
  }

  #openVisit(thread: Thread, frame: Frame, pass: number, inputs: EvaluatedInputs, record?: VisitRecord): StepVisit {
    this.#world.recorder.record({ event: 'StepStarted', ...placeOf(thread, frame), inputs: allInputs(inputs) })
    const visit = new StepVisit(this.#visits, thread, frame, pass, inputs, record)
    visit.results = frame.joined
    frame.joined = undefined
    frame.caught = undefined
    frame.visit = visit
    return visit
  }

  #follow(thread: Thread, frame: Frame, transition: Transition | undefined): Promise<void> | undefined {
    if (thread.state === 'ended' || !transition) return undefined
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
        this.#forks.start(thread, frame, transition)
        return undefined
      case 'detach':
        return this.#goAsync.detach(thread, frame, transition)
    }
  }

  // ---- exit ------------------------------------------------------------------------------------------------------

  #exit(thread: Thread, frame: Frame, { outcome, outputs, variables }: Exit): void {
    const { step, definition } = frame.at
    const isEnd = definition?.role === 'end'
    const name = isEnd ? step.name : outcome
    this.#completeVisit(thread, frame, name, outputs, variables)
    if (thread.cancel.cancelled) this.#threads.end(thread, 'cancelled')
    else if (isEnd) this.#endCall(thread, { outcome: name, step: step.id, outputs })
    else this.#goTo(thread, frame, name)
  }

  #completeVisit(thread: Thread, frame: Frame, outcome: string, given: ValueRecord, set?: ValueRecord): void {
    const { at, data, visit } = frame
    const place = placeOf(thread, frame)
    const { outputs, variables } = visit?.record?.given ?? applyOutputs(at.step, frame, given, set)
    frame.visit = undefined
    visit?.leave()
    data.steps[at.index] = outputs
    // First what it set: a step that has completed has done all of it.
    for (const { name, value } of variables) {
      data.flow.set(name, value)
      this.#world.recorder.record({ event: 'VariableSet', ...place, variable: name, value })
    }
    this.#world.recorder.record({ event: 'StepCompleted', ...place, outcome, outputs })
  }

  /** Goes on along an outcome. A body ends where nothing is connected, or where the way leads back to its step. */
  #goTo(thread: Thread, frame: Frame, outcome: string): void {
    const { step, next } = frame.at
    const target = next.get(outcome) ?? (frame.kind === 'flow' ? outcomeCatchOf(frame.call.flow, outcome) : undefined)
    if (target?.definition?.role === 'join' && this.#reachJoin(thread, target, outcome)) return
    if (frame.kind === 'body' && (!target || target === frame.owner)) {
      this.#frames.pop(thread)
      if (thread.kind === 'background' && thread.frames.length === 0) this.#threads.end(thread, 'completed')
      else this.#returned(thread, bodyResult(frame, outcome), frame.keep)
    } else if (target) frame.at = target
    else if (frame.call.replied) {
      this.#log(thread, frame, 'warning', runMessages.endedAtOutcome(outcome, step.name))
      this.#threads.end(thread, 'completed')
    } else {
      const message = runMessages.outcomeNotConnected(outcome, step.name)
      const wait = this.#failFrame(thread, { code: 'outcome-not-connected', message, step: step.id }, step.id)
      void wait?.then(() => this.#advance(thread))
    }
  }

  /** A branch comes to the Join where the others meet it; one that has gone to the background is not waited for. */
  #reachJoin(thread: Thread, join: CompiledStep, outcome: string): boolean {
    const { call } = topOf(thread)
    const branch = thread.frames.findLast((frame) => frame.call === call && frame.join === join)
    if (!branch) return false
    const result = bodyResult(topOf(thread), outcome)
    this.#frames.popTo(thread, branch)
    if (thread.branch && thread.frames.length === 1) {
      this.#frames.pop(thread)
      this.#forks.arrive(thread, thread.branch.fork, result)
    } else {
      this.#log(thread, branch, 'info', runMessages.joinMissed(join.step.name))
      this.#threads.end(thread, 'completed')
    }
    return true
  }

  /**
   * An End Step was reached: takes off all frames of this flow call and gives the reply to whoever called it. In a
   * branch, only the branch ends; the call follows with its last branch.
   */
  #endCall(thread: Thread, reply: CallReply): void {
    this.#frames.popBodies(thread)
    const { call, kind, visit } = topOf(thread)
    visit?.leave()
    if (kind === 'body' && thread.branch) {
      call.early ??= reply
      thread.branch.fork.early ??= reply
      this.#frames.pop(thread)
      this.#threads.end(thread, 'completed', { result: reply })
    } else
      this.#whenAlone(thread, call, () => {
        const first = call.early ?? reply
        this.#frames.pop(thread, first)
        void this.#returnTo(thread, call, first)
      })
  }

  /** Does `go` once no branch of the call is left. */
  #whenAlone(thread: Thread, call: Call, go: () => void): void {
    if (call.branches === 0) {
      go()
      return
    }
    thread.state = 'waiting'
    call.ending = {
      thread,
      go: () => {
        if (thread.cancel.cancelled) this.#threads.end(thread, 'cancelled')
        else go()
      }
    }
  }

  /** Gives the reply of `call` to its caller: the step below, or the run's. False: it could not be given. */
  #returnTo(thread: Thread, call: Call, reply: CallReply): boolean | Promise<boolean> {
    if (thread.kind === 'main' && thread.frames.length === 0 && !call.replied) return this.#threads.reply(thread, reply)
    this.#returned(thread, reply)
    return true
  }

  /** The frame that the step now on top had entered is gone: tells the step, or ends the thread. */
  #returned(thread: Thread, { outcome, outputs, error }: FrameResult, keep = false): void {
    const below = thread.frames.at(-1)
    const result = { outcome, outputs, ...(error && { error }) }
    if (!below) this.#threads.end(thread, 'completed', { result })
    else if (below.visit) {
      below.visit.result = result
      if (keep) below.visit.keep(result)
      if (below.at.definition?.freshInputs) this.#freshInputs(below, below.visit)
    }
  }

  #freshInputs({ at, data, locals }: Frame, visit: StepVisit): void {
    const { fixed, dynamic } = evaluateInputs(at, data, locals)
    visit.inputs = fixed
    visit.dynamicInputs = dynamic
  }

  // ---- enter -----------------------------------------------------------------------------------------------------

  #enter(thread: Thread, frame: Frame, { into, state, catches }: Enter): void {
    const { visit } = frame
    if (visit) {
      visit.state = state
      visit.catches = catches
    }
    if ('flow' in into) this.#frames.pushCall(thread, this.#flowFor(frame, into.flow), into.inputs, frame)
    else this.#enterBody(thread, frame, into)
  }

  #enterBody(thread: Thread, frame: Frame, body: Body): void {
    const first = frame.at.next.get(body.outcome)
    if (first?.definition?.role === 'join' && this.#reachJoin(thread, first, body.outcome)) return
    if (first && first !== frame.at) this.#frames.pushBody(thread, frame, first, body)
    else this.#returned(thread, { outcome: body.outcome, outputs: {} }, body.keep)
  }

  /** The flow that the step of `frame` calls. Throws StepFailure. */
  #flowFor(frame: Frame, path: string): StartableFlow {
    const { callDepth } = this.#world.limits
    const flow = startable(this.#compile(siblingPath(frame.call.flow.path, path)), path, frame.at.step.name)
    if (frame.call.depth < callDepth) return flow
    throw new StepFailure('call-depth', runMessages.callDepth(flow.flow.name, callDepth))
  }

  // ---- failure ---------------------------------------------------------------------------------------------------

  /** The step on top failed. A promise while it waits for another attempt. */
  #fail(thread: Thread, error: unknown): Promise<void> | undefined {
    if (thread.state === 'ended') return undefined
    if (thread.cancel.cancelled || error instanceof Cancelled) {
      this.#threads.end(thread, 'cancelled')
      return undefined
    }
    const frame = topOf(thread)
    const { at, visit } = frame
    const place = placeOf(thread, frame)
    if (error instanceof InputMissing && at.noData) {
      this.#world.recorder.record({ event: 'StepStarted', ...place, inputs: {} })
      this.#completeVisit(thread, frame, noData, {})
      this.#goTo(thread, frame, noData)
      return undefined
    }
    const failure = failureOf(error, at.step.id, at.step.name)
    const { retry } = at.step
    if (visit && retry && visit.attempt < retry.attempts)
      return this.#attempts.again(thread, frame, visit, retry, failure)
    frame.visit = undefined
    visit?.leave()
    const handled = at.onException !== undefined
    this.#world.recorder.record({ event: 'StepFailed', ...place, error: failure, handled })
    if (!handled) return this.#failFrame(thread, failure, cameFrom(error, at.step.id))
    frame.data.steps[at.index] = { Error: errorRecord(failure, at.step.id) }
    this.#goTo(thread, frame, onException)
    return undefined
  }

  /** The failure goes down the stack by one frame. `from`: the step of this flow call at which it came up. */
  #failFrame(thread: Thread, failure: Failure, from: StepId): Promise<void> | undefined {
    const frame = topOf(thread)
    const { call, at } = frame
    const isCall = frame.kind === 'flow' || (thread.frames.length === 1 && thread.kind === 'background')
    const handler = isCall ? catchOf(call.flow, at, from, failure) : undefined
    if (handler) {
      frame.kind = 'flow'
      frame.at = handler
      frame.caught = failure
      return undefined
    }
    this.#frames.pop(thread)
    if (isCall) this.#threads.leave(thread, [call])
    const below = thread.frames.at(-1)
    if (!below) this.#threads.end(thread, 'failed', { error: failure, from })
    else if (below.visit?.catches) this.#returned(thread, { outcome: '', outputs: {}, error: failure }, frame.keep)
    else return this.#fail(thread, failureWith(failure, isCall ? undefined : from))
    return undefined
  }

  #log(thread: Thread, frame: Frame, level: LogLevel, message: string): void {
    this.#world.recorder.record({ event: 'Logged', ...placeOf(thread, frame), level, message })
  }

  #compile(path: string): CompiledFlow | undefined {
    const { flows, definitions } = this.#world
    if (!this.#compiled.has(path)) this.#compiled.set(path, compileFlow(path, flows, definitions))
    return this.#compiled.get(path)
  }
}
