import type { Failure, FlowDocument, RunEvent, Value, ValueRecord } from '../../engine/index.ts'
import type { MailAccount } from '../ipc/contract.ts'

/** What main tells the runner. Types only: the two processes share no code. */
export type RunnerCommand =
  | ({ readonly kind: 'start'; readonly request: number } & RunOrder)
  | { readonly kind: 'cancel'; readonly run: string }
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
      /** Its first events, RunStarted among them. */
      readonly events: readonly RunEvent[]
    }
  | { readonly kind: 'failed-to-start'; readonly request: number; readonly failure: Failure }
  /** In order and complete; at most 30 times a second for a run, apart from what people wait for. */
  | { readonly kind: 'events'; readonly run: string; readonly events: readonly RunEvent[] }
  /** Nothing of the run is going on any more and its journal is closed. `failure`: it could not be kept to the end. */
  | { readonly kind: 'finished'; readonly run: string; readonly failure?: Failure }
  /** An error that nobody caught; the process ends with it. */
  | { readonly kind: 'broke-down'; readonly message: string }
