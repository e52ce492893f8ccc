/**
 * The key of what the flow at `path` calls `child`: relative to its folder, `..` allowed. What leads out of all folders
 * still does so in the result, and an absolute path stays one.
 */
export function siblingPath(path: string, child: string): string {
  if (child.startsWith('/')) return child
  const names = path.split('/').slice(0, -1)
  for (const name of child.split('/')) {
    if (name === '..' && names.length > 0 && names.at(-1) !== '..') names.pop()
    else if (name !== '.' && name !== '') names.push(name)
  }
  return names.join('/')
}
