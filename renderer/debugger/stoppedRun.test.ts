import { expect, it } from 'vitest'
import { foldRun } from '../../engine/index.ts'
import { exampleEvents } from '../timeline/exampleRun.ts'
import { stoppedRun } from './stoppedRun.ts'

it('shows nothing as running in a run that was interrupted, and leaves what had ended', () => {
  const run = foldRun(exampleEvents({ mails: 10, tried: 4 }))
  const stopped = stoppedRun(run)
  expect(run.threads.map(({ end }) => end)).toEqual(['completed', undefined])
  expect(stopped.threads.map(({ end }) => end)).toEqual(['completed', 'cancelled'])
  expect(stopped.visits.filter(({ state }) => state === 'running')).toEqual([])
  expect(stopped.visits.filter(({ state }) => state === 'done')).toEqual(
    run.visits.filter(({ state }) => state === 'done')
  )
})
