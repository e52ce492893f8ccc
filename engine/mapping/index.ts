/** The kinds of mapping: all there is to say about one stands in one file of kinds/. */
export * from './mappingKind.ts'
export * from './mappingKinds.ts'
export * from './outputKind.ts'
export * from './outputKinds.ts'
export * from './mappingPaths.ts'
export * from './compileMapping.ts'
export * from './describeMapping.ts'
export { type FileField, type FileFields, inLines } from './fileField.ts'
