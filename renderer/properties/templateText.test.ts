import { expect, it } from 'vitest'
import { fieldCount, joinPieces, piecesOf } from './templateText.ts'

it('takes a template apart into texts and fields', () => {
  expect(piecesOf('Hello {{recipient.First Name}}!')).toEqual([
    { text: 'Hello ' },
    { field: 'recipient.First Name' },
    { text: '!' }
  ])
})

it.each(['', 'plain', '{{a}}{{b}}', 'braces {{{{ stay', 'open {{ end', 'two\nlines {{x}}\n'])(
  'puts %j together again',
  (template) => {
    expect(piecesOf(joinPieces(piecesOf(template)))).toEqual(piecesOf(template))
    expect(fieldCount(joinPieces(piecesOf(template)))).toBe(fieldCount(template))
  }
)
