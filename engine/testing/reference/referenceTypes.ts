import type { Flow, Step, Value, ValueRecord } from '../../model/index.ts'
import type { Data } from './referenceFlow.ts'
import type { Failed, TurnLine } from './turns.ts'

export type { Step, Value, ValueRecord }

// What the reference interpreter works with.

export type Reply = { readonly outcome: string; readonly outputs: ValueRecord }
/** One call of a flow; `early`: the End Step that a branch of it reached first. */
export type Call = { flow: Flow; replied: boolean; branches: number; early?: Reply; reply?: Reply; error?: Failed }
/** `before`: what steps had given when it forked; each branch goes on from there by itself. */
export type Fork = {
  before: Data['steps']
  over?: boolean
  arrived: number
  gone: number
  running: number
  ended: number
  error?: Failed
  early?: Reply
  reply?: Reply
  results: (Value | undefined)[]
}
/** One flow call, or one branch of it. Run Flow waits for the line of its child. */
export type Line = TurnLine & {
  call: Call
  data: Data
  fork: Fork | undefined
  join: Step | undefined
  readonly path: string
}
export type Frame = {
  readonly path: string
  readonly passes: Record<string, number>
  readonly locals: ValueRecord
  readonly owner?: Step
}
/** Where a way led: to an End Step, the end of the body, the Join; or all its branches went async. */
export type Way =
  { readonly end: Reply } | { readonly out: true } | { readonly joined: true } | { readonly gone: Reply }
export type Left = Way | { readonly outcome: string } | { readonly goTo: Step }
export type Told = (how: Way | Failed | undefined, line: Line) => void
