/** The longest path a window may name, in characters. */
export const longestPath = 1024

/**
 * Whether `path` names something inside a folder, whatever computer this is: names joined by single forward slashes,
 * none of them empty, `.` or `..`, no backslash or NUL, no drive letter.
 */
export function isRelativePath(path: string): boolean {
  if (path.length === 0 || path.length > longestPath) return false
  if (/[\\\0]/.test(path) || /^[a-z]:/i.test(path)) return false
  return path.split('/').every((name) => name !== '' && name !== '.' && name !== '..')
}

/** The folder that `path` lies in; '' when it lies in no sub-folder. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

/**
 * The path of `document`, which is written relative to the folder of `flow`, seen from the Designer Folder. `..` may
 * lead out of the flow's folder; undefined when it leads out of the Designer Folder, or is no relative path at all.
 */
export function besideFlow(flow: string, document: string): string | undefined {
  const names = folderOf(flow) === '' ? [] : folderOf(flow).split('/')
  for (const name of document.split('/')) {
    if (name === '.') continue
    if (name !== '..') names.push(name)
    else if (names.pop() === undefined) return undefined
  }
  const path = names.join('/')
  return isRelativePath(path) ? path : undefined
}
