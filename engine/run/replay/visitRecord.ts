import { type ValueRecord, wholeStep } from '../../model/index.ts'
import type { AppliedOutputs } from '../compile/appliedOutputs.ts'
import {
  type VisitEffects,
  beginEffect,
  cutAttemptOff,
  endAttempt,
  noEffects,
  timeAttemptOut,
  tryItemsAgain
} from '../state/effects.ts'
import type { FrameId, RunEvent } from '../journal/event.ts'

type EventOf<E extends RunEvent['event']> = Extract<RunEvent, { event: E }>

/** What a journal tells of one visit of one step. */
export interface VisitRecord {
  readonly step: string
  /** Absent when the step failed before it could start. */
  readonly started?: EventOf<'StepStarted'>
  /** Wall time at which it began, in milliseconds since 1970. */
  readonly startedAt: number
  end?: EventOf<'StepCompleted'> | EventOf<'StepFailed'>
  /** What it set, before it ended. */
  readonly variables: EventOf<'VariableSet'>[]
  /** What the replay has completed it with. */
  given?: AppliedOutputs
  readonly effects: VisitEffects
  /** Its inputs as they were worked out anew, after each of its bodies, as far as they were not used yet. */
  readonly refreshed: ValueRecord[]
  /** Go Async: the outputs that its caller got. */
  reply?: ValueRecord
}

/**
 * The visits that `events` tell of, by the frame they were in, in order. `attempts`: failures that were taken back, after which
 * the visit goes on.
 */
export function visitRecords(
  events: readonly RunEvent[],
  attempts: ReadonlySet<RunEvent> = new Set()
): Map<FrameId, VisitRecord[]> {
  const byFrame = new Map<FrameId, VisitRecord[]>()
  let wallTime = 0
  const add = (frame: FrameId, record: VisitRecord): void => {
    const records = byFrame.get(frame)
    if (records) records.push(record)
    else byFrame.set(frame, [record])
  }
  const open = (frame: FrameId | undefined): VisitRecord | undefined => {
    const last = frame === undefined ? undefined : byFrame.get(frame)?.at(-1)
    return last?.end ? undefined : last
  }
  for (const event of events) {
    switch (event.event) {
      case 'RunStarted':
        wallTime = Date.parse(event.startedAt) - event.at
        break
      case 'RunResumed':
        wallTime = Date.parse(event.resumedAt) - event.at
        for (const records of byFrame.values()) {
          const last = records.at(-1)
          if (!last || last.end) continue
          // What a visit had set that was cut off just before it was complete, it sets again.
          last.variables.length = 0
          cutAttemptOff(last.effects, event.inDoubt)
        }
        break
      case 'StepStarted':
        add(event.frame, { ...fresh(event.step, wallTime + event.at), started: event })
        break
      case 'StepFailed':
      case 'StepCompleted': {
        const record = open(event.frame)
        if (record && attempts.has(event)) endAttempt(record.effects)
        else if (record) record.end = event
        else add(event.frame, { ...fresh(event.step, wallTime + event.at), end: event })
        break
      }
      case 'RunRetried':
        wallTime = Date.parse(event.retriedAt) - event.at
        for (const { frame } of event.steps) {
          const record = open(frame)
          if (record) tryItemsAgain(record.effects)
        }
        break
      case 'VariableSet':
        open(event.frame)?.variables.push(event)
        break
      case 'EffectBegun': {
        const record = open(event.frame)
        if (record) beginEffect(record.effects, event.item?.index ?? wholeStep)
        break
      }
      case 'StepTimedOut': {
        const record = open(event.frame)
        if (record) timeAttemptOut(record.effects)
        break
      }
      case 'StepRetried': {
        const record = open(event.frame)
        if (record) endAttempt(record.effects)
        break
      }
      case 'InputsRefreshed':
        open(event.frame)?.refreshed.push(event.inputs)
        break
      case 'ReplyPrepared': {
        const record = open(event.frame)
        if (record) record.reply = event.outputs
        break
      }
      case 'StepProgressed':
        if (event.item) open(event.frame)?.effects.items.set(event.item.index, event.item)
        break
      case 'SignalSent':
        open(event.frame)?.effects.sent.push(event.signal)
        break
      default:
    }
  }
  return byFrame
}

function fresh(step: string, startedAt: number): VisitRecord {
  return {
    step,
    startedAt,
    variables: [],
    effects: noEffects(),
    refreshed: []
  }
}
