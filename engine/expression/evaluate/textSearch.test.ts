import { array, constantFrom, nat, property } from 'fast-check'
import { expect, it } from 'vitest'
import { Evaluation } from './evaluation.ts'
import { positionIn, splitText } from './textSearch.ts'
import { holds } from '../../testing/property/holds.ts'

const fewLetters = (length: number) => array(constantFrom('a', 'b'), { maxLength: length }).map((all) => all.join(''))

it('finds the same as the search of the language', () => {
  const part = fewLetters(30)
  const beginnings = array(nat(30), { maxLength: 20 })
  return holds(
    'text search',
    property(part, beginnings, nat(1), fewLetters(9), (one, lengths, isThere, rest) => {
      // A text of beginnings of what is looked for: the ones that a wrong step back passes over.
      const text = lengths.map((length) => one.slice(0, length)).join('') + one.slice(0, isThere * 30) + rest
      expect(positionIn(text, one)).toBe(text.indexOf(one))
      if (one !== '') expect(splitText(text, one, new Evaluation(() => 0))).toEqual(text.split(one))
    }),
    { runs: 3000 }
  )
})

it('takes no time to speak of for a text on which that one takes a minute', () => {
  const half = 'a'.repeat(250_000)
  expect(positionIn('a'.repeat(1_000_000), `${half}b${half}`)).toBe(-1)
})
