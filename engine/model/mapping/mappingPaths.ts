import type { ExpressionLanguage } from './expressionLanguage.ts'
import type { Mapping } from './mapping.ts'
import { type Path, formatPath, parsePath } from '../value/path.ts'
import { parseTemplate } from '../value/template.ts'

const known = new WeakMap<Mapping, readonly Path[]>()

/**
 * The paths that a mapping reads, in the order in which they stand in it. What scripts read is not known. Remembered by
 * the mapping: while a flow is drawn, most of them stay as they are.
 */
export function pathsOf(mapping: Mapping, expressions: ExpressionLanguage): readonly Path[] {
  const found = known.get(mapping) ?? findPaths(mapping, expressions)
  known.set(mapping, found)
  return found
}

function findPaths(mapping: Mapping, expressions: ExpressionLanguage): readonly Path[] {
  switch (mapping.kind) {
    case 'select':
      return [mapping.path]
    case 'merge':
      return parseTemplate(mapping.template).flatMap((part) => (typeof part === 'string' ? [] : [part.field]))
    case 'record':
      return Object.values(mapping.fields).flatMap((field) => pathsOf(field, expressions))
    case 'list':
      return mapping.items.flatMap((item) => pathsOf(item, expressions))
    case 'expression':
      return expressions.expressionPaths(mapping.source).map(({ names }) => formatPath(names))
    case 'unset':
    case 'ignore':
    case 'null':
    case 'constant':
    case 'script':
      return []
  }
}

/** The mapping with each path it reads replaced by what `change` makes of it; the same one when nothing changed. */
export function changePaths(mapping: Mapping, change: (path: Path) => Path, expressions: ExpressionLanguage): Mapping {
  return changeLeaves(mapping, (leaf) => {
    if (pathsOf(leaf, expressions).every((path) => change(path) === path)) return leaf
    switch (leaf.kind) {
      case 'select':
        return { ...leaf, path: change(leaf.path) }
      case 'merge':
        return { ...leaf, template: changeTemplate(leaf.template, change) }
      case 'expression': {
        const follow = (names: readonly string[]) => parsePath(change(formatPath(names)))
        return { ...leaf, source: expressions.changeExpressionPaths(leaf.source, follow) }
      }
      default:
        return leaf
    }
  })
}

/** The mapping with each one in it that holds no others replaced by `change`; the same one when nothing changed. */
export function changeLeaves(mapping: Mapping, change: (leaf: Mapping) => Mapping): Mapping {
  if (mapping.kind === 'record') {
    const fields = Object.entries(mapping.fields).map(([name, field]) => [name, changeLeaves(field, change)] as const)
    const isSame = fields.every(([name, field]) => field === mapping.fields[name])
    return isSame ? mapping : { ...mapping, fields: Object.fromEntries(fields) }
  }
  if (mapping.kind !== 'list') return change(mapping)
  const items = mapping.items.map((item) => changeLeaves(item, change))
  return items.every((item, index) => item === mapping.items[index]) ? mapping : { ...mapping, items }
}

function changeTemplate(template: string, change: (path: Path) => Path): string {
  return parseTemplate(template)
    .map((part) => (typeof part === 'string' ? part.replaceAll('{{', '{{{{') : `{{${change(part.field)}}}`))
    .join('')
}
