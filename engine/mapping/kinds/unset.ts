import type { MappingKindDefinition } from '../mappingKind.ts'

/** Nothing chosen yet. */
export const unset: MappingKindDefinition<'unset'> = {
  title: 'Unset',
  fields: {},
  givesNothing: true,
  isNull: () => true,
  isEmpty: () => true,
  compile: () => () => null,
  type: () => undefined,
  describe: () => '',
  suits: () => true,
  inPlaceOf: () => ({ kind: 'unset' })
}
