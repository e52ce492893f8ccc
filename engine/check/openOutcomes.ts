import { type StepId, isBody, noData, onException } from '../model/index.ts'
import type { Survey, SurveyedStep } from './survey.ts'

/**
 * The outcomes of a step by which a run could leave it and which no connection leads on from. On Exception and No Data
 * are none: without a connection they are not taken. Nor are those that lead to a body.
 */
export function openOutcomes(survey: Survey, surveyed: SurveyedStep): readonly string[] {
  const open = known.get(surveyed) ?? findOpen(survey, surveyed)
  known.set(surveyed, open)
  return open
}

/** Each survey asks several times. */
const known = new WeakMap<SurveyedStep, readonly string[]>()

function findOpen({ waysOf }: Survey, surveyed: SurveyedStep): readonly string[] {
  const { step, definition, outcomes, passed } = surveyed
  if (!definition || definition.role === 'end' || definition.jumpsTo) return []
  const ways = waysOf(step.id)
  const isOpen = (outcome: string): boolean => !ways.some((way) => way.outcome === outcome)
  if (step.disabled) return passed !== undefined && isOpen(passed) ? [passed] : []
  const open: string[] = []
  for (const [name, outcome] of outcomes ?? [])
    if (name !== onException && name !== noData && !isBody(outcome, definition.forks === true) && isOpen(name))
      open.push(name)
  return open
}

/** Whether a run may end at a step, or the body that it is in: nothing leads on from it, or not from all its outcomes. */
export function endsHere(survey: Survey, surveyed: SurveyedStep): boolean {
  const { step, definition, outcomes } = surveyed
  if (!definition || !outcomes || definition.role === 'end' || survey.waysOf(step.id).length === 0) return true
  if ([...outcomes.keys()].every((name) => name === onException || name === noData) && !definition.jumpsTo) return true
  return openOutcomes(survey, surveyed).length > 0
}

/** The Catch Outcome step that an open outcome of the flow call itself goes on at. */
export function catchingOutcome({ outcomeCatches }: Survey, outcome: string): StepId | undefined {
  return outcomeCatches.find(({ definition, settings }) => definition?.takes?.(settings, outcome))?.step.id
}
