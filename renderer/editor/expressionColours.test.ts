import { expect, it } from 'vitest'
import { colourExpression } from './expressionColours.ts'

const shown = (source: string, marks: Parameters<typeof colourExpression>[1] = []) =>
  colourExpression(source, marks)
    .filter(({ colour, wrong }) => colour !== 'plain' || wrong)
    .map(({ text, colour, wrong }) => [text, wrong ?? colour])

it('tells texts, numbers, functions and words of the language apart', () => {
  expect(shown('"Hello (1)" & upper(flow.Name) and 12 > it')).toEqual([
    ['"Hello (1)"', 'text'],
    ['upper', 'function'],
    ['and', 'word'],
    ['12', 'number'],
    ['it', 'word']
  ])
})

it('underlines what is wrong, and nothing beside it', () => {
  expect(shown('flow.Nmae + 1', [{ from: 0, to: 9, severity: 'error' }])).toEqual([
    ['flow', 'error'],
    ['.', 'error'],
    ['Nmae', 'error'],
    ['1', 'number']
  ])
  expect(shown('a +', [{ from: 3, to: 3, severity: 'error' }])).toEqual([['+', 'error']])
})

it.each(['', '"open', "it's 3 + (4", 'ä.b("x")  '])('loses nothing of %j', (source) => {
  expect(
    colourExpression(source, [{ from: 1, to: 3, severity: 'warning' }])
      .map(({ text }) => text)
      .join('')
  ).toBe(source)
})
