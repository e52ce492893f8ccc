import { expect, it } from 'vitest'
import { turnstile } from './turnstile.ts'

it('lets so many in at a time, the others in their order, whatever becomes of them', async () => {
  const inTurn = turnstile(3)
  let [inside, most] = [0, 0]
  const begun: number[] = []
  const tasks = Array.from({ length: 20 }, (_, number) =>
    inTurn(async () => {
      begun.push(number)
      most = Math.max(most, ++inside)
      await new Promise(setImmediate)
      inside--
      if (number % 4 === 0) throw new Error('No.')
      return number
    })
  )
  const ended = await Promise.allSettled(tasks)
  expect(most).toBe(3)
  expect(begun).toEqual(Array.from({ length: 20 }, (_, number) => number))
  expect(ended.filter(({ status }) => status === 'rejected')).toHaveLength(5)
  expect(await inTurn(async () => 'in')).toBe('in')
})
