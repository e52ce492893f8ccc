import type { RunEvent } from '../journal/event.ts'
import { signalsOf } from '../moves/threadControl.ts'
import { cancelThreads, findFrame } from '../moves/threads.ts'
import { timeOut } from '../moves/timeLimit.ts'
import { attemptAgain, letHeldGo } from '../moves/hold.ts'
import type { RunContext } from '../state/runContext.ts'
import { mover, type Replay } from './replay.ts'

/** So often a thread may go on without a move that the journal would tell of. */
const patience = 1000

/**
 * Brings a run to where its journal ends, by running its flow again: the same moves are made, the journal says what came of
 * each visit, and threads go on in the order in which it tells of them. Then the run is live, and what had begun and not
 * ended is begun again. Throws ReplayMismatch; nothing has begun then.
 */
export function followJournal(run: RunContext, replay: Replay): void {
  let [position, unmoved] = [0, 0]
  while (replay.following && !replay.mismatch) {
    const event = replay.peek()
    if (!event) {
      replay.end()
      break
    }
    unmoved = replay.position === position ? unmoved + 1 : 0
    position = replay.position
    if (unmoved > patience || !followEvent(run, replay, event)) replay.fail(event, '')
    run.drain(run)
  }
  if (replay.mismatch) {
    run.halted = true
    throw replay.mismatch
  }
  run.replay = undefined
  run.drain(run)
}

/** Makes happen what the next event tells of. False: no thread is there that could do it. */
function followEvent(run: RunContext, replay: Replay, event: RunEvent): boolean {
  switch (event.event) {
    case 'CancelRequested':
      replay.pass(event)
      cancelThreads(run, event.target)
      return true
    case 'SignalReceived':
      replay.pass(event)
      signalsOf(run).send(event.signal, event.value)
      return true
    case 'RunRetried':
      replay.pass(event)
      goOnAgain(run, replay, event)
      return true
    case 'StepTimedOut': {
      replay.pass(event)
      const found = findFrame(run, event.frame)
      if (found) timeOut(run, found.thread, found.frame)
      return found !== undefined
    }
    default: {
      const id = mover(event)
      const thread = id === undefined ? undefined : replay.parked.get(id)
      if (!thread) return false
      if (event.event === 'ThreadWentOn') replay.pass(event)
      replay.unpark(thread)
      thread.wait?.follow()
      return true
    }
  }
}

/** What a step told while a journal is followed has its consequences, too, and so has that another process went on. */
export function passTold(run: RunContext, event: RunEvent): void {
  switch (event.event) {
    case 'SignalSent':
      if (!event.dropped) signalsOf(run).send(event.signal, event.value)
      return
    case 'SignalTaken': {
      const taken = signalsOf(run).next([event.signal])
      if (taken) findFrame(run, event.frame)?.frame.visit?.take(taken)
      return
    }
    case 'CancelRequested':
      cancelThreads(run, event.target)
      return
    case 'RunResumed':
      giveBackSignals(run)
      return
    default:
  }
}

/** A process has ended: what the visits had taken that it cut off is there again, before anybody else waits for it. */
export function giveBackSignals(run: RunContext): void {
  for (const { frames } of run.threads.all()) for (const { visit } of frames) visit?.giveBack()
}

/** The run had settled as failed and goes on: the steps that failed are attempted again, and who was stopped moves on. */
function goOnAgain(run: RunContext, replay: Replay, retried: Extract<RunEvent, { event: 'RunRetried' }>): void {
  // Somebody may have stopped what was left when it had failed.
  run.cancelled = false
  for (const thread of run.threads.all()) {
    const endedAt = replay.endBefore(retried, thread.id)
    if (endedAt !== undefined) for (const { visit } of thread.frames) visit?.pauseFor(retried.at - endedAt)
  }
  letHeldGo(run, replay)
  for (const { frame } of retried.steps) {
    const found = findFrame(run, frame)
    if (found?.frame.visit) attemptAgain(run, found.thread, found.frame, found.frame.visit)
  }
}
