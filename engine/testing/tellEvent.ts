import { type Value, type ValueRecord, isRecord } from '../model/index.ts'
import type { RunEvent, ThreadId } from '../run/journal/event.ts'

/** Tells the events of one run one by one, each in a line for people; threads and frames by name. */
export function eventTeller(): (event: RunEvent) => string {
  const threads = new Map<ThreadId, string>()
  const frames = new Map<number, string>()
  const names = new Map<string, string>()
  return (event) => {
    if (event.event === 'RunStarted')
      for (const { id, name } of Object.values(event.flows)) if (!names.has(id)) names.set(id, `“${name}”`)
    if (event.event === 'ThreadStarted')
      threads.set(event.thread, event.kind === 'branch' ? `${event.name} #${event.thread}` : event.name)
    if (event.event === 'FrameEntered')
      frames.set(event.frame, event.path === undefined ? `body of ${event.step ?? ''}` : nameOf(names, event.flow))
    return tell(
      event,
      (id) => threads.get(id) ?? `thread ${id}`,
      (id) => frames.get(id) ?? `frame ${id}`
    )
  }
}

const nameOf = (names: ReadonlyMap<string, string>, flow: string): string => names.get(flow) ?? flow

function tell(event: RunEvent, threadName: (id: number) => string, frameName: (id: number) => string): string {
  const { event: name } = event
  switch (event.event) {
    case 'RunStarted':
      return `${name}${withData(event.inputs)}`
    case 'SignalReceived':
      return `${name} “${event.signal}”${withData({ value: event.value })}`
    case 'RunResumed':
      return name
    case 'RunRetried':
      return `${name} with ${event.threads.map(threadName).join(', ')}, from ${event.steps.map(({ step }) => step).join(', ')}`
    case 'ThreadYielded':
    case 'ThreadWentOn':
      return `${name} ${threadName(event.thread)}`
    case 'CancelRequested':
      return `${name}${event.target === undefined ? '' : ` of ${threadName(event.target)}`}`
    case 'RunSettled':
      return `${name} ${event.state}${event.error ? `: ${event.error.code}` : ''}`
    case 'ThreadStarted': {
      const from = event.parent === undefined ? '' : ` from ${event.step ?? ''} on ${threadName(event.parent)}`
      const moved = event.frames ? `, with ${event.frames.map(frameName).join(', ')}` : ''
      return `${name} ${threadName(event.thread)}${from}${moved}`
    }
    case 'ThreadEnded': {
      const at = event.outcome === undefined ? '' : ` at ${event.outcome}${withData(event.outputs ?? {})}`
      return `${name} ${threadName(event.thread)} ${event.end}${at}${event.error ? `: ${event.error.code}` : ''}`
    }
    case 'Replied':
      return `${name} ${event.outcome}${withData(event.outputs)}`
    case 'FrameReplied':
      return `${name} ${frameName(event.frame)} with ${event.outcome}${withData(event.outputs)}`
    case 'FrameEntered':
      return `${name} ${frameName(event.frame)} on ${threadName(event.thread)}${withData(event.inputs)}`
    case 'FrameLeft': {
      const at = event.outcome === undefined ? '' : ` at ${event.outcome}${withData(event.outputs ?? {})}`
      return `${name} ${frameName(event.frame)} on ${threadName(event.thread)}${at}`
    }
    default:
      return `${name} ${event.step} on ${threadName(event.thread)}${aboutStep(event)}`
  }
}

type StepEvent = Extract<
  RunEvent,
  {
    step: string
    frame: number
    event:
      | `Step${string}`
      | 'InputsRefreshed'
      | 'ReplyPrepared'
      | 'EffectBegun'
      | 'VariableSet'
      | 'SignalSent'
      | 'SignalTaken'
      | 'Logged'
  }
>

function aboutStep(event: StepEvent): string {
  switch (event.event) {
    case 'EffectBegun':
      return event.item ? `: ${event.item.label}` : ''
    case 'SignalTaken':
      return `: ${event.signal}`
    case 'StepTimedOut':
      return ''
    case 'StepStarted':
    case 'InputsRefreshed':
      return withData(event.inputs)
    case 'ReplyPrepared':
      return withData(event.outputs)
    case 'StepProgressed':
      return `: ${event.done} of ${event.total}${event.item ? `, ${event.item.label} ${event.item.state}` : ''}`
    case 'StepCompleted':
      return `: ${event.outcome}${withData(event.outputs)}`
    case 'StepFailed':
      return `: ${event.error.code}, ${event.handled ? 'handled' : 'not handled here'}`
    case 'StepRetried':
      return `: ${event.error.code}, attempt ${event.attempt} in ${event.wait / 1000} s`
    case 'VariableSet':
      return `: ${event.variable} ${event.added ? '+=' : '='} ${sayValue(event.value)}`
    case 'SignalSent':
      return `: ${event.signal}${event.value === null ? '' : ` with ${sayValue(event.value)}`}${event.dropped ? ', dropped' : ''}`
    case 'Logged':
      return `: ${event.level}, ${event.message}`
  }
}

function withData(data: ValueRecord): string {
  return Object.keys(data).length === 0 ? '' : ` ${sayValue(data)}`
}

/** A value with single quotes, so that it needs no escapes inside JSON. */
function sayValue(value: Value): string {
  if (typeof value === 'string') return `'${value}'`
  if (Array.isArray(value)) return `[${(value as readonly Value[]).map(sayValue).join(', ')}]`
  if (!isRecord(value)) return JSON.stringify(value)
  const fields = Object.entries(value).map(([name, field]) => `${name}: ${sayValue(field)}`)
  return `{${fields.join(', ')}}`
}
