import { checkMessages } from '../../messages/check.ts'
import {
  type DrawnBody,
  type FlowDocument,
  type StepId,
  entryOf,
  joinAfter,
  noData,
  onException
} from '../../model/index.ts'
import type { Report } from '../check.ts'
import { addStep, connect, newStep, removeConnections, removeSteps } from '../../edit/index.ts'
import type { Fix } from '../problem.ts'
import type { Survey, SurveyedStep } from '../survey.ts'

const { fixes } = checkMessages

/** Checks that the paths of each Parallel meet at one Join, and that each Join has paths to wait for. */
export function checkParallel(survey: Survey, report: Report): void {
  const { steps, bodies, reached } = survey
  const usedBy = new Map<StepId, StepId[]>()
  for (const [id, surveyed] of steps) {
    if (!surveyed.definition?.forks || surveyed.step.disabled || !reached.has(id)) continue
    const paths = bodies.byOwner.get(id) ?? []
    const join = steps.get(bodies.joins.get(id) ?? '')
    if (!join) checkUnmet(survey, surveyed, paths, report)
    else {
      usedBy.set(join.step.id, [...(usedBy.get(join.step.id) ?? []), id])
      for (const path of paths) checkPath(survey, surveyed, path, join, report)
      checkCount(surveyed, join, report)
    }
  }
  for (const [id, { step, definition }] of steps) {
    if (definition?.role !== 'join' || !reached.has(id)) continue
    const forks = usedBy.get(id)
    if (!forks) reportAlone(survey, step.id, step.name, report)
    else checkShared(survey, id, forks, report)
  }
}

function checkUnmet(survey: Survey, { step }: SurveyedStep, paths: readonly DrawnBody[], report: Report): void {
  const endIds = new Set(survey.ends.map(({ id }) => id))
  const leave = paths.some(({ steps }) =>
    [...steps].some((id) => endIds.has(id) || survey.steps.get(id)?.definition?.detaches === true)
  )
  report({
    code: 'paths-unmet',
    severity: leave ? 'warning' : 'error',
    message: leave ? checkMessages.pathsEnd(step.name) : checkMessages.pathsUnmet(step.name),
    step: step.id
  })
}

function checkPath(survey: Survey, { step }: SurveyedStep, path: DrawnBody, join: SurveyedStep, report: Report): void {
  const { steps, waysOf } = survey
  const leads =
    path.head === join.step.id || [...path.steps].some((id) => waysOf(id).some(({ to }) => to === join.step.id))
  if (leads) return
  const name = path.outcome.name
  const other = firstJoin(survey, path)
  const otherName = other === undefined ? undefined : steps.get(other)?.step.name
  const need = join.definition?.joins?.(join.settings, survey.bodies.byOwner.get(step.id)?.length ?? 0)
  const isNeeded = !need || need.needed >= (survey.bodies.byOwner.get(step.id)?.length ?? 0)
  report({
    code: otherName === undefined ? 'path-elsewhere' : 'joins-differ',
    severity: isNeeded && otherName !== undefined ? 'error' : 'warning',
    message:
      otherName === undefined
        ? checkMessages.pathElsewhere(name, step.name, join.step.name)
        : checkMessages.pathToOtherJoin(name, step.name, otherName, join.step.name),
    step: step.id,
    field: name
  })
}

/** The Join that a path comes to by itself. */
function firstJoin({ steps, waysOf }: Survey, { head, owner }: DrawnBody): StepId | undefined {
  return joinAfter(owner, {
    waysOf: (id) => (id === owner ? [{ outcome: '', to: head }] : waysOf(id)),
    isJoin: (id) => steps.get(id)?.definition?.role === 'join',
    forks: (id) => id !== owner && steps.get(id)?.definition?.forks === true
  })
}

function checkCount(
  { step, outcomes }: SurveyedStep,
  { step: join, definition, settings }: SurveyedStep,
  report: Report
): void {
  const paths = [...(outcomes?.values() ?? [])].filter(({ name }) => name !== onException && name !== noData).length
  // What it would wait for if there were ever so many.
  const wanted = definition?.joins?.(settings, Number.MAX_SAFE_INTEGER).needed ?? 0
  if (wanted <= paths || wanted === Number.MAX_SAFE_INTEGER) return
  report({
    code: 'join-count',
    severity: 'warning',
    message: checkMessages.joinCount(join.name, wanted, step.name, paths),
    step: join.id
  })
}

function reportAlone({ steps, waysOf }: Survey, id: StepId, name: string, report: Report): void {
  const next = waysOf(id)[0]?.to
  const remove: Fix = {
    title: next === undefined ? fixes.remove(name) : fixes.pass(name),
    apply: (document) => removeSteps(next === undefined ? document : leadPast(document, id, next), [id])
  }
  const message = checkMessages.joinAlone(name)
  report({ code: 'join-alone', severity: 'warning', message, step: id, fixes: steps.has(id) ? [remove] : [] })
}

function leadPast(document: FlowDocument, id: StepId, next: StepId): FlowDocument {
  const connections = document.flow.connections.map((known) => (known.to === id ? { ...known, to: next } : known))
  return { ...document, flow: { ...document.flow, connections } }
}

/** One Join for a Parallel and another around it: the outer one would go on before the inner one's paths are all there. */
function checkShared({ steps, bodies }: Survey, join: StepId, forks: readonly StepId[], report: Report): void {
  const shared = steps.get(join)
  for (const inner of forks) {
    const outer = bodies.around.get(inner)?.find(({ owner, join: at }) => forks.includes(owner) && at === join)?.owner
    const [one, other] = [steps.get(inner), steps.get(outer ?? '')]
    if (!shared?.definition || !one || !other) continue
    const { definition } = shared
    const insides = new Set((bodies.byOwner.get(inner) ?? []).flatMap((body) => [...body.steps, inner]))
    report({
      code: 'join-shared',
      severity: 'error',
      message: checkMessages.joinShared(shared.step.name, one.step.name, other.step.name),
      step: join,
      fixes: [
        {
          title: fixes.ownJoin,
          apply: (document) => {
            const own = newStep(document.flow, definition)
            const { x, y } = entryOf(document.layout, join) ?? { x: 0, y: 0 }
            const leading = document.flow.connections.filter(({ from, to }) => to === join && insides.has(from))
            let edited = addStep(document, own, { x: x - 240, y })
            edited = removeConnections(edited, (known) => leading.includes(known))
            for (const known of leading) edited = connect(edited, { ...known, to: own.id })
            return connect(edited, { from: own.id, outcome: Object.keys(definition.outcomes)[0] ?? '', to: join })
          }
        }
      ]
    })
  }
}
