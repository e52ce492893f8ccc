import { changeExpressionPaths, compileExpression, expressionPaths, readsClock } from '../../expression/index.ts'
import { checkMessages } from '../../messages/check.ts'
import { formatPath, parsePath } from '../../model/index.ts'
import { checkOnce } from '../expressionChecks.ts'
import type { MappingKindDefinition } from '../mappingKind.ts'
import { shortened } from '../shortened.ts'
import { readAsTemplate } from '../templates.ts'

/** Expression: a value worked out of others. */
export const expression: MappingKindDefinition<'expression'> = {
  title: 'Expression',
  fields: { source: { holds: 'lines' } },
  isNull: ({ source }) => source.trim() === 'null',
  isEmpty: ({ source }) => source.trim() === '',
  paths: ({ source }) => expressionPaths(source).map(({ names }) => formatPath(names)),
  changePaths(mapping, change) {
    const source = changeExpressionPaths(mapping.source, (names) => parsePath(change(formatPath(names))))
    return { ...mapping, source }
  },
  compile: ({ source }, to) => readAsTemplate(to.input, compileExpression(source, to)),
  observes: ({ source }) => readsClock(source),
  type: (mapping, { scope }) => checkOnce(mapping, scope).type,
  check(mapping, { expected, inputName, stepName, scope, checkAvailability, tell }) {
    const type = expected === 'Template' ? 'Text' : expected
    for (const { code, severity, message, fix } of checkOnce(mapping, scope, type).problems) {
      const mends = fix ? [{ title: fix.title, instead: { kind: 'expression', source: fix.source } as const }] : []
      tell(severity, code, checkMessages.expression(inputName, stepName, message), mends)
    }
    const use = looksForNothing(mapping.source) ? 'optional' : undefined
    for (const { names } of expressionPaths(mapping.source)) checkAvailability(formatPath(names), use)
  },
  describe: ({ source }) => shortened(source),
  suits: () => true,
  words: ({ source }) => ({ source, ...(isPath(source) && { path: formatPath(source.split('.')) }) }),
  inPlaceOf: (_other, { source = '' }) => ({ kind: 'expression', source })
}

/** Whether an expression reckons with values that are not there. */
function looksForNothing(source: string): boolean {
  return /\b(?:default|isEmpty|if)\s*\(|\bnull\b/.test(source)
}

/** Whether an expression is nothing but a path. */
function isPath(source: string): boolean {
  return /^[A-Za-z_][\w.-]*$/.test(source)
}
