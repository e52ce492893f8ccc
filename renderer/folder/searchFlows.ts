import type { FlowEntry } from '../../electron/ipc/contract.ts'

/** What was found in a flow: its own name, the name of a step, or a text inside a step. */
export interface Finding {
  readonly flow: FlowEntry
  /** Where it was found, when not in the flow's name: 'step “Send Email 1”'. */
  readonly where?: string
}

/** The flows that hold all words of `query` in their name, a step's name, or the texts of one step. Case does not count. */
export function searchFlows(flows: readonly FlowEntry[], query: string): Finding[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const holds = (text: string) => {
    const lower = text.toLowerCase()
    return words.every((word) => lower.includes(word))
  }
  return flows.flatMap((flow): Finding[] => {
    if (holds(flow.name)) return [{ flow }]
    const content = flow.document?.flow
    if (!content) return []
    const named = content.steps.find((step) => holds(step.name))
    if (named) return [{ flow, where: `step “${named.name}”` }]
    const saying = content.steps.find((step) => holds(textsOf({ ...step.settings }, step.inputs, step.note)))
    if (saying) return [{ flow, where: `in “${saying.name}”` }]
    return holds(content.description ?? '') ? [{ flow, where: 'in its description' }] : []
  })
}

function textsOf(...parts: readonly unknown[]): string {
  const texts: string[] = []
  const walk = (part: unknown) => {
    if (typeof part === 'string' || typeof part === 'number') texts.push(String(part))
    else if (typeof part === 'object' && part !== null) Object.values(part).forEach(walk)
  }
  parts.forEach(walk)
  return texts.join('\n')
}
