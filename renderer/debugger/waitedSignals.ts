import type { Run, Value } from '../../engine/index.ts'
import { stepOfFrame } from '../timeline/stepOfFrame.ts'

/** The names of the signals that steps of the run wait for, each once. */
export function waitedSignals(run: Run): readonly string[] {
  const names = run.visits.flatMap(({ state, frame, step, inputs }) => {
    if (state !== 'running') return []
    const { type, settings } = stepOfFrame(run, frame, step) ?? {}
    if (type === 'wait-for-signal') return typeof inputs['Signal'] === 'string' ? [inputs['Signal']] : []
    return type === 'wait-for-first-signal' ? firstSignals(settings?.['Signals']) : []
  })
  return [...new Set(names)]
}

const firstSignals = (setting: Value | undefined): readonly string[] =>
  Array.isArray(setting) ? setting.filter((name: Value) => typeof name === 'string') : []
