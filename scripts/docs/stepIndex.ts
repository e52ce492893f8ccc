import { categories, type StepDefinition } from '../../engine/index.ts'
import { table } from './markdown.ts'

/** The page that leads to the pages of all kinds of step, by category in Toolbox order. */
export function stepIndex(definitions: readonly StepDefinition[]): string {
  const groups = categories.flatMap((category) => {
    const rows = definitions
      .filter((definition) => definition.category === category)
      .map(({ title, type, summary }) => [`[${title}](${type}.md)`, summary])
    return rows.length === 0 ? [] : [`## ${category}`, table(['Step', 'What it does'], rows)]
  })
  return `${[introduction, ...groups].join('\n\n')}\n`
}

const introduction = `# Steps

All kinds of step, as the Toolbox has them. These pages are made from the definitions of the steps: \`npm run docs\`.

Every step may also have a note, be disabled, have a timeout, be tried again when it fails (attempts, wait, factor), and
have the outcome No Data, taken when a required input has no value. A step that can fail has the outcome On Exception.
Where an input gets its value is its mapping; [expressions](../expressions.md) have a page of their own.`
