import type { StepDefinition } from '../../engine/index.ts'

/** What the checker calls the options of a step where it tells of a problem in one. */
export const retryField = { retry: 'retry', timeout: 'timeout', noData: 'noData' } as const

/** Whether a step of this kind does work that can fail, take long, or lack data. */
export function hasRetry(definition: StepDefinition): boolean {
  return definition.role === undefined && !definition.detaches && !definition.jumpsTo
}

/** Whether runs may pass a step of this kind by. */
export const canDisable = ({ role }: StepDefinition): boolean => role !== 'start' && role !== 'end'
