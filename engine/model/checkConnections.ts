import { checkMessages } from '../messages/check.ts'
import type { Report } from './check.ts'
import { type Connection, onException } from './connection.ts'
import { connect, removeConnections } from './editConnections.ts'
import { nearestName } from './nearestName.ts'
import type { Fix } from './problem.ts'
import type { StepId } from './step.ts'
import { type Survey, type SurveyedStep, passedOutcome } from './survey.ts'

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
    if (surveyed) checkOpen(surveyed, firsts.get(id), survey, report)
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

function checkOpen(
  { step, definition, outcomes }: SurveyedStep,
  connected: ReadonlyMap<string, Connection> | undefined,
  survey: Survey,
  report: Report
): void {
  if (!definition || definition.role === 'end') return
  const passed = passedOutcome(definition)
  const taken = step.disabled ? (passed === undefined ? [] : [passed]) : [...(outcomes?.keys() ?? [])]
  const behind = survey.background.steps.has(step.id) || (definition.detaches && !step.disabled)
  const words = behind ? checkMessages.openInBackground : checkMessages.openInForeground
  for (const outcome of taken)
    if (outcome !== onException && !connected?.has(outcome))
      report({
        code: 'outcome-open',
        severity: 'warning',
        message: words(outcome, step.name),
        step: step.id,
        field: outcome,
        fixes: survey.ends.map((end) => ({
          title: fixes.connect(end.name),
          apply: (document) => connect(document, { from: step.id, outcome, to: end.id })
        }))
      })
}

function removeOne({ from, outcome, to }: Connection): Fix['apply'] {
  return (document) =>
    removeConnections(document, (known) => known.from === from && known.outcome === outcome && known.to === to)
}
