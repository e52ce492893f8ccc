import type { MappingKindDefinition } from '../mappingKind.ts'
import { shortened } from '../shortened.ts'

/** Script: JavaScript in a sandbox. */
export const script: MappingKindDefinition<'script'> = {
  title: 'Script',
  fields: { source: { holds: 'lines' } },
  isEmpty: ({ source }) => source.trim() === '',
  compile: () => () => null,
  script: ({ source }) => source,
  observes: () => true,
  type: () => undefined,
  describe: ({ source }) => shortened(source),
  suits: () => true,
  inPlaceOf: (_other, { source = '' }) => ({ kind: 'script', source: `return ${source === '' ? 'null' : source}` })
}
