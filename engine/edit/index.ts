/** Pure edits of a flow document: each gives a new one and leaves the old one as it was. */
export * from './editSteps.ts'
export * from './addCopies.ts'
export * from './editConnections.ts'
export * from './editFlow.ts'
export * from './editVariables.ts'
