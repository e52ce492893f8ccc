import { runMessages } from '../../messages/run.ts'
import { type Body, type FlowCall, type Fork, type FrameResult, StepFailure } from '../../model/index.ts'
import type { StartableFlow } from '../compile/compiledFlow.ts'
import { branchData } from '../compile/flowData.ts'
import { copyOutputs } from '../compile/stepOutputs.ts'
import { failureWith } from '../state/failureOf.ts'
import type { RunContext } from '../state/runContext.ts'
import { type CallReply, type ForkWait, type Frame, type Thread, topOf } from '../state/thread.ts'
import { enqueue, waitFor } from '../state/waiting.ts'
import { arrive, endCall } from './calls.ts'
import { complete } from './complete.ts'
import { flowFor, popFrame, popTo, pushBody, pushCall } from './frames.ts'
import { cancelThread, endThread, startThread } from './threads.ts'

/** Lets the step of `frame` wait for the branches it asks for, or starts those that nobody waits for. Throws StepFailure. */
export function startFork(run: RunContext, thread: Thread, frame: Frame, fork: Fork): void {
  const flows = fork.branches.map((branch) => ('flow' in branch ? flowFor(run, frame, branch.flow) : undefined))
  if (fork.options.background) startBehind(run, thread, frame, fork, flows)
  else {
    thread.state = 'forked'
    thread.fork = forkWait(thread, frame, fork, flows)
  }
}

type Flows = readonly (StartableFlow | undefined)[]

/** Branches that nobody waits for. Who started them goes on first. */
function startBehind(run: RunContext, thread: Thread, frame: Frame, { branches }: Fork, flows: Flows): void {
  const results: FrameResult[] = []
  for (const [branchIndex, branch] of branches.entries()) {
    const flow = flows[branchIndex]
    if (!('flow' in branch) || !flow) continue
    const behind = startThread(run, 'background', [], { thread, frame })
    pushCall(run, behind, flow, branch.inputs, frame, { inBackground: true, branchIndex })
    results.push({ outcome: '', outputs: { Thread: behind.id } })
    waitFor(run, behind, {
      untold: true,
      begin: () => Promise.resolve(),
      told: () => undefined,
      then: () => undefined
    })
  }
  if (frame.visit) frame.visit.results = results
}

function forkWait(thread: Thread, frame: Frame, { branches, options }: Fork, flows: Flows): ForkWait {
  const join = options.join ? frame.at.join : undefined
  const need = join?.definition?.joins?.(join.settings, branches.length)
  return {
    thread,
    call: frame.call,
    threads: [],
    results: branches.map(() => undefined),
    branches,
    flows,
    started: 0,
    running: 0,
    before: copyOutputs(frame.data),
    data: [],
    atMost: options.atMost ?? branches.length,
    join,
    meets: options.join === true,
    stopOnFailure: !options.join && options.onFailure !== 'collect',
    cancelRest: need?.cancelRest ?? options.enough !== undefined,
    needed: need?.needed ?? options.enough ?? branches.length,
    arrived: [],
    error: undefined,
    from: undefined,
    gone: 0,
    early: undefined,
    reply: undefined
  }
}

/**
 * The thread that forked has its turn: while there is room, it starts its next branch, which goes first, and has another
 * turn after that. Then it sees whether it may go on.
 */
export function lookAtFork(run: RunContext, fork: ForkWait): void {
  const { thread } = fork
  while (fork.running < fork.atMost && fork.started < fork.branches.length && !startsNoMore(fork)) {
    const index = fork.started++
    const branch = fork.branches[index]
    const started = branch && startBranch(run, thread, topOf(thread), fork, index, branch)
    if (!started) continue
    enqueue(run, thread)
    enqueue(run, started)
    return
  }
  if (startsNoMore(fork)) fork.started = fork.branches.length
  if (hasFailed(fork)) stopRest(run, fork)
  const enough = hasEnough(fork) && !thread.cancelled
  if (enough && fork.cancelRest) stopRest(run, fork)
  if (enough || fork.running === 0) goOn(run, fork, enough)
}

