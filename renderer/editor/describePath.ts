import { type Flow, type Path, parsePath, settableOf, stepOf } from '../../engine/index.ts'

/** A path in words: whose value it is and what it is called. */
export interface PathWords {
  /** The step's name, 'Flow', or nothing for what the step fills in itself. */
  readonly owner: string
  readonly name: string
  /** The step does not exist (any more). */
  readonly missing: boolean
}

export function describePath(path: Path, flow: Flow): PathWords {
  const [root = '', ...names] = parsePath(path)
  if (root === 'steps') {
    const [id = '', ...rest] = names
    const step = stepOf(flow, id)
    return { owner: step?.name ?? id, name: rest.join(' › '), missing: !step }
  }
  if (root === 'flow') {
    const missing = !settableOf(flow).some(({ name }) => name === names[0])
    return { owner: 'Flow', name: names.join(' › '), missing }
  }
  if (names.length === 0) return { owner: '', name: root, missing: false }
  const name = names.join(' › ')
  return { owner: '', name: name.charAt(0).toUpperCase() + name.slice(1), missing: false }
}
