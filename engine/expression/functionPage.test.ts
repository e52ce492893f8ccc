import { expect, it } from 'vitest'
import { evaluateText } from '../testing/expressions.ts'
import { functionPage, valueText } from './functionPage.ts'
import { functionTable } from './functions/functionTable.ts'
import { operatorTable } from './operatorTable.ts'

it('has every function and every operator with its example', () => {
  const page = functionPage()
  for (const { name, example, gives } of functionTable.values()) {
    expect(page).toContain(`\n### ${name}\n`)
    expect(page).toContain(`\`${example}\` gives \`${valueText(gives)}\``)
  }
  for (const { operator } of operatorTable) expect(page).toContain(`| \`${operator}\` |`)
})

it.each(['', "it's", 'a\\b\n"c"'])('writes values as expressions that give them: %j', (text) => {
  const value = [text, { name: text, 'b c': [1, true, null] }, { $type: 'Date', iso: '2024-03-05T00:00:00.000Z' }]
  expect(evaluateText(valueText(value))).toEqual(value)
})
