/** The key of the flow that the flow at `path` calls `child`: relative to its folder, `..` allowed. */
export function siblingPath(path: string, child: string): string {
  const names = path.split('/').slice(0, -1)
  for (const name of child.split('/')) {
    if (name === '..') names.pop()
    else if (name !== '.' && name !== '') names.push(name)
  }
  return names.join('/')
}
