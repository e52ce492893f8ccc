import type { StepId } from '../step/step.ts'

/** "When step `from` ends with `outcome`, go on at step `to`." There is at most one per step and outcome. */
export interface Connection {
  readonly from: StepId
  readonly outcome: string
  readonly to: StepId
}

/** The outcome by which a step is left when it fails, if it is connected. */
export const onException = 'On Exception'

/** The outcome by which a step is left when a required input has no value, if the step has it. */
export const noData = 'No Data'
