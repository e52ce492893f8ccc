import { runMessages } from '../../messages/run.ts'
import {
  type Body,
  type FlowCall,
  type Fork,
  type FrameResult,
  StepFailure,
  type ValueRecord
} from '../../model/index.ts'
import type { ThreadEnd } from '../journal/event.ts'
import type { FlowData } from '../compile/flowData.ts'
import { failureWith } from './failureOf.ts'
import type { Frames, StartableFlow } from './frames.ts'
import type { Pace } from '../schedule/pace.ts'
import { type CallReply, type ForkWait, type Frame, type Thread, topOf } from './thread.ts'
import type { Ending, Threads } from './threads.ts'

/** What forking needs of the interpreter, which alone moves threads. */
export interface ForkMoves {
  readonly threads: Threads
  readonly frames: Frames
  readonly pace: Pace
  /** The flow that a branch calls. Throws StepFailure. */
  readonly flowFor: (frame: Frame, flow: string) => StartableFlow
  readonly advance: (thread: Thread) => void
  /** Fails the step on top; a promise while it waits for another attempt. */
  readonly fail: (thread: Thread, error: unknown) => Promise<void> | undefined
  /** The visit of the step on top is over. */
  readonly complete: (thread: Thread, frame: Frame, outcome: string, outputs: ValueRecord) => void
  /** Ends the call that the thread is in, once its last branch has ended; its caller gets the reply. */
  readonly endCall: (thread: Thread, reply: CallReply) => void
}

/** The branches of one run: starts them, and tells the thread that forked them when it may go on. */
export class Forks {
  readonly #moves: ForkMoves

  constructor(moves: ForkMoves) {
    this.#moves = moves
  }

  /** Starts the branches that the step of `frame` asks for. */
  start(thread: Thread, frame: Frame, fork: Fork): void {
    if (fork.options.background) this.#startBehind(thread, frame, fork)
    else this.#startBranches(thread, frame, fork)
  }

