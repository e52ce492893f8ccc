import { runMessages } from '../messages/run.ts'
import { Cancelled, CancelSource } from '../model/cancelSignal.ts'
import { onException } from '../model/connection.ts'
import type { LogLevel, StepContext, StepDefinition } from '../model/definition.ts'
import { type Failure, StepFailure } from '../model/failure.ts'
import type { Services } from '../model/services.ts'
import { siblingPath } from '../model/siblingPath.ts'
import type { Body, Detach, FlowCall, Fork, FrameResult, Transition } from '../model/transition.ts'
import type { ValueRecord } from '../model/value.ts'
import { type CompiledFlow, compileFlow } from './compileFlow.ts'
import { evaluateInputs, evaluateSoFar } from './evaluateInputs.ts'
import type { RunFlows, ThreadEnd } from './event.ts'
import { failureOf, failureWith } from './failureOf.ts'
import { copyData } from './flowData.ts'
import { Frames } from './frames.ts'
import type { Journal } from './journal.ts'
import type { Recorder } from './recorder.ts'
import { type Call, type CallReply, type ForkWait, type Frame, type Thread, type Visit, topOf } from './thread.ts'
import { type Ending, type RunReply, type Settled, Threads } from './threads.ts'

export interface Limits {
  /** How deep flows may call flows. */
  readonly callDepth: number
  /** How often one step may be passed in one frame. */
  readonly loopGuard: number
}

interface World {
  readonly run: string
  readonly flows: RunFlows
  readonly definitions: ReadonlyMap<string, StepDefinition>
  readonly services: Services
  readonly journal: Journal
  readonly recorder: Recorder
  readonly limits: Limits
  onReply(reply: RunReply): void
  onSettled(settled: Settled): void
}

/** Steps a thread takes before timers, cancellation and other threads get their turn. */
const sliceSteps = 1000

/**
 * Runs one flow. A thread is a stack of frames; the step on top runs and answers with a transition, and only this class
 * moves threads by it:
 *
 * - `exit`    go on along an outcome (an End Step: leave the flow call, and call the step that entered it again);
 * - `enter`   put a frame on top, and call the step again once that frame is left;
 * - `fork`    start a thread per branch, and call the step again once all of them have ended;
 * - `detach`  Go Async: move the frames from the flow call's own one up to a background thread. The call returns at once.
 *
 * A step that throws leaves along On Exception if that is connected; else its flow call fails, and so on down the stack.
 * A step that returns no promise costs none: a thread advances in a plain loop until something has to be waited for.
 */
export class Interpreter {
  readonly #world: World
  readonly #threads: Threads
  readonly #frames: Frames
  readonly #compiled = new Map<string, CompiledFlow | undefined>()

