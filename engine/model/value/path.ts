/**
 * Where a value stands in the flow data, as people and files write it: `flow.Subject`, `steps.email-address-list-1.Count`.
 * Names may hold spaces; a dot or backslash inside a name is written with a backslash before it.
 */
export type Path = string

/** The names a path is made of. */
export function parsePath(path: Path): string[] {
  const names: string[] = []
  let name = ''
  for (let i = 0; i < path.length; i++) {
    const char = path.charAt(i)
    if (char === '\\' && i + 1 < path.length) name += path.charAt(++i)
    else if (char === '.') {
      names.push(name)
      name = ''
    } else name += char
  }
  names.push(name)
  return names
}

/** The path made of `names`; `parsePath` gives them back. */
export function formatPath(names: readonly string[]): Path {
  return names.map((name) => name.replaceAll(/[\\.]/g, (char) => `\\${char}`)).join('.')
}
