import { expect, test } from 'vitest'
import { foldRun } from '../../engine/index.ts'
import { exampleEvents } from '../timeline/exampleRun.ts'
import { Moments } from './moments.ts'

const events = exampleEvents({ tried: 1100, refused: [3] })

function momentsOf(batch: number): Moments {
  const moments = new Moments()
  for (let from = 0; from < events.length; from += batch) moments.add(events.slice(from, from + batch))
  return moments
}

test('the run is the fold of its events, however they come in', () => {
  for (const batch of [1, 7, 256, 5000]) expect(momentsOf(batch).run).toEqual(foldRun(events))
})

test.each([0, 5, 12, 13, 40_000, 64_000.5, 275_000, 1e9])('the run at %d is the fold of what had happened', (at) => {
  const before = events.filter((event) => event.at <= at)
  expect(momentsOf(300).at(at)).toEqual(foldRun(before))
})

test('moving about gives the same as going there at once', () => {
  const moments = momentsOf(100)
  for (const at of [200_000, 100, 150_000, 150_250, 12, 275_000, 0])
    expect(moments.at(at)).toEqual(momentsOf(5000).at(at))
})

test('events that come twice count once', () => {
  const moments = momentsOf(5000)
  moments.add(events.slice(-40))
  moments.add([...events.slice(-9), ...events.slice(-9)])
  expect(moments.run).toEqual(foldRun(events))
})

test('there is no run before its first event', () => {
  expect(new Moments().run).toBeUndefined()
  expect(new Moments().at(5)).toBeUndefined()
})
