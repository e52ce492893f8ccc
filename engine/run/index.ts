/** Runs of flows: the interpreter, the journal's events, and the run they tell. */
export * from './event.ts'
export * from './run.ts'
export * from './journal.ts'
export * from './foldRun.ts'
