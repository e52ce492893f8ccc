import { type StepId, siblingPath } from '../../model/index.ts'
import { endsHere } from '../openOutcomes.ts'
import { type Survey, type SurveyedStep, surveyFlow } from '../survey.ts'

/** A flow of a circle of flows that run each other. */
interface Caller {
  readonly survey: Survey
  /** By step that runs another flow of the circle: that flow. */
  readonly calls: ReadonlyMap<StepId, Caller>
}

/**
 * Whether every run of the surveyed flow comes to a step that runs it again, and so never ends. `leadsBack` answers for
 * the path of a flow, as the surveyed one would write it, whether that flow may run the surveyed one.
 */
export function runsItselfForEver(survey: Survey, leadsBack: (path: string) => boolean): boolean {
  const callers: Caller[] = []
  const byPath = new Map<string, Caller>()
  const add = (path: string, surveyed: Survey): Caller => {
    const calls = new Map<StepId, Caller>()
    const caller = { survey: surveyed, calls }
    callers.push(caller)
    byPath.set(path, caller)
    for (const [id, step] of surveyed.steps) {
      const called = calledBy(step)
      const at = called === undefined ? undefined : siblingPath(path, called)
      const child = at !== undefined && leadsBack(at) ? (byPath.get(at) ?? addCalled(at)) : undefined
      if (child) calls.set(id, child)
    }
    return caller
  }
  const addCalled = (path: string): Caller | undefined => {
    const flow = survey.lookup.flowAt(path)
    if (!flow) return undefined
    const [first] = callers
    if (first && flow.id === survey.flow.id) return first
    const flowAt = (child: string) => survey.lookup.flowAt(siblingPath(path, child))
    return add(path, surveyFlow(flow, survey.definitions, { flowAt }))
  }
  const first = add('', survey)
  const ending = new Set<Caller>()
  for (let before = -1; before < ending.size;) {
    before = ending.size
    for (const caller of callers) if (comesToAnEnd(caller, ending)) ending.add(caller)
  }
  return !ending.has(first)
}

/** The flow that a step runs, as its setting names it. */
function calledBy({ step, definition, settings }: SurveyedStep): string | undefined {
  if (step.disabled) return undefined
  const setting = Object.entries(definition?.settings ?? {}).find(([, { kind }]) => kind === 'flow')?.[0]
  const path = setting === undefined ? '' : settings[setting]
  return typeof path === 'string' && path !== '' ? path : undefined
}

/** Whether some way leads from Start to an end past all steps that run flows of the circle that are not known to end. */
function comesToAnEnd({ survey, calls }: Caller, ending: ReadonlySet<Caller>): boolean {
  const { steps, bodies, waysOf, start } = survey
  const leads = (from: StepId, join: StepId | undefined, within: ReadonlySet<StepId>): boolean => {
    const seen = new Set([from])
    // A set gives what is added while it is being walked, too.
    for (const id of seen) {
      const surveyed = steps.get(id)
      const called = calls.get(id)
      if (called && !ending.has(called)) continue
      if (id === join || !surveyed || endsHere(survey, surveyed)) return true
      const own = bodies.byOwner.get(id) ?? []
      const paths = within.has(id) ? [] : own.filter(({ kind }) => kind === 'path')
      if (!paths.every((path) => leads(path.head, path.join, new Set([...within, id])))) continue
      const met = bodies.joins.get(id)
      if (met !== undefined) seen.add(met)
      else if (paths.length > 0) return true
      for (const { outcome, to } of waysOf(id)) if (own.every((body) => body.outcome.name !== outcome)) seen.add(to)
    }
    return false
  }
  return start === undefined || leads(start, undefined, new Set())
}
