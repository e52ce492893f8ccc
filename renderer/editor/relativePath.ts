/** The path in the Designer Folder of what a step of `flow` calls `path`: relative to the folder of that flow. */
export function fromFolderOf(flow: string, path: string): string {
  const names = flow.split('/').slice(0, -1)
  for (const name of path.split('/')) {
    if (name === '..') names.pop()
    else if (name !== '.' && name !== '') names.push(name)
  }
  return names.join('/')
}

/** The opposite: how a step of `flow` writes a path of the Designer Folder. */
export function intoFolderOf(flow: string, path: string): string {
  const from = flow.split('/').slice(0, -1)
  const to = path.split('/')
  let common = 0
  while (common < from.length && common < to.length - 1 && from[common] === to[common]) common++
  return [...from.slice(common).map(() => '..'), ...to.slice(common)].join('/')
}
