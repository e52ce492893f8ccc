import type { Value } from '../model/index.ts'

/** An operator as people read about it. */
export interface OperatorDefinition {
  readonly operator: string
  readonly summary: string
  readonly example: string
  readonly gives: Value
}

/** All operators, loosest first: one further down is worked out before those above it. */
export const operatorTable: readonly OperatorDefinition[] = [
  {
    operator: 'or',
    summary: 'True when at least one side is true. All that is not true counts as false, null too.',
    example: 'false or true',
    gives: true
  },
  { operator: 'and', summary: 'True when both sides are true.', example: 'true and null', gives: false },
  { operator: 'not', summary: 'True when what follows is not true.', example: 'not 1 = 2', gives: true },
  {
    operator: '=',
    summary: 'Whether both sides are the same: lists item by item, records field by field. Also written ==.',
    example: '[1, 2] = [1, 2]',
    gives: true
  },
  {
    operator: '!=',
    summary: 'Whether the two sides differ. Also written <>.',
    example: "null != 'a'",
    gives: true
  },
  {
    operator: '<',
    summary: 'Whether the left number, text or date comes before the right one; false when one is null.',
    example: '1 < 2',
    gives: true
  },
  { operator: '<=', summary: 'The same, or equal.', example: '2 <= 2', gives: true },
  { operator: '>', summary: 'Whether the left one comes after the right one.', example: "'a' > 'b'", gives: false },
  { operator: '>=', summary: 'The same, or equal.', example: 'null >= 2', gives: false },
  { operator: 'in', summary: 'Whether a list holds a value.', example: "'b' in ['a', 'b']", gives: true },
  {
    operator: '&',
    summary: 'Joins two texts. Other values are written as texts, null as an empty one.',
    example: "'Total: ' & 3",
    gives: 'Total: 3'
  },
  { operator: '+', summary: 'Adds two numbers.', example: '1 + 2', gives: 3 },
  { operator: '-', summary: 'Subtracts; in front of one value it turns the sign.', example: '-1 - 2', gives: -3 },
  { operator: '*', summary: 'Multiplies.', example: '2 * 3 + 1', gives: 7 },
  { operator: '/', summary: 'Divides; null when the right side is 0.', example: '1 / 0', gives: null },
  {
    operator: '%',
    summary: 'What is left over when dividing, with the sign of the left side.',
    example: '7 % 3',
    gives: 1
  }
]
