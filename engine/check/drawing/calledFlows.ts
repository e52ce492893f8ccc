import { checkMessages } from '../../messages/check.ts'
import type { Report } from '../check.ts'
import { type Flow, type Step, type StepDefinition, siblingPath } from '../../model/index.ts'
import { runsItselfForEver } from './endlessCalls.ts'
import type { Survey } from '../survey.ts'

/**
 * Checks the flow that the setting `field` of a step names: it is chosen and there; if it may run this flow again, some
 * way of this flow leads to an end without that.
 */
export function calledFlowsIn(survey: Survey, report: Report): (step: Step, field: string, path: string) => void {
  const chains = new Map<string, string[] | undefined>()
  const chainOf = (path: string): string[] | undefined => {
    if (!chains.has(path)) chains.set(path, wayBack(survey, path))
    return chains.get(path)
  }
  let endless: boolean | undefined
  return (step, field, path) => {
    const error = (code: string, message: string): void =>
      report({ code, severity: 'error', message, step: step.id, field })
    if (path === '') {
      error('flow-not-chosen', checkMessages.flowNotChosen(field, step.name))
      return
    }
    if (!survey.lookup.flowAt(path)) {
      error('flow-missing', checkMessages.flowMissing(step.name, path))
      return
    }
    const chain = step.disabled || !survey.reached.has(step.id) ? undefined : chainOf(path)
    if (!chain) return
    endless ??= runsItselfForEver(survey, (one) => chainOf(one) !== undefined)
    const message = checkMessages.flowRecursive(step.name, chain.join(' → '))
    if (endless) report({ code: 'flow-recursive', severity: 'warning', message, step: step.id, field })
  }
}

/** The names of the flows by which the flow at `path` comes to run this one again; undefined when it does not. */
function wayBack({ flow, definitions, lookup }: Survey, path: string): string[] | undefined {
  const byType = new Map(definitions.map((definition) => [definition.type, definition]))
  const seen = new Set<string>()
  const search = (at: string): string[] | undefined => {
    if (seen.has(at)) return undefined
    seen.add(at)
    const called = lookup.flowAt(at)
    if (!called) return undefined
    if (called.id === flow.id) return [called.name]
    for (const child of calledFlows(called, byType)) {
      const rest = search(siblingPath(at, child))
      if (rest) return [called.name, ...rest]
    }
    return undefined
  }
  const found = search(path)
  return found && [flow.name, ...found]
}

function calledFlows(flow: Flow, byType: ReadonlyMap<string, StepDefinition>): string[] {
  return flow.steps.flatMap((step) => {
    const settings = Object.entries(byType.get(step.type)?.settings ?? {})
    return settings.flatMap(([name, { kind }]) => {
      const path = kind === 'flow' ? step.settings[name] : undefined
      return typeof path === 'string' && path !== '' ? [path] : []
    })
  })
}
