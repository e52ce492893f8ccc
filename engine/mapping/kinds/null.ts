import type { MappingKindDefinition } from '../mappingKind.ts'

/** The step gets null. */
export const nullMapping: MappingKindDefinition<'null'> = {
  title: 'Null',
  fields: {},
  isNull: () => true,
  isEmpty: () => true,
  compile: () => () => null,
  type: () => undefined,
  describe: () => '',
  suits: ({ required }) => !required,
  inPlaceOf: () => ({ kind: 'null' })
}
