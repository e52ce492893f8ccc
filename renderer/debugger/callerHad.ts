import { type Run, type Value, entryOf } from '../../engine/index.ts'

/** One output of the reply. `setLater`: it was not set yet, and the background thread set it or still may. */
export interface CallerOutput {
  readonly name: string
  readonly type: string
  readonly value: Value
  readonly setLater: boolean
}

/** What the caller of the run had with its reply; undefined while there is none. */
export function callerHad(run: Run): { outcome: string; at: number; outputs: readonly CallerOutput[] } | undefined {
  const { reply } = run
  if (!reply) return undefined
  const declared = run.flows[run.flow]?.outputs ?? []
  const behind = run.threads.filter((thread) => thread.kind === 'background' && thread.parent === reply.thread)
  const names = [...new Set([...declared.map(({ name }) => name), ...Object.keys(reply.outputs)])]
  const outputs = names.map((name): CallerOutput => {
    const value = entryOf(reply.outputs, name) ?? null
    const setLater =
      value === null &&
      behind.some((thread) => thread.endedAt === undefined || (entryOf(thread.outputs, name) ?? null) !== null)
    return { name, type: declared.find((output) => output.name === name)?.type ?? '', value, setLater }
  })
  return { outcome: reply.outcome, at: reply.at, outputs }
}
