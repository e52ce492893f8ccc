/** The checker: what is wrong with a flow, what it may mean, and what can be done about it. */
export * from './checkFlow.ts'
export * from './problem.ts'
export { type FlowLookup, surveyFlow } from './survey.ts'
export { type AvailableData, availableData } from './data/availableData.ts'
export { availabilityIn } from './data/availability.ts'
