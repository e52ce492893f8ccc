import type { FrameId, RunEvent, ThreadId } from '../../../run/journal/event.ts'
import { foldRun } from '../../../run/journal/foldRun.ts'
import { withoutTakenBack } from '../../../run/replay/withoutTakenBack.ts'
import { type Carried, addedBy, effectsOf, eventsOf } from './carried.ts'

/** What no journal may tell, whatever the run: a sentence for each time this one does. */
function checkInvariants(events: readonly RunEvent[]): readonly string[] {
  const { events: counting } = withoutTakenBack(events)
  return [
    ...checkOrder(events),
    ...checkEnd(counting),
    ...checkThreads(counting),
    ...checkFrames(counting),
    ...checkSignals(counting),
    ...checkFold(events)
  ]
}

/** What no run may do, whatever it is, and no process that carries one: a sentence for each time this one did. */
export function problemsOf(carried: Carried): readonly string[] {
  const { broken, settled, reply } = carried
  const events = eventsOf(carried)
  return [
    ...broken,
    ...checkInvariants(events),
    ...(settled ? [] : [`settled never resolves; the last event is ${events.at(-1)?.event ?? 'none'}`]),
    ...(settled && !reply && settled.state !== 'suspended' ? ['reply never resolves'] : [])
  ]
}

function checkOrder(events: readonly RunEvent[]): string[] {
  return events.flatMap(({ seq, at }, index) => [
    ...(seq === index + 1 ? [] : [`event ${index + 1} has the number ${seq}`]),
    ...(at >= (events[index - 1]?.at ?? 0) ? [] : [`event ${seq} is earlier than the one before`])
  ])
}

function checkEnd(events: readonly RunEvent[]): string[] {
  const settledAt = events.findIndex(({ event }) => event === 'RunSettled')
  const after = settledAt < 0 ? [] : events.slice(settledAt + 1)
  const replies = events.filter(({ event }) => event === 'Replied').length
  return [
    ...after.map(({ event }) => `${event} after RunSettled`),
    ...(replies > 1 ? [`Replied ${replies} times`] : [])
  ]
}

const isSettled = (events: readonly RunEvent[]): boolean => events.some(({ event }) => event === 'RunSettled')

/** Every thread that starts ends, and nothing is told of it before or after. */
function checkThreads(events: readonly RunEvent[]): string[] {
  const found: string[] = []
  const going = new Set<ThreadId>()
  for (const event of events) {
    if (!('thread' in event)) continue
    const { thread } = event
    if (event.event === 'ThreadStarted') going.add(thread)
    else if (!going.has(thread)) found.push(`${event.event} of thread ${thread}, which is not going on`)
    if (event.event === 'ThreadEnded') going.delete(thread)
  }
  if (isSettled(events)) for (const thread of going) found.push(`thread ${thread} never ends`)
  return found
}

/** Every frame that is entered is left once, or ends with its thread. */
function checkFrames(events: readonly RunEvent[]): string[] {
  const found: string[] = []
  const entered = new Map<FrameId, ThreadId>()
  for (const event of events) {
    if (event.event === 'FrameEntered') entered.set(event.frame, event.thread)
    if (event.event === 'ThreadStarted')
      for (const frame of event.frames ?? []) if (entered.has(frame)) entered.set(frame, event.thread)
    if (event.event === 'FrameLeft' && !entered.delete(event.frame))
      found.push(`a frame is left that is not entered: ${event.frame}`)
    if (event.event === 'ThreadEnded')
      for (const [frame, thread] of entered) if (thread === event.thread) entered.delete(frame)
  }
  if (isSettled(events)) for (const frame of entered.keys()) found.push(`frame ${frame} is never left`)
  return found
}

