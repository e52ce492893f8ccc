import { runMessages } from '../../messages/run.ts'
import type { FrameResult } from '../../model/index.ts'
import type { CompiledStep } from '../compile/compiledFlow.ts'
import { evaluateDynamic } from '../compile/evaluateInputs.ts'
import type { Forks } from './forks.ts'
import { type Frames, bodyResult } from './frames.ts'
import type { Recorder } from '../journal/recorder.ts'
import { type Call, type CallReply, type Frame, type Thread, placeOf, topOf } from './thread.ts'
import type { Threads } from './threads.ts'

/** What calls need of the interpreter, which alone moves threads. */
export interface CallMoves {
  readonly threads: Threads
  readonly frames: Frames
  readonly forks: Forks
  readonly recorder: Recorder
}

/** How calls of flows, and bodies, come back to who entered them. */
export class Calls {
  readonly #moves: CallMoves

  constructor(moves: CallMoves) {
    this.#moves = moves
  }

  /**
   * An End Step was reached: takes off all frames of this flow call and gives the reply to whoever called it. In a
   * branch, only the branch ends; the call follows with its last branch.
   */
  end(thread: Thread, reply: CallReply): void {
    const { frames, threads } = this.#moves
    frames.popBodies(thread)
    const { call, kind, visit } = topOf(thread)
    visit?.leave()
    if (kind === 'body' && thread.branch) {
      call.early ??= reply
      thread.branch.fork.early ??= reply
      frames.pop(thread)
      threads.end(thread, 'completed', { result: reply })
    } else if (call.branches === 0) this.#endAlone(thread, call, reply)
    else
      this.whenAlone(thread, call, () => {
        this.#endAlone(thread, call, reply)
      })
  }

  #endAlone(thread: Thread, call: Call, reply: CallReply): void {
    const first = call.early ?? reply
    this.#moves.frames.pop(thread, first)
    void this.returnTo(thread, call, first)
  }

  /** Does `go` once no branch of the call is left. */
  whenAlone(thread: Thread, call: Call, go: () => void): void {
    if (call.branches === 0) {
      go()
      return
    }
    thread.state = 'waiting'
    call.ending = {
      thread,
      go: () => {
        if (thread.cancel.cancelled) this.#moves.threads.end(thread, 'cancelled')
        else go()
      }
    }
  }

  /** Gives the reply of `call` to its caller: the step below, or the run's. False: it could not be given. */
  returnTo(thread: Thread, call: Call, reply: CallReply): boolean | Promise<boolean> {
    if (thread.kind === 'main' && thread.frames.length === 0 && !call.replied)
      return this.#moves.threads.reply(thread, reply)
    this.returned(thread, { outcome: reply.outcome, outputs: reply.outputs })
    return true
  }

  /** The frame that the step now on top had entered is gone: tells the step, or ends the thread. */
  returned(thread: Thread, result: FrameResult, keep = false): void {
    const below = thread.frames.at(-1)
    if (!below) this.#moves.threads.end(thread, 'completed', { result })
    else if (below.visit) {
      below.visit.result = result
      if (keep) below.visit.keep(result)
      if (below.at.definition?.freshInputs) freshInputs(below)
    }
  }

  /** A branch comes to the Join where the others meet it; one that has gone to the background is not waited for. */
  reachJoin(thread: Thread, join: CompiledStep, outcome: string): boolean {
    const { frames, forks, threads, recorder } = this.#moves
    const { call } = topOf(thread)
    const branch = thread.frames.findLast((frame) => frame.call === call && frame.join === join)
    if (!branch) return false
    const result = bodyResult(topOf(thread), outcome)
    frames.popTo(thread, branch)
    if (thread.branch && thread.frames.length === 1) {
      frames.pop(thread)
      forks.arrive(thread, thread.branch.fork, result)
    } else {
      const message = runMessages.joinMissed(join.step.name)
      recorder.record({ event: 'Logged', ...placeOf(thread, branch), level: 'info', message })
      threads.end(thread, 'completed')
    }
    return true
  }
}

function freshInputs({ visit, at, data, locals }: Frame): void {
  if (!visit) return
  visit.inputs = at.make(at, data, locals)
  visit.dynamicInputs = evaluateDynamic(at, data, locals)
}
