import { runMessages } from '../../messages/run.ts'
import { StepFailure } from '../../model/index.ts'
import type { RunContext } from '../state/runContext.ts'
import { type Thread, placeOf, topOf } from '../state/thread.ts'
import type { Visit } from '../state/visit.ts'
import { enqueue, giveUpWait } from '../state/waiting.ts'

/** Visits of which the log has said that only somebody outside can let them go on. */
const told = new WeakSet<Visit>()

/**
 * Sees whether all threads of the run wait for one another. A wait for a signal can be ended from outside: it goes on, with a
 * line in the log that says so. Where nothing can end a wait, it fails, with the names of the steps that wait: a deadlock.
 * Nothing is done while anything else is under way. Answers whether a thread goes on.
 */
export function breaksStall(run: RunContext): boolean {
  if (run.innerWaits === 0 || run.replay) return false
  const threads = run.threads.all()
  if (threads.some((thread) => waitsOutside(run, thread))) return false
  const live = new Set(threads.filter((thread) => awaitedBy(thread)?.kind === 'signal'))
  for (let before = -1; before < live.size;) {
    before = live.size
    for (const thread of threads) if (waitedFor(run, thread).some((other) => live.has(other))) live.add(thread)
  }
  for (const thread of live) tellLiveWait(run, thread)
  const dead = threads.filter((thread) => !live.has(thread))
  const victim = dead.find((thread) => awaitedBy(thread))
  if (victim) breakDeadlock(run, victim, dead)
  return victim !== undefined
}

const awaitedBy = (thread: Thread): Visit['awaits'] =>
  thread.state === 'waiting' ? thread.frames.at(-1)?.visit?.awaits : undefined

/** Whether something may end the wait that is neither a signal nor another thread: time, an answer, the disk. */
function waitsOutside(run: RunContext, thread: Thread): boolean {
  if (thread.cancelled || thread.frames.some(({ visit }) => visit?.isLimited)) return true
  if (thread.state === 'forked' || thread.state === 'ending') return false
  const awaited = awaitedBy(thread)
  return !awaited || (awaited.kind === 'thread' && !run.threads.find(awaited.thread))
}

/** The threads of which one has to end before this one goes on. */
function waitedFor(run: RunContext, thread: Thread): readonly Thread[] {
  const awaited = awaitedBy(thread)
  if (awaited?.kind === 'thread') {
    const other = run.threads.find(awaited.thread)
    return other ? [other] : []
  }
  const { fork, ending } = thread
  if (fork) return fork.threads.filter(({ state }) => state !== 'ended')
  return ending ? run.threads.all().filter(({ branch }) => branch?.fork.call === ending.call) : []
}

function tellLiveWait(run: RunContext, thread: Thread): void {
  const awaited = awaitedBy(thread)
  const frame = topOf(thread)
  const { visit, at } = frame
  if (awaited?.kind !== 'signal' || !visit || told.has(visit)) return
  told.add(visit)
  const message = runMessages.waitsForOutside(at.step.name, awaited.signals)
  run.recorder.record({
    event: 'Logged',
    ...placeOf(thread, frame),
    level: 'warning',
    message,
    awaits: awaited.signals
  })
}

function breakDeadlock(run: RunContext, victim: Thread, dead: readonly Thread[]): void {
  const names = dead.flatMap((thread) => (awaitedBy(thread) ? [topOf(thread).at.step.name] : []))
  const { visit } = topOf(victim)
  giveUpWait(run, victim)
  visit?.stop()
  victim.state = 'ready'
  victim.resume = () => {
    throw new StepFailure('deadlock', runMessages.deadlock(names))
  }
  enqueue(run, victim)
}
