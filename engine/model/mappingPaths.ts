import type { Mapping } from './mapping.ts'
import type { Path } from './path.ts'
import { parseTemplate } from './template.ts'

/** The paths that a mapping reads, in the order in which they stand in it. */
export function pathsOf(mapping: Mapping): Path[] {
  if (mapping.kind === 'select') return [mapping.path]
  if (mapping.kind !== 'merge') return []
  return parseTemplate(mapping.template).flatMap((part) => (typeof part === 'string' ? [] : [part.field]))
}

/** The mapping with each path it reads replaced by what `change` makes of it; the same one when nothing changed. */
export function changePaths(mapping: Mapping, change: (path: Path) => Path): Mapping {
  if (pathsOf(mapping).every((path) => change(path) === path)) return mapping
  if (mapping.kind === 'select') return { ...mapping, path: change(mapping.path) }
  if (mapping.kind !== 'merge') return mapping
  const template = parseTemplate(mapping.template)
    .map((part) => (typeof part === 'string' ? part.replaceAll('{{', '{{{{') : `{{${change(part.field)}}}`))
    .join('')
  return { ...mapping, template }
}
