import { checkMessages } from '../../messages/check.ts'
import type { DataCheck, Report } from '../check.ts'
import { checkMapping } from './checkMapping.ts'
import { setMapping } from '../../edit/index.ts'
import { kindOf } from '../../mapping/index.ts'
import { type Step, isShown, mappingOf, nearestName } from '../../model/index.ts'
import type { Fix } from '../problem.ts'

const { fixes } = checkMessages

/** Checks where the inputs of all steps get their values. */
export function checkInputs({ survey, types, availability, report }: DataCheck): void {
  for (const surveyed of survey.steps.values()) {
    const { step, definition, settings, inputs, outcomes } = surveyed
    if (!definition) continue
    for (const name of Object.keys(step.inputs))
      if (outcomes && !Object.hasOwn(inputs, name)) reportUnknown(step, name, Object.keys(inputs), report)
    if (step.disabled) continue
    for (const name in inputs) {
      const input = inputs[name]
      if (!input || !isShown(input.shownWhen, settings)) continue
      const mapping = mappingOf(inputs, step, name)
      if (input.required && kindOf(mapping).isEmpty(mapping))
        report({
          code: 'input-unset',
          severity: 'error',
          message: checkMessages.inputUnset(name, step.name),
          step: step.id,
          field: name
        })
      else checkMapping({ survey, types, availability, report, surveyed, name, input, mapping })
    }
  }
}

function reportUnknown(step: Step, name: string, known: readonly string[], report: Report): void {
  const near = nearestName(name, known)
  const remove: Fix = {
    title: fixes.removeInput(name),
    apply: (document) => setMapping(document, step.id, name, undefined)
  }
  const rename: Fix | undefined =
    near === undefined || Object.hasOwn(step.inputs, near)
      ? undefined
      : {
          title: fixes.rename(near),
          apply: (document) => setMapping(remove.apply(document), step.id, near, step.inputs[name])
        }
  report({
    code: 'input-unknown',
    severity: 'warning',
    message: checkMessages.inputUnknown(name, step.name),
    step: step.id,
    field: name,
    fixes: rename ? [rename, remove] : [remove]
  })
}
