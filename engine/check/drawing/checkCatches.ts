import { checkMessages } from '../../messages/check.ts'
import type { Report } from '../check.ts'
import { moveBefore, removeSteps } from '../../edit/index.ts'
import type { Survey, SurveyedStep } from '../survey.ts'

const { fixes } = checkMessages

/** Something that no step and no outcome is called. */
const anything = '\u0000'

/** Finds Catch Exception and Catch Outcome steps that come after one that takes everything. */
export function checkCatches({ catches, outcomeCatches }: Survey, report: Report): void {
  tellShadowed(
    catches,
    ({ definition, settings }) => definition?.handles?.(settings, { code: anything, message: '' }) === true,
    report
  )
  tellShadowed(outcomeCatches, ({ definition, settings }) => definition?.takes?.(settings, anything) === true, report)
}

function tellShadowed(asked: readonly SurveyedStep[], takesAll: (step: SurveyedStep) => boolean, report: Report): void {
  const first = asked.findIndex(takesAll)
  const all = asked[first]
  if (!all) return
  for (const { step } of asked.slice(first + 1))
    report({
      code: 'catch-shadowed',
      severity: 'warning',
      message: checkMessages.catchShadowed(step.name, all.step.name),
      step: step.id,
      fixes: [
        { title: fixes.askFirst(step.name), apply: (document) => moveBefore(document, step.id, all.step.id) },
        { title: fixes.remove(step.name), apply: (document) => removeSteps(document, [step.id]) }
      ]
    })
}
