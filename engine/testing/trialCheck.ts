import { readFileSync } from 'node:fs'
import { type FlowLookup, type Problem, checkFlow } from '../check/index.ts'
import { addStep, connect, newStep } from '../edit/index.ts'
import { readFlow } from '../file/index.ts'
import type { FlowDocument, Mapping, Value } from '../model/index.ts'
import { builtInSteps } from '../steps/index.ts'

/** For tests of the checker: a folder without other flows. */
export const noOthers: FlowLookup = { flowAt: () => undefined }

/** For tests of the checker: a folder with the sample flow “Send Receipt”. */
export const withReceipt: FlowLookup = {
  flowAt: (path) => (path === 'Send Receipt.flow.json' ? sample('Send Receipt').flow : undefined)
}

/** A flow of the sample Designer Folder. */
export function sample(name: string): FlowDocument {
  const file = new URL(`../../resources/samples/${name}.flow.json`, import.meta.url)
  const result = readFlow(readFileSync(file, 'utf8'))
  if (result.kind !== 'ok') throw new Error(result.message)
  return result.document
}

/** All that is wrong with a flow of the built-in steps. */
export function check(document: FlowDocument, lookup = noOthers): Problem[] {
  return checkFlow(document, builtInSteps, lookup)
}

/** The codes of all that is wrong. */
export function codes(document: FlowDocument, lookup = noOthers): string[] {
  return check(document, lookup).map(({ code }) => code)
}

/** The problem of this code, of which there has to be one. */
export function only(code: string, document: FlowDocument, lookup = noOthers): Problem {
  const [problem, another] = check(document, lookup).filter((one) => one.code === code)
  if (!problem || another) throw new Error(`${another ? 'Several problems' : 'No problem'} “${code}”.`)
  return problem
}

/** The document after the mend of this title. */
export function mend({ fixes }: Problem, title: string, document: FlowDocument): FlowDocument {
  const fix = fixes.find((one) => one.title === title)
  if (!fix) throw new Error(`No “${title}” among ${fixes.map((one) => one.title).join(', ')}`)
  return fix.apply(document)
}

/** Start, the kinds of step given, End Step, each connected to the next by Done. */
export function chain(...types: string[]): FlowDocument {
  let document: FlowDocument = {
    flow: { id: 'chain', name: 'Chain', inputs: [], outputs: [], steps: [], connections: [] },
    layout: {}
  }
  for (const type of ['start', ...types, 'end']) {
    const last = document.flow.steps.at(-1)
    const definition = builtInSteps.find((one) => one.type === type)
    if (!definition) throw new Error(`No kind of step “${type}”.`)
    const step = newStep(document.flow, definition)
    document = addStep(document, step, { x: 0, y: 0 })
    if (last) document = connect(document, { from: last.id, outcome: 'Done', to: step.id })
  }
  return document
}

export const select = (path: string): Mapping => ({ kind: 'select', path })
export const merge = (template: string): Mapping => ({ kind: 'merge', template, format: 'text' })
export const constant = (value: Value): Mapping => ({ kind: 'constant', value })
