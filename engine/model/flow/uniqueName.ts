import type { Flow } from './flow.ts'
import type { StepId } from '../step/step.ts'

/**
 * A step name that is still free in the flow: `title` with the lowest free number, as in 'Send Email 2'. With `bare`
 * the title alone is taken when it is free.
 */
export function uniqueName(flow: Flow, title: string, bare = false): string {
  const taken = new Set(flow.steps.map(({ name }) => name))
  if (bare && !taken.has(title)) return title
  return firstFree(taken, bare ? 2 : 1, (number) => `${title} ${number}`)
}

/** A step id that is still free in the flow: the type with the lowest free number, as in 'send-email-2'. */
export function uniqueStepId(flow: Flow, type: string): StepId {
  return firstFree(new Set(flow.steps.map(({ id }) => id)), 1, (number) => `${type}-${number}`)
}

function firstFree(taken: ReadonlySet<string>, from: number, make: (number: number) => string): string {
  let number = from
  while (taken.has(make(number))) number++
  return make(number)
}
