import { checkMessages } from '../../messages/check.ts'
import type { Report } from '../check.ts'
import { setNoData, setRetry, setTimeLimit } from '../../edit/index.ts'
import type { FlowDocument, Step } from '../../model/index.ts'
import type { Survey } from '../survey.ts'

const { fixes, range } = checkMessages

/** What may be written for time limits and attempts. A week is as long as one step may take or wait. */
export const stepLimits = {
  timeout: { min: 0.001, max: 604_800 },
  attempts: { min: 1, max: 100 },
  wait: { min: 0, max: 604_800 },
  factor: { min: 1, max: 10 }
} as const

/** Checks what every step may have: a time limit, further attempts, No Data. */
export function checkOptions({ steps }: Survey, report: Report): void {
  for (const { step, definition, inputs } of steps.values()) {
    const { timeout, retry } = step
    if (timeout !== undefined)
      checkRange(step, 'timeout', timeout, report, (document, value) => setTimeLimit(document, step.id, value))
    if (retry)
      for (const field of ['attempts', 'wait', 'factor'] as const)
        checkRange(step, field, retry[field], report, (document, value) =>
          setRetry(document, step.id, { ...retry, [field]: value })
        )
    if (definition && step.noData && !Object.values(inputs).some(({ required }) => required))
      report({
        code: 'no-data-needless',
        severity: 'warning',
        message: checkMessages.noDataNeedless(step.name),
        step: step.id,
        field: 'noData',
        fixes: [{ title: fixes.noDataOff, apply: (document) => setNoData(document, step.id, false) }]
      })
  }
}

function checkRange(
  step: Step,
  field: keyof typeof stepLimits,
  value: number,
  report: Report,
  set: (document: FlowDocument, value: number) => FlowDocument
): void {
  const { min, max } = stepLimits[field]
  const isWhole = field !== 'attempts' || Number.isInteger(value)
  if (value >= min && value <= max && isWhole) return
  const nearest = Math.min(Math.max(field === 'attempts' ? Math.round(value) : value, min), max)
  const mend = Number.isNaN(nearest) ? min : nearest
  const words = names[field]
  report({
    code: `${field}-range`,
    severity: 'error',
    message: checkMessages.retryRange(step.name, words, value, range(min, max)),
    step: step.id,
    field: field === 'timeout' ? field : 'retry',
    fixes: [{ title: fixes.useChoice(String(mend)), apply: (document) => set(document, mend) }]
  })
}

const names: Readonly<Record<keyof typeof stepLimits, string>> = {
  timeout: 'time limit in seconds',
  attempts: 'number of attempts',
  wait: 'wait before another attempt, in seconds,',
  factor: 'factor by which the waits grow'
}
