import { checkMessages } from '../../messages/check.ts'
import type { Report } from '../check.ts'
import { type Connection, type Step, type StepId, isBody, nearestName, noData } from '../../model/index.ts'
import { connect, removeConnections, setNoData } from '../../edit/index.ts'
import { catchingOutcome, openOutcomes } from '../openOutcomes.ts'
import type { Fix } from '../problem.ts'
import type { Survey, SurveyedStep } from '../survey.ts'

const { fixes } = checkMessages

/** Checks that each connection leads from an outcome to a step, and that no outcome a run could take leads nowhere. */
export function checkConnections(survey: Survey, report: Report): void {
  const firsts = new Map<StepId, Map<string, Connection>>()
  for (const connection of survey.flow.connections) {
    const { from, outcome } = connection
    checkConnection(connection, survey, report)
    const known = firsts.get(from) ?? new Map<string, Connection>()
    firsts.set(from, known)
    const first = known.get(outcome)
    if (first) reportTwice(first, connection, survey, report)
    else known.set(outcome, connection)
  }
  for (const id of survey.reached) {
    const surveyed = survey.steps.get(id)
    if (!surveyed) continue
    checkOpen(surveyed, survey, report)
    if (!surveyed.step.disabled) checkBodies(surveyed, firsts.get(id), survey, report)
  }
}

function checkConnection(connection: Connection, { steps }: Survey, report: Report): void {
  const source = steps.get(connection.from)
  const target = steps.get(connection.to)
  const error = (code: string, message: string, more: readonly Fix[] = []): void => {
    const remove = { title: fixes.removeConnection, apply: removeOne(connection) }
    const place = source && { step: connection.from, field: connection.outcome }
    report({ code, severity: 'error', message, ...place, fixes: [...more, remove] })
  }
  if (!source) error('connection-from-unknown', checkMessages.connectionFromUnknown(connection.from))
  else if (!target) error('connection-to-unknown', checkMessages.connectionToUnknown(source.step.name, connection.to))
  else if (target.definition?.role === 'start')
    error('connection-into-start', checkMessages.connectionIntoStart(source.step.name, target.step.name))
  else if (source.definition?.role === 'end')
    error('connection-from-end', checkMessages.connectionFromEnd(source.step.name))
  else if (source.outcomes && !source.outcomes.has(connection.outcome)) {
    const names = [...source.outcomes.keys()]
    const near = nearestName(connection.outcome, names)
    error(
      'outcome-unknown',
      checkMessages.outcomeUnknown(connection.outcome, source.step.name, checkMessages.either(names)),
      near === undefined
        ? []
        : [
            {
              title: fixes.useOutcome(near),
              apply: (document) => connect(removeOne(connection)(document), { ...connection, outcome: near })
            }
          ]
    )
  }
}

function reportTwice(first: Connection, second: Connection, { steps }: Survey, report: Report): void {
  const nameOf = (id: StepId): string => steps.get(id)?.step.name ?? id
  const keep = (connection: Connection): Fix => {
    return { title: fixes.keep(nameOf(connection.to)), apply: (document) => connect(document, connection) }
  }
  const place = steps.has(first.from) && { step: first.from, field: first.outcome }
  report({
    code: 'outcome-connected-twice',
    severity: 'error',
    message: checkMessages.connectedTwice(first.outcome, nameOf(first.from), nameOf(first.to), nameOf(second.to)),
    ...place,
    fixes: [first, second].map(keep)
  })
}

/** An outcome that is not connected is how a body of a loop ends; anywhere else the flow stops there. */
function checkOpen(surveyed: SurveyedStep, survey: Survey, report: Report): void {
  const { step, definition } = surveyed
  const { bodies, background } = survey
  const inCall = bodies.inCall.has(step.id)
  const path = bodies.around.get(step.id)?.find(({ kind, own }) => kind === 'path' && own.has(step.id))
  const behind = background.steps.has(step.id) || (definition?.detaches === true && !step.disabled)
  const join = path?.join === undefined ? undefined : survey.steps.get(path.join)?.step
  for (const outcome of openOutcomes(survey, surveyed)) {
    const stopsCall = inCall && catchingOutcome(survey, outcome) === undefined
    if (!stopsCall && !path) continue
    const message = behind
      ? checkMessages.openInBackground(outcome, step.name)
      : stopsCall
        ? checkMessages.openInForeground(outcome, step.name)
        : checkMessages.openInBranch(outcome, step.name, join?.name)
    const targets = !stopsCall && join ? [join] : survey.ends
    report({
      code: 'outcome-open',
      severity: 'warning',
      message,
      step: step.id,
      field: outcome,
      fixes: targets.map((to) => connectTo(step.id, outcome, to))
    })
  }
}

/** Outcomes that lead to bodies, and No Data, have to be connected to be of any use. */
function checkBodies(
  { step, definition, outcomes }: SurveyedStep,
  connected: ReadonlyMap<string, Connection> | undefined,
  survey: Survey,
  report: Report
): void {
  const forks = definition?.forks === true
  for (const [name, outcome] of outcomes ?? []) {
    const way = connected?.get(name)
    const place = { step: step.id, field: name } as const
    if (name === noData && !way)
      report({
        ...place,
        code: 'no-data-open',
        severity: 'warning',
        message: checkMessages.openNoData(step.name),
        fixes: [
          ...survey.ends.map((end) => connectTo(step.id, name, end)),
          { title: fixes.noDataOff, apply: (document) => setNoData(document, step.id, false) }
        ]
      })
    else if (!isBody(outcome, forks)) continue
    else if (outcome.locals && (!way || way.to === step.id))
      report({ ...place, code: 'body-empty', severity: 'warning', message: checkMessages.openBody(name, step.name) })
    else if (forks && !way) {
      const join = survey.steps.get(survey.bodies.joins.get(step.id) ?? '')
      const paths = [...(outcomes?.values() ?? [])].filter((one) => isBody(one, forks)).length
      const need = join?.definition?.joins?.(join.settings, paths)
      const connectedPaths = survey.bodies.byOwner.get(step.id)?.length ?? 0
      report({
        ...place,
        code: 'path-open',
        severity: need && need.needed > connectedPaths ? 'error' : 'warning',
        message: checkMessages.openPath(name, step.name),
        fixes: join ? [connectTo(step.id, name, join.step)] : []
      })
    }
  }
}

function connectTo(from: StepId, outcome: string, to: Step): Fix {
  return { title: fixes.connect(to.name), apply: (document) => connect(document, { from, outcome, to: to.id }) }
}

function removeOne({ from, outcome, to }: Connection): Fix['apply'] {
  return (document) =>
    removeConnections(document, (known) => known.from === from && known.outcome === outcome && known.to === to)
}
