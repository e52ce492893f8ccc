import type { Flow, FlowInput, FlowOutput, FlowVariable, Step, StepDefinition } from '../model/index.ts'

interface FlowExtras {
  readonly name?: string
  readonly inputs?: readonly FlowInput[]
  readonly outputs?: readonly FlowOutput[]
  readonly variables?: readonly FlowVariable[]
  /** By step name: what differs from a freshly placed step. */
  readonly steps?: Readonly<Record<string, Partial<Step>>>
}

/**
 * A flow written as people would on paper, for tests: a line `Start -> Work -> End Step` connects by the first outcome,
 * `Work -[On Exception]-> Log` by another. A step is of the kind whose title its name begins with; its id is its name.
 */
export function flowFromText(text: string, definitions: readonly StepDefinition[], extras: FlowExtras = {}): Flow {
  const names = new Set<string>()
  const connections: { from: string; outcome: string; to: string }[] = []
  const typeOf = (name: string): StepDefinition | undefined =>
    definitions.find(({ title }) => name === title || name.startsWith(`${title} `))
  for (const line of text.split('\n')) {
    const words = line.split(/\s*-(?:\[([^\]]*)\]-)?>\s*/).map((word: string | undefined) => word?.trim())
    for (let i = 0; i + 2 < words.length; i += 2) {
      const [from = '', outcome, to = ''] = words.slice(i, i + 3)
      connections.push({ from, outcome: outcome ?? Object.keys(typeOf(from)?.outcomes ?? {})[0] ?? 'Done', to })
    }
    for (let i = 0; i < words.length; i += 2) if (words[i]) names.add(words[i] ?? '')
  }
  const steps = [...names].map((name): Step => {
    const { settings = {}, inputs = {}, ...rest } = extras.steps?.[name] ?? {}
    return { id: name, name, type: typeOf(name)?.type ?? 'unknown', settings, inputs, ...rest }
  })
  const { name = 'Flow', inputs = [], outputs = [], variables } = extras
  return { id: name, name, inputs, outputs, ...(variables && { variables }), steps, connections }
}
