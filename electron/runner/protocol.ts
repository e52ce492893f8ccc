import type { Doubt, DoubtHandling, Failure, FlowDocument, RunEvent, Value, ValueRecord } from '../../engine/index.ts'
import type { MailAccount } from '../ipc/contract.ts'

/** What main tells the runner. Types only: the two processes share no code. */
export type RunnerCommand =
  | ({ readonly kind: 'start'; readonly request: number } & RunOrder)
  | ({ readonly kind: 'resume'; readonly request: number } & ResumeOrder)
  | { readonly kind: 'cancel'; readonly run: string }
  /** Stops carrying the run, so that another process can go on with it. */
  | { readonly kind: 'suspend'; readonly run: string }
  | { readonly kind: 'cancel-thread'; readonly run: string; readonly thread: number }
  | { readonly kind: 'signal'; readonly run: string; readonly signal: string; readonly value: Value }

/** A run to be started. */
export interface RunOrder {
  /** The Designer Folder, absolute. */
  readonly folder: string
  /** The flow's file in it, relative. */
  readonly path: string
  /** The flow as it is on the screen, which may differ from the file. */
  readonly document: FlowDocument
  readonly inputs: ValueRecord
  /** The account for flows that leave it open, and the accounts there are. */
  readonly mail: string
  readonly accounts: readonly MailAccount[]
}

/** An interrupted run to be gone on with. */
export interface ResumeOrder {
  /** The Designer Folder, absolute. */
  readonly folder: string
  /** The run's process folder, absolute, and the number the run has had. */
  readonly run: string
  readonly number: number
  readonly inDoubt: DoubtHandling | 'ask'
  /** Settles it as cancelled instead. */
  readonly cancel: boolean
  readonly accounts: readonly MailAccount[]
}

/** What the runner tells main. */
export type RunnerNotice =
  | {
      readonly kind: 'started'
      readonly request: number
      readonly run: string
      /** Counts the runs of this flow from 1. */
      readonly number: number
      /** The run's process folder, absolute. */
      readonly folder: string
      /** What its journal held before it was resumed; empty for a new run. */
      readonly past: readonly RunEvent[]
      /** Its first events, or those since it was resumed. */
      readonly events: readonly RunEvent[]
    }
  /** The run was not resumed: a person is to say what happens to these. */
  | { readonly kind: 'in-doubt'; readonly request: number; readonly doubts: readonly Doubt[] }
  | { readonly kind: 'failed-to-start'; readonly request: number; readonly failure: Failure }
  /** In order and complete; at most 30 times a second for a run, apart from what people wait for. */
  | { readonly kind: 'events'; readonly run: string; readonly events: readonly RunEvent[] }
  /**
   * Nothing of the run is going on here any more and its journal is closed. `suspended`: another process can go on with it;
   * `failure`: what has forced that, or why it could not be kept to the end.
   */
  | { readonly kind: 'finished'; readonly run: string; readonly failure?: Failure; readonly suspended?: true }
  /** An error that nobody caught; the process ends with it. */
  | { readonly kind: 'broke-down'; readonly message: string }
