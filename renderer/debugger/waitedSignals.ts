import { type Run, type StepDefinition, settingsOf } from '../../engine/index.ts'
import { stepOfFrame } from '../timeline/stepOfFrame.ts'

/** The names of the signals that steps of the run wait for, each once. */
export function waitedSignals(run: Run, definitions: ReadonlyMap<string, StepDefinition>): readonly string[] {
  const names = run.visits.flatMap(({ state, frame, step: id, inputs }) => {
    const step = state === 'running' ? stepOfFrame(run, frame, id) : undefined
    const definition = step && definitions.get(step.type)
    return (step && definition?.waitsForSignals?.(inputs, settingsOf(definition, step))) ?? []
  })
  return [...new Set(names)]
}
