import { expect, it } from 'vitest'
import { changeExpressionPaths, expressionPaths } from './expressionPaths.ts'

it('finds the paths that an expression reads, with their places', () => {
  const source = 'flow.Count + length(steps.a-1.List) + item.x["y z"]'
  expect(expressionPaths(source).map(({ from, to }) => source.slice(from, to))).toEqual([
    'flow.Count',
    'steps.a-1.List',
    'item.x["y z"]'
  ])
  expect(expressionPaths(source).at(-1)?.names).toEqual(['item', 'x', 'y z'])
})

it('leaves out the item of list functions, and knows it from a name of the flow', () => {
  expect(expressionPaths('filter(flow.A, it.x > flow.B + index) = it').map(({ names }) => names.join('.'))).toEqual([
    'flow.A',
    'flow.B',
    'it'
  ])
})

it('finds nothing in what is no expression', () => {
  expect(expressionPaths('flow.A +')).toEqual([])
})

it('changes paths and nothing else', () => {
  const rename = (names: readonly string[]): readonly string[] =>
    names[0] === 'steps' && names[1] === 'a' ? ['steps', 'b 2', ...names.slice(2)] : names
  expect(changeExpressionPaths("steps.a.X & 'steps.a.X' & map(steps.a.Y, it) & flow.a", rename)).toBe(
    'steps["b 2"].X & \'steps.a.X\' & map(steps["b 2"].Y, it) & flow.a'
  )
})
