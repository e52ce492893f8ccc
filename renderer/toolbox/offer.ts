import { type Category, type Flow, type StepDefinition, categories } from '../../engine/index.ts'

/** A category of the Toolbox with the steps that can be placed now. */
export interface Group {
  readonly category: Category
  readonly steps: readonly StepDefinition[]
}

/** What the Toolbox offers for a flow: no second Start; with `query`, only steps whose words hold each of its words. */
export function offer(definitions: readonly StepDefinition[], flow: Flow, query = ''): readonly Group[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const offered = definitions.filter((definition) => {
    if (definition.role === 'start' && flow.steps.some(({ type }) => type === definition.type)) return false
    const text = `${definition.title} ${definition.category} ${definition.summary}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
  return categories
    .map((category) => ({ category, steps: offered.filter((definition) => definition.category === category) }))
    .filter(({ steps }) => steps.length > 0)
}

/** A title in pieces, those marked that the query found in it. */
export function highlight(title: string, query: string): readonly { readonly text: string; readonly found: boolean }[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const lower = title.toLowerCase()
  const found = Array.from(title, () => false)
  for (const word of words)
    for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + 1)) found.fill(true, at, at + word.length)
  const pieces: { text: string; found: boolean }[] = []
  for (const [i, char] of [...title].entries()) {
    const last = pieces.at(-1)
    if (last?.found === (found[i] ?? false)) last.text += char
    else pieces.push({ text: char, found: found[i] ?? false })
  }
  return pieces
}
