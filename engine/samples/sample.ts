import fs from 'node:fs'
import path from 'node:path'
import { Cancelled, type Flow, type StepContext, StepFailure, type Value, type ValueRecord } from '../model/index.ts'
import { readFlow } from '../file/readFlow.ts'
import type { RunFlows } from '../run/journal/event.ts'
import type { Limits } from '../run/state/runContext.ts'

/** One behaviour by example: a folder with its flows, input.json (this, `pins` apart from the flows) and journal.json. */
export interface Sample {
  readonly name: string
  /** By file name; `flow.json` is the one that is called. */
  readonly flows: RunFlows
  /** Which rule or step the sample pins, and how: one line for the index. */
  readonly pins: string
  readonly inputs?: ValueRecord
  readonly limits?: Partial<Limits>
  /** The files beside the flow, by name. */
  readonly documents?: Readonly<Record<string, string>>
  /** How the visits of each Work step go, in order; the last one stands for all that follow. Without: one second. */
  readonly work?: Readonly<Record<string, WorkScript | readonly WorkScript[]>>
  /** What happens from outside while the run goes on. */
  readonly meanwhile?: readonly Meanwhile[]
}

/** How one visit of a Work step goes. */
export interface WorkScript {
  /** Seconds; one when absent. */
  readonly takes?: number
  /** The code of the failure it ends with. */
  readonly fails?: string
  /** It does not listen when it is cancelled. */
  readonly deaf?: boolean
}

/** After `at` seconds the run, or the thread of that name, is cancelled, or a signal comes from outside. */
export type Meanwhile = { readonly at: number } & (
  { readonly cancel: string } | { readonly signal: string; readonly value?: Value }
)

/** The sample in `folder`. Throws when a file of it cannot be read. */
export function readSample(folder: string): Sample {
  const flows: Record<string, Flow> = {}
  for (const name of fs.readdirSync(folder).sort()) {
    if (name === 'input.json' || name === 'journal.json') continue
    const read = readFlow(fs.readFileSync(path.join(folder, name), 'utf8'))
    if (read.kind !== 'ok') throw new Error(`${path.basename(folder)}/${name}: ${read.message}`)
    flows[name] = read.document.flow
  }
  const input = JSON.parse(fs.readFileSync(path.join(folder, 'input.json'), 'utf8')) as Omit<Sample, 'name' | 'flows'>
  return { name: path.basename(folder), flows: { 'flow.json': flows['flow.json'] ?? missing(folder), ...flows }, ...input }
}

function missing(folder: string): never {
  throw new Error(`${path.basename(folder)} has no flow.json`)
}

/** What the Work steps of `sample` do. */
export function workOf({ work = {} }: Sample): (context: StepContext) => Promise<Value> {
  const visits = new Map<string, number>()
  return async ({ step, inputs, services, signal }) => {
    const given = work[step.name] ?? {}
    const scripts = Array.isArray(given) ? (given as readonly WorkScript[]) : [given as WorkScript]
    const visit = visits.get(step.name) ?? 0
    visits.set(step.name, visit + 1)
    const { takes = 1, fails, deaf = false } = scripts[Math.min(visit, scripts.length - 1)] ?? {}
    const never = { cancelled: false, onCancel: () => () => undefined }
    await services.clock.sleep(takes * 1000, deaf ? never : signal)
    if (signal.cancelled && !deaf) throw new Cancelled()
    if (fails !== undefined) throw new StepFailure(fails, `“${step.name}” failed as it was told.`)
    return inputs.In ?? null
  }
}
