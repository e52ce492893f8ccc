import type { MappingKindDefinition } from '../mappingKind.ts'

/** The step gets nothing. */
export const ignore: MappingKindDefinition<'ignore'> = {
  title: 'Ignore',
  fields: {},
  givesNothing: true,
  isNull: () => true,
  isEmpty: () => true,
  compile: () => () => null,
  type: () => undefined,
  describe: () => '',
  suits: ({ required }) => !required,
  inPlaceOf: () => ({ kind: 'ignore' })
}
