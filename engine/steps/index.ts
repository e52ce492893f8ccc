import type { StepDefinition } from '../model/index.ts'

/** All kinds of step, in Toolbox order. */
export const builtInSteps: readonly StepDefinition[] = []