/** A signal is taken by one visit, though a process that was cut off may tell so twice. */
function checkSignals(events: readonly RunEvent[]): string[] {
  const given = new Map<string, number>()
  const takers = new Map<string, Set<string>>()
  const visits = new Map<string, number>()
  for (const event of events) {
    const place = 'frame' in event && 'step' in event ? `${event.frame} ${event.step}` : ''
    if (event.event === 'StepStarted') visits.set(place, (visits.get(place) ?? 0) + 1)
    if ((event.event === 'SignalSent' && !event.dropped) || event.event === 'SignalReceived')
      given.set(event.signal, (given.get(event.signal) ?? 0) + 1)
    if (event.event === 'SignalTaken')
      takers.set(event.signal, (takers.get(event.signal) ?? new Set()).add(`${place} ${visits.get(place) ?? 0}`))
  }
  return [...takers].flatMap(([signal, { size }]) =>
    size > (given.get(signal) ?? 0) ? [`the signal ${signal} is taken ${size} times`] : []
  )
}

/** How many beginnings of a long journal are looked at. */
const beginnings = 20

/** Readers see a run from each of its beginnings. */
function checkFold(events: readonly RunEvent[]): string[] {
  const step = Math.max(1, Math.floor(events.length / beginnings))
  for (let count = 1; count <= events.length; count += step)
    try {
      foldRun(events.slice(0, count))
    } catch (error) {
      return [`the first ${count} events cannot be read: ${String(error)}`]
    }
  return []
}

/** Mails that were sent again although their step says that those in doubt are left out. */
export function checkMails(carried: Carried): readonly string[] {
  const taken = new Map<string, number>()
  for (const effect of effectsOf(carried))
    if (effect.kind === 'mail' && effect.inDoubt === 'Leave out')
      taken.set(effect.messageId, (taken.get(effect.messageId) ?? 0) + 1)
  return [...taken].flatMap(([id, times]) => (times > 1 ? [`the mail ${id} was taken ${times} times`] : []))
}

/** What the caller is told stands in the journal, and cannot be lost. */
export function checkTold(carried: Carried): string[] {
  const { moments, reply, before } = carried
  const told = moments.findIndex(({ kind }) => kind === 'told')
  const replied = eventsOf(carried).find(({ event }) => event === 'Replied')
  if (told < 0 || reply?.kind !== 'replied') return []
  if (!replied) return ['the caller is told a reply that is not in the journal']
  const until = moments.slice(0, told)
  const known = before.events.length + addedBy({ moments: until }).length
  const safe = until.reduce((most, one) => (one.kind === 'durable' ? Math.max(most, one.events) : most), 0)
  if (replied.seq > known) return ['the caller is told a reply before it is in the journal']
  if (replied.seq > Math.max(safe, before.events.length)) return ['the caller is told a reply that could still be lost']
  const inJournal = replied.event === 'Replied' && { outcome: replied.outcome, outputs: replied.outputs }
  const said = { outcome: reply.outcome, outputs: reply.outputs }
  return JSON.stringify(inJournal) === JSON.stringify(said) ? [] : ['the caller is told another reply than the journal']
}

/** What a step does to the outside rests on inputs that cannot be lost, and so cannot be others when it is done again. */
export function checkDone({ before, moments }: Carried): string[] {
  const events = [...before.events]
  const visits = new Map<string, Set<string>>()
  let safe = before.events.length
  return moments.flatMap((moment) => {
    if (moment.kind === 'event') events.push(moment.event)
    if (moment.kind === 'durable') safe = Math.max(safe, moment.events)
    if (moment.kind !== 'done' || moment.effect.kind === 'mail') return []
    const visit = moment.effect.kind === 'work' ? moment.effect.id.replace(/ \d+$/, '') : moment.effect.key
    const step = visit.replace(/^.*\//, '').replace(/#\d+$/, '')
    const done = (visits.get(step) ?? new Set()).add(visit)
    visits.set(step, done)
    const begun = events.slice(0, safe).filter((event) => event.event === 'StepStarted' && event.step === step).length
    return done.size > begun ? [`${visit} has an effect although it could still be lost that it began`] : []
  })
}
