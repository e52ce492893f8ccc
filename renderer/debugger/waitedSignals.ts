import type { Run } from '../../engine/index.ts'
import { stepOfFrame } from '../timeline/stepOfFrame.ts'

/** The names of the signals that steps of the run wait for, each once. */
export function waitedSignals(run: Run): readonly string[] {
  const names = run.visits.flatMap(({ state, frame, step, inputs }) => {
    if (state !== 'running' || stepOfFrame(run, frame, step)?.type !== 'wait-for-signal') return []
    return typeof inputs['Signal'] === 'string' ? [inputs['Signal']] : []
  })
  return [...new Set(names)]
}
