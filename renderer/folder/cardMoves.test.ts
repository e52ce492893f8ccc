import { expect, test } from 'vitest'
import { neighbourOf } from './cardMoves.ts'

const card = (left: number, top: number) => ({ getBoundingClientRect: () => ({ left, top, width: 100 }) })
// Three in the first row, two in the second.
const cards = [card(0, 0), card(120, 0), card(240, 0), card(0, 200), card(120, 200)] as const
const after = (index: number, key: string) => {
  const from = cards[index]
  return from && cards.indexOf(neighbourOf(cards, from, key) ?? card(0, 0))
}

test('left and right go in reading order and end at the edges', () => {
  expect([after(2, 'ArrowRight'), after(3, 'ArrowLeft'), after(0, 'ArrowLeft'), after(4, 'ArrowRight')]).toEqual([
    3, 2, -1, -1
  ])
})

test('up and down go to the nearest card of the next row', () => {
  expect([after(1, 'ArrowDown'), after(2, 'ArrowDown'), after(4, 'ArrowUp'), after(0, 'ArrowUp')]).toEqual([
    4, 4, 1, -1
  ])
})

test('other keys lead nowhere', () => {
  expect(after(1, 'Home')).toBe(-1)
})
