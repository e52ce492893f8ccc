import { pathText } from '../../expression/index.ts'
import { parsePath } from '../../model/index.ts'
import type { MappingKindDefinition } from '../mappingKind.ts'
import { readAsTemplate } from '../templates.ts'

/** Select From Flow: the value at a path in the flow data. */
export const select: MappingKindDefinition<'select'> = {
  title: 'Select From Flow',
  fields: { path: { holds: 'text' } },
  isEmpty: ({ path }) => path === '',
  paths: ({ path }) => [path],
  changePaths: (mapping, change) => ({ ...mapping, path: change(mapping.path) }),
  selects: ({ path }) => path,
  compile: ({ path }, { input, readerOf }) => readAsTemplate(input, readerOf(parsePath(path))),
  type: ({ path }, { typeAt }) => typeAt(path),
  check: ({ path }, { expected, checkPath }) => checkPath(path, expected, 'as-it-is'),
  describe: ({ path }) => parsePath(path).at(-1) ?? '',
  suits: () => true,
  words: ({ path }) => (path === '' ? {} : { path, source: pathText(parsePath(path)) }),
  inPlaceOf: (_other, { path = '' }) => ({ kind: 'select', path })
}
