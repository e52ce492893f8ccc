import type { Mapping, Path } from '../model/index.ts'
import { kindOf } from './mappingKinds.ts'

const known = new WeakMap<Mapping, readonly Path[]>()

/**
 * The paths that a mapping reads, in the order in which they stand in it. What scripts read is not known. Remembered by
 * the mapping: while a flow is drawn, most of them stay as they are.
 */
export function pathsOf(mapping: Mapping): readonly Path[] {
  const found = known.get(mapping) ?? findPaths(mapping)
  known.set(mapping, found)
  return found
}

function findPaths(mapping: Mapping): readonly Path[] {
  const kind = kindOf(mapping)
  return kind.parts?.(mapping).flatMap(pathsOf) ?? kind.paths?.(mapping) ?? []
}

/** The mapping with each path it reads replaced by what `change` makes of it; the same one when nothing changed. */
export function changePaths(mapping: Mapping, change: (path: Path) => Path): Mapping {
  return changeLeaves(mapping, (leaf) => {
    if (pathsOf(leaf).every((path) => change(path) === path)) return leaf
    return kindOf(leaf).changePaths?.(leaf, change) ?? leaf
  })
}

/** The mapping with each one in it that holds no others replaced by `change`; the same one when nothing changed. */
export function changeLeaves(mapping: Mapping, change: (leaf: Mapping) => Mapping): Mapping {
  return kindOf(mapping).changeParts?.(mapping, (part) => changeLeaves(part, change)) ?? change(mapping)
}