  constructor(world: World) {
    this.#world = world
    this.#frames = new Frames(world.recorder)
    this.#threads = new Threads({
      clock: world.services.clock,
      journal: world.journal,
      recorder: world.recorder,
      onReply: (reply) => world.onReply(reply),
      onSettled: (settled) => world.onSettled(settled),
      onBranchEnded: (branch, end, how) => this.#branchEnded(branch, end, how)
    })
  }

  /** Starts the main thread in the flow at `path`. Throws StepFailure, before anything ran, when it has no Start step. */
  start(path: string, inputs: ValueRecord): void {
    const { run, flows, services, recorder } = this.#world
    const flow = this.#compile(path)
    if (!flow?.start) throw new StepFailure('no-start', runMessages.noStart(flow?.flow.name ?? path))
    const startedAt = new Date(services.clock.now()).toISOString()
    recorder.record({ event: 'RunStarted', run, flow: path, flows, inputs, startedAt })
    const main = this.#threads.start('main', [])
    this.#frames.pushCall(main, flow, flow.start, inputs, 'main')
    this.#advance(main)
  }

  /** Stops one thread, or the run with all its threads. What a step had done stays done. */
  cancel(thread?: number): void {
    this.#threads.cancel(thread)
  }

  // ---- moving a thread -------------------------------------------------------------------------------------------

  #advance(thread: Thread): void {
    if (thread.busy) return
    thread.busy = true
    for (let steps = 0; thread.state === 'running'; steps++) {
      if (thread.cancel.cancelled) {
        this.#threads.end(thread, 'cancelled')
        break
      }
      const wait = steps < sliceSteps ? this.#visit(thread) : this.#world.services.clock.sleep(0, new CancelSource())
      if (wait) {
        void wait.then(() => {
          thread.busy = false
          this.#advance(thread)
        })
        return
      }
    }
    thread.busy = false
  }

  /** Runs the step on top and follows its transition. A promise: what has to be over before the thread can go on. */
  #visit(thread: Thread): Promise<void> | undefined {
    const frame = topOf(thread)
    try {
      const transition = this.#runStep(thread, frame)
      if (!(transition instanceof Promise)) return this.#follow(thread, frame, transition)
      return transition
        .then((answer) => this.#follow(thread, frame, answer))
        .catch((error: unknown) => this.#fail(thread, error))
    } catch (error) {
      this.#fail(thread, error)
      return undefined
    }
  }

  #runStep(thread: Thread, frame: Frame): Transition | Promise<Transition> {
    const { step, definition, settings } = frame.at
    if (!definition) throw new StepFailure('unknown-step', runMessages.unknownStep(step.name, step.type))
    if (step.disabled) {
      this.#log(thread, frame, 'info', runMessages.disabled(step.name))
      return { kind: 'exit', outcome: Object.keys(definition.outcomes)[0] ?? '', outputs: {} }
    }
    const visit = (frame.visit ??= this.#beginVisit(thread, frame))
    const context: StepContext = {
      step,
      settings,
      services: this.#world.services,
      inputs: visit.inputs.fixed,
      dynamicInputs: visit.inputs.dynamic,
      state: visit.state,
      result: visit.result,
      results: visit.results,
      signal: thread.cancel,
      key: `${this.#world.run}/${visit.key}`,
      progress: (progress) => {
        if (frame.visit === visit && thread.state !== 'ended')
          this.#world.recorder.record({ event: 'StepProgressed', ...placeOf(thread, frame), ...progress })
      },
      log: (level, message) => this.#log(thread, frame, level, message)
    }
    return definition.run(context)
  }

  #beginVisit(thread: Thread, frame: Frame): Visit {
    const { step } = frame.at
    const { loopGuard } = this.#world.limits
    const passes = (frame.passes.get(step.id) ?? 0) + 1
    frame.passes.set(step.id, passes)
    if (passes > loopGuard) throw new StepFailure('loop-guard', runMessages.loopGuard(step.name, loopGuard))
    const inputs = evaluateInputs(frame.at, frame.call.data, frame.locals)
    this.#world.recorder.record({ event: 'StepStarted', ...placeOf(thread, frame), inputs: inputs.all })
    const key = `${frame.key}/${step.id}#${String(passes)}`
    return { inputs, key, state: undefined, result: undefined, results: undefined }
  }

  #follow(thread: Thread, frame: Frame, transition: Transition): Promise<void> | undefined {
    if (thread.state === 'ended') return undefined
    switch (transition.kind) {
      case 'exit':
        this.#exit(thread, frame, transition.outcome, transition.outputs)
        return undefined
      case 'enter':
        if (frame.visit) frame.visit.state = transition.state
        if ('flow' in transition.into) this.#enterFlow(thread, frame, transition.into)
        else this.#enterBody(thread, frame, transition.into)
        return undefined
      case 'fork':
        if (frame.visit) frame.visit.state = transition.state
        this.#fork(thread, frame, transition)
        return undefined
      case 'detach':
        return this.#detach(thread, frame, transition)
    }
  }

  // ---- exit ------------------------------------------------------------------------------------------------------

  #exit(thread: Thread, frame: Frame, outcome: string, outputs: ValueRecord): void {
    const { step, definition } = frame.at
    const isEnd = definition?.role === 'end'
    const name = isEnd ? step.name : outcome
    if (frame.visit) this.#completeVisit(thread, frame, name, outputs)
    if (thread.cancel.cancelled) this.#threads.end(thread, 'cancelled')
    else if (isEnd) this.#endCall(thread, { outcome: name, step: step.id, outputs })
    else this.#goTo(thread, frame, name)
  }

  #completeVisit(thread: Thread, frame: Frame, outcome: string, outputs: ValueRecord): void {
    frame.visit = undefined
    frame.call.data.steps.set(frame.at.step.id, outputs)
    this.#world.recorder.record({ event: 'StepCompleted', ...placeOf(thread, frame), outcome, outputs })
  }

  /** Goes on along an outcome. A body ends where nothing is connected, or where the way leads back to its step. */
  #goTo(thread: Thread, frame: Frame, outcome: string): void {
    const { step, next } = frame.at
    const target = next.get(outcome)
    if (frame.kind === 'body' && (!target || target === thread.frames.at(-2)?.at)) {
      this.#frames.pop(thread)
      this.#returned(thread, { outcome, outputs: {} })
    } else if (target) frame.at = target
    else if (frame.call.replied) {
      this.#log(thread, frame, 'warning', runMessages.endedAtOutcome(outcome, step.name))
      this.#threads.end(thread, 'completed')
    } else {
      const message = runMessages.outcomeNotConnected(outcome, step.name)
      this.#failCall(thread, { code: 'outcome-not-connected', message, step: step.id })
    }
  }

  /** An End Step was reached: takes off all frames of this flow call and gives the reply to whoever called it. */
  #endCall(thread: Thread, reply: CallReply): void {
    const { call } = topOf(thread)
    while (thread.frames.at(-1)?.kind === 'body') this.#frames.pop(thread)
    if (thread.frames.length > 0) this.#frames.pop(thread, reply)
    if (thread.kind === 'main' && thread.frames.length === 0 && !call.replied) void this.#threads.reply(thread, reply)
    else this.#returned(thread, reply)
  }

  /** The frame that the step now on top had entered is gone: tells the step, or ends the thread. */
  #returned(thread: Thread, { outcome, outputs }: FrameResult): void {
    const below = thread.frames.at(-1)
    if (!below) this.#threads.end(thread, 'completed', { result: { outcome, outputs } })
    else if (below.visit) below.visit.result = { outcome, outputs }
  }

  // ---- enter -----------------------------------------------------------------------------------------------------

  #enterFlow(thread: Thread, frame: Frame, into: FlowCall): void {
    const flow = this.#compile(siblingPath(frame.call.flow.path, into.flow))
    const { callDepth } = this.#world.limits
    if (!flow) throw new StepFailure('flow-missing', runMessages.flowMissing(into.flow, frame.at.step.name))
    if (!flow.start) throw new StepFailure('no-start', runMessages.noStart(flow.flow.name))
    if (frame.call.depth >= callDepth)
      throw new StepFailure('call-depth', runMessages.callDepth(flow.flow.name, callDepth))
    this.#frames.pushCall(thread, flow, flow.start, into.inputs, frame.visit?.key ?? frame.key)
  }

  #enterBody(thread: Thread, frame: Frame, body: Body): void {
    const first = frame.at.next.get(body.outcome)
    if (first) this.#frames.pushBody(thread, frame, first, body)
    else if (frame.visit) frame.visit.result = { outcome: body.outcome, outputs: {} }
  }

  // ---- fork ------------------------------------------------------------------------------------------------------

  #fork(thread: Thread, frame: Frame, { branches }: Fork): void {
    const results = branches.map(({ outcome }): FrameResult => ({ outcome, outputs: {} }))
    const fork: ForkWait = { thread, threads: [], results, pending: 0, error: undefined, reply: undefined }
    for (const [index, branch] of branches.entries()) {
      const first = frame.at.next.get(branch.outcome)
      if (!first) continue
      const started = this.#threads.start('branch', [], { thread, frame }, { fork, index, name: branch.outcome })
      fork.threads.push(started)
      this.#frames.pushBody(started, frame, first, branch, `/${String(index)}`)
    }
    fork.pending = fork.threads.length
    if (fork.pending > 0) {
      thread.state = 'waiting'
      for (const branch of fork.threads) this.#advance(branch)
    } else if (frame.visit) frame.visit.results = results
  }

  #branchEnded({ branch }: Thread, end: ThreadEnd, { result, error }: Ending): void {
    if (!branch) return
    const { fork, index } = branch
    const { thread } = fork
    fork.pending--
    if (end === 'detached') fork.results[index] = undefined
    else if (result) fork.results[index] = result
    if (error) {
      fork.error ??= error
      for (const other of fork.threads) this.#threads.cancelThread(other)
    }
    if (fork.pending > 0 || thread.state !== 'waiting') return
    thread.state = 'running'
    const { visit, call } = topOf(thread)
    if (fork.error) this.#fail(thread, failureWith(fork.error))
    else if (fork.reply && fork.results.every((one) => one === undefined)) {
      thread.frames.splice(thread.frames.findIndex((one) => one.call === call))
      void this.#returnEarly(thread, fork.reply)
    } else if (visit) visit.results = [...fork.results]
    this.#advance(thread)
  }

  // ---- detach: Go Async ------------------------------------------------------------------------------------------

  #detach(thread: Thread, frame: Frame, { outcome, callerOutcome }: Detach): Promise<void> | undefined {
    const { call } = frame
    if (call.replied) {
      this.#log(thread, frame, 'info', runMessages.alreadyInBackground(frame.at.step.name))
      this.#exit(thread, frame, outcome, {})
      return undefined
    }
    const reply = this.#replySoFar(frame, callerOutcome)
    this.#completeVisit(thread, frame, outcome, {})
    const moved = thread.frames.splice(thread.frames.findIndex((one) => one.call === call))
    const background: Call = { ...call, data: copyData(call.data), replied: true }
    for (const one of moved) one.call = background
    const behind = this.#threads.start('background', moved, { thread, frame })

    if (thread.branch) {
      thread.branch.fork.reply ??= reply
      this.#threads.end(thread, 'detached')
    } else if (thread.frames.length > 0) {
      const [own] = moved
      if (own) this.#world.recorder.record({ event: 'FrameReplied', thread: thread.id, frame: own.id, ...reply })
    }
    // The caller first: it has waited long enough.
    return Promise.resolve(thread.branch ? true : this.#returnEarly(thread, reply)).then((given) => {
      if (!given) this.#threads.cancelThread(behind)
      else this.#goTo(behind, frame, outcome)
      this.#advance(behind)
    })
  }

  /** What the caller gets at Go Async: the outputs of the End Step it names, as far as they are set. */
  #replySoFar(frame: Frame, callerOutcome: string | undefined): CallReply {
    const { ends } = frame.call.flow
    const named = ends.filter(({ step }) => callerOutcome === undefined || step.id === callerOutcome)
    const [end, another] = named
    if (!end || another) throw new StepFailure('no-caller-outcome', runMessages.noCallerOutcome(frame.at.step.name))
    const { id, name } = end.step
    return { outcome: name, step: id, outputs: evaluateSoFar(end, frame.call.data, frame.locals) }
  }

  /** The frames of a flow call have gone to the background: its caller goes on with the reply. False: it could not. */
  #returnEarly(thread: Thread, reply: CallReply): boolean | Promise<boolean> {
    if (thread.kind === 'main' && thread.frames.length === 0) return this.#threads.reply(thread, reply)
    this.#returned(thread, reply)
    return true
  }

  // ---- failure ---------------------------------------------------------------------------------------------------

  /** The step on top failed: on along On Exception, or the flow call fails. */
  #fail(thread: Thread, error: unknown): void {
    if (thread.state === 'ended') return
    if (thread.cancel.cancelled || error instanceof Cancelled) {
      this.#threads.end(thread, 'cancelled')
      return
    }
    const frame = topOf(thread)
    const { step, next } = frame.at
    const failure = failureOf(error, step.id, step.name)
    const handled = next.has(onException)
    frame.visit = undefined
    this.#world.recorder.record({ event: 'StepFailed', ...placeOf(thread, frame), error: failure, handled })
    if (!handled) {
      this.#failCall(thread, failure)
      return
    }
    frame.call.data.steps.set(step.id, { Error: { detail: null, step: step.id, ...failure } })
    this.#goTo(thread, frame, onException)
  }

  /** Takes the flow call off the stack and fails the step that called it; at the bottom, the thread fails. */
  #failCall(thread: Thread, failure: Failure): void {
    this.#frames.popCall(thread, topOf(thread).call)
    if (thread.frames.length > 0) this.#fail(thread, failureWith(failure))
    else this.#threads.end(thread, 'failed', { error: failure })
  }

  #log(thread: Thread, frame: Frame, level: LogLevel, message: string): void {
    this.#world.recorder.record({ event: 'Logged', ...placeOf(thread, frame), level, message })
  }

  #compile(path: string): CompiledFlow | undefined {
    if (!this.#compiled.has(path))
      this.#compiled.set(path, compileFlow(path, this.#world.flows, this.#world.definitions))
    return this.#compiled.get(path)
  }
}

function placeOf(thread: Thread, frame: Frame): { thread: number; frame: number; step: string } {
  return { thread: thread.id, frame: frame.id, step: frame.at.step.id }
}
