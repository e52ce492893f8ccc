import type { Value } from '../../../model/index.ts'
import type { RunReply, Settled } from '../../../run/state/outcome.ts'
import type { RunEvent } from '../../../run/journal/event.ts'

/** Something that a run did to the world outside. */
export type Effect = WorkDone | DocumentAdded | MailTaken

/** What a Work step did. */
export interface WorkDone {
  readonly kind: 'work'
  /** The visit's key, and which of all tries under that key it was, from 1. */
  readonly id: string
  readonly input: Value
  /** Whether it must not be done twice. */
  readonly unsafe: boolean
  readonly step: string
  /** When, in milliseconds of wall time. */
  readonly now: number
}

/** A document that was written into the process folder. */
export interface DocumentAdded {
  readonly kind: 'document'
  readonly name: string
  readonly text: string
  /** That of the visit. */
  readonly key: string
}

/** A mail that the server has taken. */
export interface MailTaken {
  readonly kind: 'mail'
  readonly messageId: string
  /** What its step says is to be done about mails in doubt. */
  readonly inDoubt: string
}

/** What is left of a run when its process ends: its journal, and the world outside. */
export interface Remains {
  readonly events: readonly RunEvent[]
  /** The wall time of the last event, in milliseconds. */
  readonly now: number
  /** When the tries of Work and of mails began, by key: the world outside knows how far each is. */
  readonly tries: ReadonlyMap<string, readonly number[]>
  readonly effects: readonly Effect[]
}

/** One thing that happened while a process carried the run. */
export type Moment =
  | { readonly kind: 'event'; readonly event: RunEvent; readonly now: number }
  /** So many events are safe from now on. */
  | { readonly kind: 'durable'; readonly events: number }
  | { readonly kind: 'began'; readonly key: string; readonly startedAt: number }
  | { readonly kind: 'done'; readonly effect: Effect }
  /** The caller has got control back. */
  | { readonly kind: 'told' }

/** All that happened while one process carried a run, after `before`. */
export interface Carried {
  readonly before: Remains
  readonly moments: readonly Moment[]
  /** What was told to whoever started the run; undefined when nothing was. */
  readonly reply: RunReply | undefined
  readonly settled: Settled | undefined
  /** What no process may do, whatever the run: a sentence each. */
  readonly broken: readonly string[]
}

/** The events that one process has added. */
export const addedBy = ({ moments }: Pick<Carried, 'moments'>): readonly RunEvent[] =>
  moments.flatMap((moment) => (moment.kind === 'event' ? [moment.event] : []))

/** All events of the run, those of earlier processes first. */
export const eventsOf = (carried: Carried): readonly RunEvent[] => [...carried.before.events, ...addedBy(carried)]

/** All that was done outside, by earlier processes too. */
export const effectsOf = ({ before, moments }: Pick<Carried, 'before' | 'moments'>): readonly Effect[] => [
  ...before.effects,
  ...moments.flatMap((moment) => (moment.kind === 'done' ? [moment.effect] : []))
]

/** How often each thing was tried, by key. */
export const triesOf = ({ before, moments }: Pick<Carried, 'before' | 'moments'>): Map<string, readonly number[]> => {
  const tries = new Map<string, readonly number[]>(before.tries)
  for (const moment of moments)
    if (moment.kind === 'began') tries.set(moment.key, [...(tries.get(moment.key) ?? []), moment.startedAt])
  return tries
}
