import { type Value, isRecord } from '../model/index.ts'
import { memberText } from './check/expressionScope.ts'
import type { FunctionDefinition, Returns } from './functions/functionDefinition.ts'
import { functionThemes, signatureOf } from './functions/functionTable.ts'
import { operatorTable } from './operatorTable.ts'
import { isList } from './evaluate/values.ts'

/** The page of the expression language in Markdown, made from its operators and functions. */
export function functionPage(): string {
  return `${[introduction, operatorPart(), ...functionThemes.map(themePart)].join('\n\n')}\n`
}

const introduction = `# Expressions

An expression works a value out of the data of a flow: \`flow.Count * 2\`, \`upper(item.name)\`. It stands in the mapping
Expression of a step's input.

- **Values**: numbers \`12\`, \`1.5\`, texts \`'text'\` or \`"text"\` (with \`\\n\`, \`\\t\`, \`\\\\\`, \`\\'\`, \`\\"\`, \`\\u0041\`),
  \`true\`, \`false\`, \`null\`, lists \`[1, 2]\`, records \`{name: 'Ada', age: 36}\`.
- **Paths**: \`flow.Count\` is an input or variable of the flow, \`steps.send-email-1.Sent\` an output of a step by its id.
  Names with spaces stand in brackets: \`flow["First Name"]\`. Items of a list are counted from 0, from the end below 0:
  \`flow.Rows[0].name\`, \`flow.Rows[-1]\`. Right after \`steps.\` a hyphen belongs to the id; elsewhere it subtracts.
- **Items**: in the second argument of a list function \`it\` is the item and \`index\` its position, from 0:
  \`filter(flow.Rows, it.age > 3)\`.
- **Characters** of a text are Unicode code points, counted from 0, and no function cuts one in two: \`length('😀')\` is 1. What
  looks like one sign may be several of them: a letter with an accent of its own, a flag, a family of emoji.
- **Nothing is an error at run time.** What is not there is null. Null, or a value of another type than a function or an
  operator takes, gives null again; comparisons with it are false. Only an expression that is too much (a text of
  1,000,000 characters, a list of 1,000,000 items, lists gone through inside lists for too long) makes its step fail,
  with the code \`expression-too-long\`.`

function operatorPart(): string {
  const rows = operatorTable.map(
    ({ operator, summary, example, gives }) =>
      `| \`${operator}\` | ${summary} | \`${example}\` | \`${valueText(gives)}\` |`
  )
  return [
    '## Operators',
    '',
    'The loosest come first: `a or b and c` is `a or (b and c)`. Parentheses change that.',
    '',
    '| operator | meaning | example | gives |',
    '|---|---|---|---|',
    ...rows
  ].join('\n')
}

function themePart({ title, functions }: (typeof functionThemes)[number]): string {
  return [`## ${title}`, ...functions.map(functionPart)].join('\n\n')
}

function functionPart(definition: FunctionDefinition): string {
  const { name, returns, summary, example, gives } = definition
  return [
    `### ${name}`,
    '',
    `\`${signatureOf(definition)}\`${returnsText(returns)}`,
    '',
    summary,
    '',
    `\`${example}\` gives \`${valueText(gives)}\``
  ].join('\n')
}

function returnsText(returns: Returns): string {
  return typeof returns === 'string' ? ` gives ${returns}` : ''
}

/** A value as an expression writes it. */
export function valueText(value: Value): string {
  if (typeof value === 'string')
    return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
  if (isList(value)) return `[${value.map(valueText).join(', ')}]`
  if (!isRecord(value)) return String(value)
  if (value.$type === 'Date' && typeof value.iso === 'string') return `date(${valueText(value.iso)})`
  const fields = Object.entries(value).map(([name, field]) => {
    const key = memberText(name).startsWith('.') ? name : valueText(name)
    return `${key}: ${valueText(field)}`
  })
  return `{${fields.join(', ')}}`
}
