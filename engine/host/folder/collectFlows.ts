import { type Flow, type StepDefinition, settingsOf } from '../../model/index.ts'
import { type RunFlows, siblingPath } from '../../run/index.ts'

/**
 * `flow` at `path` with all flows it may call, and those that they call, by path. `read` answers undefined for one that
 * is missing or cannot be read: it is left out, and the checker says so.
 */
export async function collectFlows(
  path: string,
  flow: Flow,
  definitions: readonly StepDefinition[],
  read: (path: string) => Promise<Flow | undefined>
): Promise<RunFlows> {
  const flows: Record<string, Flow> = { [path]: flow }
  const asked = new Set([path])
  const collect = async (at: string, from: Flow): Promise<void> => {
    for (const child of calledBy(from, definitions)) {
      const childPath = siblingPath(at, child)
      if (asked.has(childPath)) continue
      asked.add(childPath)
      const found = await read(childPath)
      if (!found) continue
      flows[childPath] = found
      await collect(childPath, found)
    }
  }
  await collect(path, flow)
  return flows
}

/** The flows that the steps of `flow` call, as the steps write them. */
export function calledBy(flow: Flow, definitions: readonly StepDefinition[]): string[] {
  return flow.steps.flatMap((step) => {
    const definition = definitions.find(({ type }) => type === step.type)
    if (!definition) return []
    const settings = settingsOf(definition, step)
    return Object.entries(definition.settings)
      .filter(([, { kind }]) => kind === 'flow')
      .map(([name]) => settings[name])
      .filter((called) => typeof called === 'string')
      .filter((called) => called !== '')
  })
}
