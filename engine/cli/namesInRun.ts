import { type Run, stepOf } from '../index.ts'

/** What the flow at `path` is called, as it was when the run began. */
export const flowName = (run: Run, path: string): string => run.flows[path]?.name ?? path

/** What a step is called; `frame`: one of the frames of its flow. */
export function stepName(run: Run, frame: number, step: string): string {
  const flow = run.flows[run.frames.find(({ id }) => id === frame)?.path ?? run.flow]
  return (flow && stepOf(flow, step)?.name) ?? step
}
