/** Names that no file system takes, or not all of them. */
const forbidden = /[<>:"/\\|?*\u0000-\u001f]/

/**
 * What is wrong with a name for a flow or a folder, which becomes a file name; undefined when nothing is. `taken` are the
 * names beside it, `kind` the word for it.
 */
export function nameProblem(name: string, taken: readonly string[], kind: 'flow' | 'folder'): string | undefined {
  if (name === '') return `Enter a name for the ${kind}.`
  const bad = forbidden.exec(name)?.[0]
  if (bad !== undefined)
    return bad < ' '
      ? 'A name is one line of text.'
      : `A name cannot hold “${bad}”, as it becomes a file name: leave it out.`
  if (name.startsWith('.') || name.endsWith('.')) return 'A name can neither begin nor end with a dot.'
  if (name.length > 120) return `A name can have 120 characters; this one has ${name.length}.`
  if (taken.some((other) => other.toLowerCase() === name.toLowerCase()))
    return `There is a ${kind} named “${name}” here already: choose another name.`
  return undefined
}

/** The first of `Name 1`, `Name 2`, ... that is not taken. */
export function freeName(base: string, taken: readonly string[]): string {
  const names = new Set(taken.map((name) => name.toLowerCase()))
  let number = 1
  while (names.has(`${base} ${number}`.toLowerCase())) number++
  return `${base} ${number}`
}
