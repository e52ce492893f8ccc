import { expect, it } from 'vitest'
import { foldRun } from '../../engine/index.ts'
import { exampleEvents, exampleFlow } from '../timeline/exampleRun.ts'
import { lanesOf } from '../timeline/lanes.ts'
import { interruptedRun } from './interruptedRun.ts'
import { viewRun } from './runView.ts'

const run = foldRun(exampleEvents({ mails: 10, tried: 4 }))
const interrupted = interruptedRun(run)

it('shows nothing as running in a run that was interrupted, and leaves what had ended', () => {
  expect(run.threads.map(({ end }) => end)).toEqual(['completed', undefined])
  expect(interrupted.threads.map(({ end }) => end)).toEqual(['completed', 'cancelled'])
  expect(interrupted.visits.filter(({ state }) => state === 'running')).toEqual([])
  expect(interrupted.visits.filter(({ state }) => state === 'done')).toEqual(
    run.visits.filter(({ state }) => state === 'done')
  )
})

it('says Interrupted wherever it would say Stopped', () => {
  const [, background] = lanesOf(interrupted)
  expect(background).toMatchObject({ state: 'kept', place: 'interrupted · Send Email 1' })
  expect(background?.bars.at(-1)?.state).toBe('kept')
  const send = exampleFlow.steps.find(({ name }) => name === 'Send Email 1')
  const look = viewRun(interrupted, interrupted.flow, new Map(), interrupted.at).steps.get(send?.id ?? '')
  expect(look).toMatchObject({ state: 'kept' })
  expect(look?.summary).toBe('Interrupted at 4 of 10')
})
