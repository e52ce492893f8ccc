import { expect, test } from 'vitest'
import { freeName, nameProblem } from './nameProblem.ts'

test.each([
  ['', 'Enter a name for the flow.'],
  ['a/b', 'A name cannot hold “/”, as it becomes a file name: leave it out.'],
  ['a\nb', 'A name is one line of text.'],
  ['.hidden', 'A name can neither begin nor end with a dot.'],
  ['DIGEST', 'There is a flow named “DIGEST” here already: choose another name.'],
  ['x'.repeat(121), 'A name can have 120 characters; this one has 121.']
])('the name %j is refused', (name, sentence) => {
  expect(nameProblem(name, ['Digest'], 'flow')).toBe(sentence)
})

test('any other name is fine', () => {
  expect(nameProblem('Send EmailList Flow (2) – März', ['Digest'], 'flow')).toBeUndefined()
})

test('a free name takes the first number that is not taken', () => {
  expect(freeName('Flow', ['flow 1', 'Flow 3'])).toBe('Flow 2')
})
