import type { Sample } from './sample.ts'

const head = `# Behaviour by example

Each folder here is one behaviour of the engine, for people to read: \`flow.json\` is called with what \`input.json\` says
(inputs, limits, how long each Work step takes and how it ends, what is cancelled or signalled meanwhile), on a clock that jumps from
timer to timer; \`journal.json\` is the journal the run must write, one event a line, \`---\` where time goes on. Work and
Pass are steps of the tests: Work takes a while, Pass ends at once, and both hand on what they get.

\`UPDATE_SAMPLES=1 npx vitest run engine/samples/samples.test.ts\` writes journals and this page anew. Read every
difference: a journal says what the engine must do, not what it happens to do.
`

/** The page that says what each sample pins, in groups by the first word of their names. */
export function samplesPage(samples: readonly Sample[]): string {
  const groups = new Map<string, Sample[]>()
  for (const sample of samples) {
    const group = groupOf(sample)
    groups.set(group, [...(groups.get(group) ?? []), sample])
  }
  const sections = [...groups].map(([group, some]) => {
    const rows = some.map(({ name, pins }) => `| [${name}](${name}/flow.json) | ${pins} |`)
    return `## ${group}\n\n| sample | pins |\n| --- | --- |\n${rows.join('\n')}\n`
  })
  return `${head}\n${sections.join('\n')}`
}

const groups: readonly (readonly [prefix: string, title: string])[] = [
  ['go-async', 'Go Async: section 2 of the design'],
  ['mapping', 'Mappings and types'],
  ['output', 'Output mappings and variables'],
  ['variable', 'Output mappings and variables'],
  ['parallel', 'Parallel and Join'],
  ['join', 'Parallel and Join'],
  ['for-each', 'For Each'],
  ['cancel', 'Cancelling'],
  ['catch', 'Catching failures and outcomes'],
  ['on-exception', 'Catching failures and outcomes'],
  ['throw', 'Catching failures and outcomes'],
  ['retry', 'Retry, time limits, guards'],
  ['timeout', 'Retry, time limits, guards'],
  ['guard', 'Retry, time limits, guards']
]

function groupOf({ name }: Sample): string {
  return groups.find(([prefix]) => name.startsWith(prefix))?.[1] ?? 'Steps and flows'
}
