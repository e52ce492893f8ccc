import { type Failure, type StepId, joinAfter } from '../../model/index.ts'
import type { CompiledFlow, CompiledStep } from './compiledFlow.ts'

/** The Join at which the branches that start at `fork` meet; undefined when there is none. */
export function joinOf(fork: CompiledStep): CompiledStep | undefined {
  return joinAfter(fork, {
    waysOf: ({ next }) => [...next].map(([outcome, to]) => ({ outcome, to })),
    isJoin: ({ definition }) => definition?.role === 'join',
    forks: ({ definition }) => definition?.forks === true
  })
}

/** The steps that can be reached from `root` and from no other beginning: no Start, and no other catching step. */
export function reachedOnlyFrom(root: CompiledStep, steps: readonly CompiledStep[]): ReadonlySet<CompiledStep> {
  const roots = steps.filter(({ definition }) => {
    const role = definition?.role
    return role === 'start' || role === 'catch' || role === 'catch-outcome'
  })
  const others = reachedFrom(roots.filter((one) => one !== root))
  return new Set([...reachedFrom([root])].filter((step) => !others.has(step)))
}

function reachedFrom(roots: readonly CompiledStep[]): Set<CompiledStep> {
  const seen = new Set<CompiledStep>(roots)
  for (const step of seen) for (const next of step.next.values()) seen.add(next)
  return seen
}

/** The Catch Exception that handles a failure which came up at the step `from` and has come to the step `at`. */
export function catchOf(
  flow: CompiledFlow,
  at: CompiledStep,
  from: StepId,
  failure: Failure
): CompiledStep | undefined {
  const handles = ({ definition, settings }: CompiledStep, step: StepId): boolean =>
    definition?.handles?.(settings, { ...failure, step }) === true
  return flow.catches.find(({ at: one, own }) => !own.has(at) && (handles(one, from) || handles(one, at.step.id)))?.at
}

/** The Catch Outcome that takes an outcome of the flow call itself which is not connected. */
export function outcomeCatchOf({ outcomeCatches }: CompiledFlow, outcome: string): CompiledStep | undefined {
  return outcomeCatches.find(({ definition, settings }) => definition?.takes?.(settings, outcome))
}
