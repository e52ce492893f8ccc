import { Cancelled } from '../../model/index.ts'
import type { SettledState } from '../journal/event.ts'
import { finishCall } from '../moves/calls.ts'
import { fail } from '../moves/failures.ts'
import { lookAtFork } from '../moves/forks.ts'
import { hold } from '../moves/hold.ts'
import { mayPause, newTurn, tellPauses } from '../moves/pause.ts'
import { letGo } from '../moves/suspend.ts'
import { endThread } from '../moves/threads.ts'
import { beginVisit, runVisit } from '../moves/visits.ts'
import type { Debugger } from '../state/debugger.ts'
import { failureOf, journalFailure } from '../state/failureOf.ts'
import type { RunContext } from '../state/runContext.ts'
import { type Thread, topOf } from '../state/thread.ts'
import { enqueue, tellGoingOn, waitFor } from '../state/waiting.ts'
import { breaksStall } from './stall.ts'
import { passPlainSteps } from './plainSteps.ts'

/**
 * Gives every thread in the queue its turn, until none is left; the run has settled when it has no thread any more. The one
 * place in which threads move: whatever they are moved by (an answer, a timer, a signal, somebody who cancels, a journal that
 * is followed) only puts them into the queue. Whatever is thrown here is the failure of the step on top of the thread.
 */
export function drain(run: RunContext): void {
  if (run.draining) return
  run.draining = true
  run.turn = newTurn(run)
  try {
    do giveTurns(run)
    while (!run.halted && (doesWhatIsWanted(run) || breaksStall(run)))
    if (run.threads.size === 0 && !run.halted) settle(run)
  } catch (problem) {
    // Nothing more can be recorded: the run stops here, as far as its journal has come.
    void letGo(run, journalFailure(problem))
  } finally {
    run.draining = false
  }
}

const none: readonly never[] = []

function giveTurns(run: RunContext): void {
  for (;;) {
    const thread = run.ready
    if (!thread || run.halted) return
    run.ready = thread.queuedBefore
    thread.queuedBefore = undefined
    thread.queued = false
    // It was put there before it came to wait.
    if (thread.state === 'waiting') continue
    tellPauses(run, thread)
    try {
      advance(run, thread)
    } catch (error) {
      failSafely(run, thread, error)
    }
  }
}

/** Does what somebody outside wanted in the midst of a move. False: nothing. */
function doesWhatIsWanted(run: RunContext): boolean {
  const { outside } = run
  if (outside.length === 0) return false
  run.outside = none
  for (const act of outside) {
    tellPauses(run)
    act()
  }
  return true
}

function failSafely(run: RunContext, thread: Thread, error: unknown): void {
  try {
    fail(run, thread, error)
    if (thread.state === 'ready') enqueue(run, thread)
  } catch (problem) {
    endThread(run, thread, 'failed', { error: failureOf(problem, undefined, thread.name) })
  }
}

/** Moves the thread until it has to wait, lets a thread go first that it has started, or has ended. */
function advance(run: RunContext, thread: Thread): void {
  const { resume } = thread
  if (resume) {
    thread.resume = undefined
    resume()
  }
  for (;;) {
    if (thread.state !== 'waiting' && run.replay?.holds(thread)) hold(run, thread)
    switch (thread.state) {
      case 'waiting':
      case 'ended':
        return
      case 'forked':
        if (thread.fork) lookAtFork(run, thread.fork)
        if (thread.fork) return
        break
      case 'ending': {
        const { ending } = thread
        if (!ending || ending.call.branches > 0) return
        ending.call.ending = undefined
        thread.ending = undefined
        thread.state = 'ready'
        if (thread.cancelled) throw new Cancelled()
        finishCall(run, thread, ending)
        break
      }
      case 'ready':
        if (thread.cancelled) {
          endThread(run, thread, 'cancelled')
          return
        }
        thread.steps++
        if (++run.turn.steps >= run.turn.checkAt && mayPause(run, thread)) return
        pass(run, thread)
    }
  }
}

/** Runs the step on top and follows its transition. Throws what it fails with. */
function pass(run: RunContext, thread: Thread): void {
  const frame = topOf(thread)
  const { visit, at } = frame
  if (visit) runVisit(run, thread, frame, visit)
  else if (run.replay === undefined && run.debugger === undefined && at.plain && !frame.caught)
    passPlainSteps(run, thread, frame)
  else if (!isHeld(run, thread)) beginVisit(run, thread, frame)
}

/** Whether a debugger holds the thread before the step it is at. */
function isHeld(run: RunContext, thread: Thread): boolean {
  const { debugger: attached, clock } = run
  if (thread.released || !attached || run.replay) {
    thread.released = false
    return false
  }
  const { id, at } = topOf(thread)
  const hold = holdOf(attached, thread.id, id, at.id)
  if (!hold) return false
  // The step that it is before is counted when it is passed.
  thread.steps--
  run.paused = [...run.paused, thread]
  thread.yielded = false
  // It goes on with the turn in which it was held.
  const turn = { ...run.turn, steps: run.turn.steps - 1 }
  const heldAt = clock.elapsed()
  waitFor(run, thread, {
    begin: (signal) =>
      new Promise<undefined>((resolve, reject) => {
        signal.onCancel(() => {
          reject(new Cancelled())
        })
        const letGo = (): void => {
          resolve(undefined)
        }
        hold.then(letGo, letGo)
      }),
    told: () => undefined,
    then: () => {
      if (thread.yielded) tellGoingOn(run, thread)
      thread.released = true
      run.turn = { ...turn, since: turn.since === undefined ? undefined : turn.since + clock.elapsed() - heldAt }
    }
  })
  return true
}

/** A debugger that breaks holds nothing. */
function holdOf(attached: Debugger, ...at: Parameters<Debugger['before']>): Promise<void> | undefined {
  try {
    return attached.before(...at)
  } catch {
    return undefined
  }
}

/** No thread is left: the run has settled once its journal is closed. */
function settle(run: RunContext): void {
  run.halted = true
  const error = run.mainError ?? run.backgroundError
  const state = settledState(run)
  const settled = error ? { state, error } : { state }
  const { nextSeq: seq, lastAt: at } = run.recorder
  run.recorder.recordNext(
    error ? { seq, at, event: 'RunSettled', state, error } : { seq, at, event: 'RunSettled', state }
  )
  const closed = run.journal.close()
  if (!closed) run.settled.give(settled)
  else
    closed.then(
      () => {
        run.settled.give(settled)
      },
      (problem: unknown) => {
        // That it is settled is not in the journal: whoever resumes the run finds it where it was before.
        const failure = journalFailure(problem)
        run.reply.give({ kind: 'failed', error: failure })
        run.settled.give({ state: 'suspended', error: failure })
      }
    )
}

function settledState({ mainEnd, cancelled, mainError, backgroundError }: RunContext): SettledState {
  if (mainEnd === 'failed') return 'failed'
  if (cancelled || mainEnd === 'cancelled') return 'cancelled'
  return (mainError ?? backgroundError) ? 'background failed' : 'completed'
}
