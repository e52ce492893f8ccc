import { expect, it } from 'vitest'
import { longerList } from './applyOutputs.ts'

it('appends to what is no list by making it the first item of one, in a run and when its journal is read', () => {
  expect(longerList('first', 'second')).toEqual(['first', 'second'])
  expect(longerList(['first'], 'second')).toEqual(['first', 'second'])
  expect(longerList(null, 'first')).toEqual(['first'])
  expect(longerList(undefined, 'first')).toEqual(['first'])
})
