import type { ValueRecord } from '../../model/index.ts'

/**
 * What the steps of a flow call gave the last time they were passed. Branches that start at the same step stand on the same
 * list and keep only what is their own, so that a branch costs as much as the steps it passes, however long the flow is.
 */
export interface StepOutputs {
  /** By the step's index. In a branch it is shared, and never written. */
  readonly steps: (ValueRecord | undefined)[]
  /** A branch: by the step's index, what it gave itself. Undefined for all that are no branch. */
  own: Map<number, ValueRecord> | undefined
}

/** What the step with this index gave; undefined when it has not been passed. */
export function outputsAt({ steps, own }: StepOutputs, index: number): ValueRecord | undefined {
  return own === undefined ? steps[index] : (own.get(index) ?? steps[index])
}

export function setOutputs(into: StepOutputs, index: number, outputs: ValueRecord): void {
  const { steps, own } = into
  if (own === undefined) steps[index] = outputs
  else if (own !== none) own.set(index, outputs)
  else into.own = new Map<number, ValueRecord>().set(index, outputs)
}

/** A copy, which stays as it is whatever `outputs` become. Branches start from one. */
export function copyOutputs({ steps, own }: StepOutputs): StepOutputs {
  // What a branch stands on is never written, so that its own branches can stand on it too.
  return own === undefined ? { steps: steps.slice(), own } : { steps, own: copyOf(own) }
}

/** The outputs of a branch that starts from `before`, which must not be written any more. */
export function branchOutputs({ steps, own }: StepOutputs): StepOutputs {
  return { steps, own: own === undefined ? none : copyOf(own) }
}

/** What the steps of `branch`, which started from `before`, gave is there for those after it. */
export function bringBack(into: StepOutputs, branch: StepOutputs, before: StepOutputs): void {
  for (const [index, outputs] of branch.own ?? none)
    if (outputs !== before.own?.get(index)) setOutputs(into, index, outputs)
}

/** What a branch gave that gave nothing yet: never written, and so the same for all of them. */
const none = new Map<number, ValueRecord>()

const copyOf = (own: Map<number, ValueRecord>): Map<number, ValueRecord> => (own === none ? none : new Map(own))
