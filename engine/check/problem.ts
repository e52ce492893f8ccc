import type { FlowDocument, FlowId, StepId } from '../model/index.ts'

/** Something wrong with a flow, found without running it. An `error` keeps it from running; a `warning` does not. */
export interface Problem {
  /** Stable, for programs: 'input-unset'. */
  readonly code: string
  readonly severity: 'error' | 'warning'
  /** What is wrong, with names, and what to do. */
  readonly message: string
  readonly flow: FlowId
  /** Where it is; absent when it concerns the whole flow. */
  readonly step?: StepId
  /** The input, setting or outcome of that step. */
  readonly field?: string
  /** Mends that can be applied with one click. */
  readonly fixes: readonly Fix[]
}

/** A mend, as a pure edit of the flow. */
export interface Fix {
  /** Imperative, on a button: 'Remove from outputs'. */
  readonly title: string
  apply(document: FlowDocument): FlowDocument
}