  /** Branches that nobody waits for. */
  #startBehind(thread: Thread, frame: Frame, { branches }: Fork): void {
    const results: FrameResult[] = []
    const started: Thread[] = []
    for (const [index, branch] of branches.entries()) {
      if (!('flow' in branch)) continue
      const flow = this.#moves.flowFor(frame, branch.flow)
      const behind = this.#moves.threads.start('background', [], { thread, frame })
      this.#moves.frames.pushCall(behind, flow, branch.inputs, frame, { replied: true, suffix: index })
      results.push({ outcome: '', outputs: { Thread: behind.id } })
      started.push(behind)
    }
    if (frame.visit) frame.visit.results = results
    // Who started them goes on first.
    for (const behind of started)
      void this.#moves.pace.after(behind.id, () => Promise.resolve()).then(() => this.#moves.advance(behind))
  }

  #startBranches(thread: Thread, frame: Frame, { branches, options }: Fork): void {
    const join = options.join ? frame.at.join : undefined
    const need = join?.definition?.joins?.(join.settings, branches.length)
    const fork: ForkWait = {
      thread,
      call: frame.call,
      threads: [],
      results: branches.map((branch) => ({ outcome: 'flow' in branch ? '' : branch.outcome, outputs: {} })),
      branches,
      started: 0,
      running: 0,
      before: [...frame.data.steps],
      data: [],
      atMost: options.atMost ?? branches.length,
      filling: false,
      join,
      meets: options.join === true,
      stopOnFailure: !options.join && options.onFailure !== 'collect',
      cancelRest: need?.cancelRest ?? false,
      needed: need?.needed ?? branches.length,
      arrived: [],
      error: undefined,
      from: undefined,
      gone: 0,
      early: undefined,
      reply: undefined
    }
    thread.state = 'waiting'
    thread.fork = fork
    this.#look(fork)
  }

  /** Starts branches while there is room. One that ends at once makes room for the next. */
  #fill(fork: ForkWait): void {
    const { thread } = fork
    fork.filling = true
    while (fork.running < fork.atMost && !this.#stops(fork)) {
      const branch = fork.branches[fork.started]
      if (!branch) break
      this.#startBranch(thread, topOf(thread), fork, fork.started++, branch)
    }
    fork.filling = false
    if (this.#stops(fork)) fork.started = fork.branches.length
  }

  #startBranch(thread: Thread, frame: Frame, fork: ForkWait, index: number, branch: FlowCall | Body): void {
    const { threads, frames } = this.#moves
    const suffix = index
    const first = 'flow' in branch ? undefined : frame.at.next.get(branch.outcome)
    if (!('flow' in branch) && !first) return
    const flow = 'flow' in branch ? this.#moves.flowFor(frame, branch.flow) : undefined
    const name = flow ? flow.flow.name : 'outcome' in branch ? branch.outcome : ''
    const started = threads.start('branch', [], { thread, frame }, { fork, index, name })
    fork.threads.push(started)
    fork.running++
    fork.call.branches++
    if ('flow' in branch && flow) frames.pushCall(started, flow, branch.inputs, frame, { replied: false, suffix })
    else if (!('flow' in branch) && first) {
      const data: FlowData = { ...frame.data, steps: [...fork.before] }
      fork.data[index] = data
      frames.pushBody(started, frame, first, branch, { suffix, join: fork.join, data })
    }
    if (first && first === fork.join) {
      frames.pop(started)
      this.arrive(started, fork, { outcome: name, outputs: {} })
    } else this.#moves.advance(started)
  }

  /** Whether no further branch is started. Paths of Parallel all start, whatever one of them came to. */
  #stops(fork: ForkWait): boolean {
    const { thread, meets, early } = fork
    return thread.cancel.cancelled || this.#failed(fork) || (!meets && early !== undefined)
  }

  /** Whether the failure of a branch is the fork's: branches are not to fail, or too few are left for the Join. */
  #failed(fork: ForkWait): boolean {
    if (fork.error === undefined) return false
    const { arrived, running, branches, started, needed } = fork
    return fork.stopOnFailure || (fork.meets && arrived.length + running + branches.length - started < needed)
  }

  /** A branch has come to the Join it leads to. */
  arrive(thread: Thread, fork: ForkWait, result: FrameResult): void {
    fork.arrived.push(result)
    this.#moves.threads.end(thread, 'completed', { result })
  }

  /** A branch has ended. */
  ended({ branch }: Thread, end: ThreadEnd, { result, error, from }: Ending): void {
    if (!branch) return
    const { fork, index } = branch
    fork.running--
    fork.call.branches--
    if (end === 'detached') {
      fork.gone++
      fork.needed = Math.min(fork.needed, fork.branches.length - fork.gone)
    }
    if (end === 'detached' || end === 'cancelled') fork.results[index] = undefined
    else if (error) fork.results[index] = { outcome: '', outputs: {}, error }
    else if (result) fork.results[index] = result
    if (error && !fork.error) {
      fork.error = error
      fork.from = from
    }
    if (end === 'completed' && fork.thread.fork === fork) bringBack(fork, index)
    if (!fork.filling) this.#look(fork)
  }

  /** Stops the branches that `thread` waits for, and the wait. */
  abandon(thread: Thread): void {
    const { fork } = thread
    if (!fork) return
    thread.fork = undefined
    thread.state = 'running'
    this.#stopRest(fork)
  }

  #stopRest(fork: ForkWait): void {
    fork.started = fork.branches.length
    for (const other of fork.threads) this.#moves.threads.cancelThread(other)
  }

  /** Looks whether the thread that waits for the branches may go on, or the call end for which one had waited. */
  #look(fork: ForkWait): void {
    const { thread, call } = fork
    if (thread.fork === fork) {
      this.#fill(fork)
      if (this.#failed(fork)) this.#stopRest(fork)
      const enough = fork.arrived.length > 0 && fork.arrived.length >= fork.needed && !thread.cancel.cancelled
      if (enough && fork.cancelRest) this.#stopRest(fork)
      if (thread.fork === fork && (enough || fork.running === 0)) this.#goOn(fork, enough)
    }
    const { ending } = call
    if (ending && call.branches === 0) {
      call.ending = undefined
      if (ending.thread.state !== 'waiting') return
      ending.thread.state = 'running'
      ending.go()
      this.#moves.advance(ending.thread)
    }
  }

  /** The thread that forked goes on: at the Join, with its step, or not at all. */
  #goOn(fork: ForkWait, enough: boolean): void {
    const { thread, join } = fork
    thread.fork = undefined
    if (thread.state !== 'waiting') return
    thread.state = 'running'
    const frame = topOf(thread)
    const failed = this.#failed(fork) ? fork.error : undefined
    if (thread.cancel.cancelled) this.#moves.advance(thread)
    else if (failed) this.#fail(thread, failureWith(failed, fork.from))
    else if (join && enough) {
      this.#moves.complete(thread, frame, '', {})
      frame.at = join
      frame.joined = [...fork.arrived]
      this.#moves.advance(thread)
    } else if (fork.early) this.#endCall(thread, fork.early)
    else if (frame.at.definition?.forks) {
      if (fork.reply) this.#allGone(thread, fork.reply)
      else this.#fail(thread, unmet(fork, frame))
    } else {
      if (frame.visit) frame.visit.results = [...fork.results]
      this.#moves.advance(thread)
    }
  }

  /** No path of a Parallel has stayed in the foreground: a branch has gone with them, else the call is over. */
  #allGone(thread: Thread, reply: CallReply): void {
    if (thread.branch?.fork.call === topOf(thread).call) {
      thread.branch.fork.reply ??= reply
      this.#moves.frames.popTo(thread, undefined)
      this.#moves.threads.end(thread, 'detached')
    } else this.#endCall(thread, reply)
  }

  #endCall(thread: Thread, reply: CallReply): void {
    this.#moves.endCall(thread, reply)
    this.#moves.advance(thread)
  }

  #fail(thread: Thread, error: Error): void {
    const wait = this.#moves.fail(thread, error)
    if (wait) void wait.then(() => this.#moves.advance(thread))
    else this.#moves.advance(thread)
  }
}

function unmet(fork: ForkWait, frame: Frame): Error {
  const { error, from, join, arrived, needed } = fork
  if (error) return failureWith(error, from)
  if (join) return new StepFailure('join-short', runMessages.joinShort(join.step.name, arrived.length, needed))
  return new StepFailure('branches-unmet', runMessages.branchesUnmet(frame.at.step.name))
}

/** What the steps of a branch gave is there for those after it, once it has ended well. */
function bringBack({ thread, before, data }: ForkWait, index: number): void {
  const { steps } = topOf(thread).data
  for (const [step, outputs] of data[index]?.steps.entries() ?? []) if (outputs !== before[step]) steps[step] = outputs
}