/** Starts a branch. Undefined: there was nothing to do in it. */
function startBranch(
  run: RunContext,
  thread: Thread,
  frame: Frame,
  fork: ForkWait,
  index: number,
  branch: FlowCall | Body
): Thread | undefined {
  const flow = fork.flows[index]
  const first = 'flow' in branch ? undefined : frame.at.next.get(branch.outcome)
  if (!flow && !first) {
    const result = { outcome: 'outcome' in branch ? branch.outcome : '', outputs: {} }
    fork.results[index] = result
    if (fork.cancelRest && !fork.meets) fork.arrived.push(result)
    return undefined
  }
  const name = flow ? flow.flow.name : 'outcome' in branch ? branch.outcome : ''
  const started = startThread(run, 'branch', [], { thread, frame }, { fork, index, name })
  fork.threads.push(started)
  fork.running++
  fork.call.branches++
  if ('flow' in branch) {
    if (flow) pushCall(run, started, flow, branch.inputs, frame, { inBackground: false, branchIndex: index })
  } else if (first) {
    const data = branchData(frame.data, fork.before)
    fork.data[index] = data
    pushBody(run, started, frame, first, branch, { branchIndex: index, join: fork.join, data })
  }
  if (!first || first !== fork.join) return started
  popFrame(run, started)
  arrive(run, started, { outcome: name, outputs: {} })
  return undefined
}

/** Stops the branches that `thread` waits for, and the wait. */
export function abandonFork(run: RunContext, thread: Thread): void {
  const { fork } = thread
  if (!fork) return
  thread.fork = undefined
  thread.state = 'ready'
  stopRest(run, fork)
  forgetEarly(fork)
}

/** The End Step that one of its branches has reached counts no more: the step that forked has failed, or was stopped. */
function forgetEarly({ call, early }: ForkWait): void {
  if (call.early === early) call.early = undefined
}

function stopRest(run: RunContext, fork: ForkWait): void {
  fork.started = fork.branches.length
  for (const other of fork.threads) cancelThread(run, other)
}

/** The thread that forked goes on: at the Join, with its step, or not at all. Throws what its step fails with. */
function goOn(run: RunContext, fork: ForkWait, enough: boolean): void {
  const { thread, join } = fork
  thread.fork = undefined
  thread.state = 'ready'
  const frame = topOf(thread)
  const failed = hasFailed(fork)
  if (failed || thread.cancelled) forgetEarly(fork)
  if (thread.cancelled) return
  if (failed && fork.error) throw failureWith(fork.error, fork.from)
  if (join && enough) {
    complete(run, thread, frame, '', {})
    frame.at = join
    frame.joined = [...fork.arrived]
  } else if (fork.early) endCall(run, thread, fork.early)
  else if (!frame.at.definition?.forks) {
    if (frame.visit) frame.visit.results = [...fork.results]
  } else if (fork.reply) allGone(run, thread, fork.reply)
  else throw unmet(fork, frame)
}

/** No path of a Parallel has stayed in the foreground: a branch has gone with them, else the call is over. */
function allGone(run: RunContext, thread: Thread, reply: CallReply): void {
  if (thread.branch?.fork.call === topOf(thread).call) {
    thread.branch.fork.reply ??= reply
    popTo(run, thread, undefined)
    endThread(run, thread, 'detached')
  } else endCall(run, thread, reply)
}

function unmet(fork: ForkWait, frame: Frame): Error {
  const { error, from, join, arrived, needed } = fork
  if (error) return failureWith(error, from)
  if (join) return new StepFailure('join-short', runMessages.joinShort(join.step.name, arrived.length, needed))
  return new StepFailure('branches-unmet', runMessages.branchesUnmet(frame.at.step.name))
}

/** Whether as many branches have arrived, or ended well, as have to. */
const hasEnough = ({ arrived, needed }: ForkWait): boolean => arrived.length > 0 && arrived.length >= needed

/** Whether the failure of a branch is the fork's: branches are not to fail, or too few are left for the Join. */
function hasFailed(fork: ForkWait): boolean {
  if (fork.error === undefined || (!fork.meets && hasEnough(fork))) return false
  const { arrived, running, branches, started, needed } = fork
  return fork.stopOnFailure || (fork.meets && arrived.length + running + branches.length - started < needed)
}

/** Whether no further branch is started. Paths of Parallel all start, whatever one of them came to. */
function startsNoMore(fork: ForkWait): boolean {
  const { thread, meets, early } = fork
  return thread.cancelled || hasFailed(fork) || (!meets && (early !== undefined || hasEnough(fork)))
}
