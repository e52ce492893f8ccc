import type { Flow, FlowDocument, Running } from './flow.ts'
import { sameData } from '../value/sameData.ts'
import type { ValueRecord } from '../value/value.ts'

/** How runs are carried out where the flow says nothing. */
export const usualRunning: Required<Running> = { recording: 'full', durability: 'standard', afterRestart: 'resume' }

/** How the runs of `flow` are carried out. */
export function runningOf({ running }: Flow): Required<Running> {
  return { ...usualRunning, ...running }
}

/** Says how the flow's runs are carried out. What is as usual is left out; what nobody knows stays. */
export function setRunning(document: FlowDocument, change: Running): FlowDocument {
  const { running: before = {}, ...flow } = document.flow
  const usual: ValueRecord = { ...usualRunning }
  const running = Object.fromEntries(
    Object.entries({ ...before, ...change }).filter(([name, value]) => value !== usual[name])
  )
  if (sameData({ ...before }, running)) return document
  return { ...document, flow: Object.keys(running).length === 0 ? flow : { ...flow, running } }
}
