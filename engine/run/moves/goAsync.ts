import { runMessages } from '../../messages/run.ts'
import { Cancelled, type Detach, StepFailure, type ValueRecord } from '../../model/index.ts'
import type { CompiledStep } from '../compile/compiledFlow.ts'
import { evaluateSoFar, evaluateSoFarWithScripts } from '../compile/evaluateInputs.ts'
import { copyData } from '../compile/flowData.ts'
import type { RunContext } from '../state/runContext.ts'
import { type Call, type CallReply, type Frame, type Thread, placeOf } from '../state/thread.ts'
import { waitFor } from '../state/waiting.ts'
import { endWithLastBranch } from './calls.ts'
import { complete } from './complete.ts'
import { goTo } from './goTo.ts'
import { endThread, startThread, untilEnded } from './threads.ts'

/**
 * Go Async, exactly. The frames of the current flow call, from the flow's own frame up, move to a new background thread
 * with a copy of the call's data; the call returns at that instant with the outputs that are set so far. Throws StepFailure
 * `no-caller-outcome`.
 */
export function detach(run: RunContext, thread: Thread, frame: Frame, { outcome, callerOutcome }: Detach): void {
  if (frame.call.inBackground) {
    const message = runMessages.alreadyInBackground(frame.at.step.name)
    run.recorder.record({ event: 'Logged', ...placeOf(thread, frame), level: 'info', message })
    complete(run, thread, frame, outcome, {})
    goTo(run, thread, frame, outcome)
    return
  }
  const end = endFor(frame, callerOutcome)
  withReply(run, thread, frame, end, (outputs) => {
    const { id, name } = end.step
    moveToBackground(run, thread, frame, outcome, { outcome: name, step: id, outputs })
  })
}

/** The End Step as which the caller sees the call end. */
function endFor({ call, at }: Frame, callerOutcome: string | undefined): CompiledStep {
  const [end, another] = call.flow.ends.filter(({ id }) => callerOutcome === undefined || id === callerOutcome)
  if (!end || another) throw new StepFailure('no-caller-outcome', runMessages.noCallerOutcome(at.step.name))
  return end
}

/**
 * Goes on with the outputs that the caller gets, as far as they are set. Where they would be others later, the journal keeps
 * them, and a resume reads them there.
 */
function withReply(
  run: RunContext,
  thread: Thread,
  frame: Frame,
  end: CompiledStep,
  then: (outputs: ValueRecord) => void
): void {
  const { data, locals, call, visit } = frame
  if (!end.alwaysRecorded) {
    then(evaluateSoFar(end, data, locals))
    return
  }
  const record = (outputs: ValueRecord): void => {
    run.recorder.record({ event: 'ReplyPrepared', ...placeOf(thread, frame), outputs })
    then(outputs)
  }
  const told = (): ValueRecord | undefined => run.replay?.toldOf(frame.id, () => visit?.record?.reply)
  if (!end.hasScript) record(told() ?? evaluateSoFar(end, data, locals))
  else
    waitFor(run, thread, {
      begin: (signal) => evaluateSoFarWithScripts(call.flow, end, data, locals, run.services.script, signal),
      told: () => {
        const outputs = told()
        if (!outputs) throw new Cancelled()
        return outputs
      },
      then: record
    })
}

function moveToBackground(run: RunContext, thread: Thread, frame: Frame, outcome: string, reply: CallReply): void {
  const { call } = frame
  complete(run, thread, frame, outcome, {})
  const moved = moveFrames(thread, call)
  const behind = startThread(run, 'background', moved, { thread, frame })
  for (const { visit } of moved) visit?.moveTo(behind)
  const [own] = moved
  if (own?.kind === 'body') {
    // A branch: the thread that forked it has the call's own frame, and the reply if no branch stays.
    if (thread.branch) thread.branch.fork.reply ??= reply
    endThread(run, thread, 'detached')
    beginBehind(run, behind, frame, outcome)
    return
  }
  const isRun = thread.kind === 'main' && thread.frames.length === 0
  beginBehind(run, behind, frame, outcome, isRun && call.branches === 0 ? thread : undefined)
  endWithLastBranch(run, thread, { call, reply, moved: own?.id })
}

/** The caller first: it has waited long enough. `main`: the reply is the run's own, and must have been given. */
function beginBehind(run: RunContext, behind: Thread, frame: Frame, outcome: string, main?: Thread): void {
  const failed = (): boolean => main?.state === 'ended' && run.mainEnd !== 'completed'
  waitFor(run, behind, {
    untold: true,
    begin: async (signal) => {
      if (main) await untilEnded(main, signal)
      if (failed()) throw new Cancelled()
      await run.clock.sleep(0, signal)
    },
    told: () => {
      if (failed()) throw new Cancelled()
    },
    then: () => {
      if (behind.cancelled) throw new Cancelled()
      goTo(run, behind, frame, outcome)
    }
  })
}

/** Takes the frames of `call` off the thread, as frames of a call that works in the background on a copy of the data. */
function moveFrames(thread: Thread, call: Call): Frame[] {
  const moved = thread.frames.splice(thread.frames.findIndex((frame) => frame.call === call))
  const background: Call = { ...call, inBackground: true, branches: 0, early: undefined, ending: undefined }
  const [own] = moved
  const data = own && copyData(own.data)
  for (const frame of moved) {
    frame.call = background
    frame.spare = undefined
    if (data) frame.data = data
  }
  return moved
}
