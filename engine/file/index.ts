/** Flow files: read, check and migrate, write. Texts only: where they are kept is not known here. */
export { currentVersion } from './migrations/index.ts'
export type { FileProblem } from './plainValue.ts'
export { type ReadResult, readFlow } from './readFlow.ts'
export { writeFlow } from './writeFlow.ts'
