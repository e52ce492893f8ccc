import { readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { temporaryFolder } from '../host/files/temporaryFolder.ts'
import { type Step, writeFlow } from '../index.ts'
import { type BuiltCli, type RunningCli, buildCli } from './builtCli.ts'
import { eventsOf } from './newsletterFolder.ts'
import { step } from '../testing/step.ts'

let cli: BuiltCli
beforeAll(() => void (cli = buildCli()), 120_000)
afterAll(() => cli.remove())
vi.setConfig({ testTimeout: 180_000 })

const approval = step('wait', 'wait-for-signal', 'Wait for Approval', {
  inputs: { Signal: { kind: 'constant', value: 'approved' } }
})
const goAsync = step('async', 'go-async', 'Go Async', { settings: { 'Caller outcome': 'end' } })

/** A run that another process carries, waiting for the signal “approved”. */
interface WaitingRun {
  readonly folder: string
  readonly id: string
  readonly carrier: RunningCli
}

async function waitingRun(between: readonly Step[] = []): Promise<WaitingRun> {
  const folder = await temporaryFolder()
  const steps = [step('start', 'start', 'Start'), ...between, approval, step('end', 'end', 'End Step')]
  const connections = steps.slice(1).map(({ id: to }, index) => {
    const { id: from = '', type = '' } = steps[index] ?? {}
    return { from, outcome: type === 'wait-for-signal' ? 'Received' : 'Done', to }
  })
  const flow = { id: 'waiting', name: 'Waiting', inputs: [], outputs: [], steps, connections }
  await writeFile(path.join(folder, 'Waiting.flow.json'), writeFlow({ flow, layout: {} }))
  const carrier = cli.start(['run', 'Waiting', '--folder', folder])
  await carrier.printed('waits for the signal “approved”')
  const [id = ''] = await readdir(path.join(folder, 'Process Folder', 'Waiting'))
  return { folder, id, carrier }
}

describe('a run of another process', () => {
  it('is given a signal, with a value', async () => {
    const { folder, id, carrier } = await waitingRun()
    const signal = ['signal', id, 'approved', '{"by": "Ann"}', '--folder', folder]
    expect(await cli.run(signal)).toMatchObject({ code: 0, err: [] })
    expect((await carrier.finished).code).toBe(0)
    const { out } = await cli.run(['show', id, '--folder', folder, '--json'])
    expect(eventsOf(out)).toContainEqual(
      expect.objectContaining({ event: 'SignalReceived', signal: 'approved', value: { by: 'Ann' } })
    )
    const again = await cli.run(signal)
    expect([again.code, again.err[0]]).toEqual([
      2,
      `The run ${id} is settled (completed): nothing of it is running any more.`
    ])
  })

  it('is cancelled, and has ended when that is said', async () => {
    const { folder, id, carrier } = await waitingRun()
    expect(await cli.run(['cancel', id, '--folder', folder])).toMatchObject({
      code: 0,
      out: [`The run ${id} is cancelled.`]
    })
    expect((await carrier.finished).code).toBe(1)
  })

  it('has one thread cancelled, by its number or its name', async () => {
    const { folder, id, carrier } = await waitingRun([goAsync])
    const wrong = await cli.run(['cancel', id, '--thread', '7', '--folder', folder])
    expect([wrong.code, wrong.err[0]]).toEqual([
      2,
      'No thread “7” of the run is running. Running are: 1 (Background 1).'
    ])
    expect(await cli.run(['cancel', id, '--thread', '1', '--folder', folder])).toMatchObject({ code: 0, err: [] })
    expect((await carrier.finished).out.join('\n')).toContain('Settled')
  })

  it('is followed to its end, with its exit status', async () => {
    const { folder, id, carrier } = await waitingRun([goAsync])
    const shown = await cli.run(['show', id, '--folder', folder])
    expect(shown.out.at(-1)).toBe('Running: thread 1, Background 1, at “Wait for Approval”')
    const follower = cli.start(['show', id, '--folder', folder, '--follow'])
    await follower.printed('Replied “End Step”')
    await cli.run(['cancel', id, '--folder', folder])
    const { code, out } = await follower.finished
    expect([code, out.at(-1)]).toEqual([3, expect.stringContaining('Settled: cancelled')])
    expect((await carrier.finished).code).toBe(3)
  })
})

describe('a run whose process was killed', () => {
  it('is not reached, and it is said what to do', async () => {
    const { folder, id, carrier } = await waitingRun()
    const follower = cli.start(['show', id, '--folder', folder, '--follow'])
    await follower.printed('Start: Done')
    carrier.process.kill('SIGKILL')
    await carrier.finished
    const ended = await follower.finished
    expect([ended.code, ended.err.at(-1)]).toEqual([
      143,
      expect.stringContaining(`tailrace resume ${id} --folder ${folder}`)
    ])
    const signal = await cli.run(['signal', id, 'approved', '--folder', folder])
    expect([signal.code, signal.err[0]]).toEqual([
      2,
      `The run ${id} is interrupted: no process carries it. Go on with it first: tailrace resume ${id} --folder ${folder}`
    ])
    const resumed = cli.start(['resume', id, '--folder', folder])
    await resumed.printed('waits for the signal')
    expect(await cli.run(['signal', id, 'approved', '--folder', folder])).toMatchObject({ code: 0 })
    expect((await resumed.finished).code).toBe(0)
  })

  it('is settled as cancelled without going on', async () => {
    const { folder, id, carrier } = await waitingRun()
    carrier.process.kill('SIGKILL')
    await carrier.finished
    expect(await cli.run(['cancel', id, '--folder', folder])).toMatchObject({ code: 0, err: [] })
    const { out } = await cli.run(['runs', '--folder', folder, '--json'])
    expect(out.map((line) => JSON.parse(line) as unknown)).toMatchObject([{ state: 'cancelled' }])
  })
})

describe('tailrace run', () => {
  it('with --no-wait ends the run at Ctrl+C before the reply', async () => {
    const { folder, id, carrier } = await waitingRun()
    await cli.run(['cancel', id, '--folder', folder])
    await carrier.finished
    const starter = cli.start(['run', 'Waiting', '--folder', folder, '--no-wait'])
    await starter.printed('waits for the signal')
    starter.process.kill('SIGINT')
    const { code, out } = await starter.finished
    expect([code, out.join('\n')]).toEqual([1, expect.stringContaining('Settled: cancelled')])
  })

  it('cancels what is not settled in time', async () => {
    const { folder, id, carrier } = await waitingRun()
    await cli.run(['cancel', id, '--folder', folder])
    await carrier.finished
    const { code, err } = await cli.run(['run', 'Waiting', '--folder', folder, '--timeout', '200ms'])
    expect([code, err.at(-1)]).toEqual([1, 'Stopping, because the run was not settled after 0.2 s.'])
  })
})

describe('the socket of a process', () => {
  it('goes with the process', async () => {
    const before = await cli.sockets()
    const { folder, id, carrier } = await waitingRun()
    const own = await vi.waitFor(async () => {
      const [socket] = (await cli.sockets()).filter((name) => !before.includes(name))
      if (socket === undefined) throw new Error('It is not there yet.')
      return socket
    }, 60_000)
    await cli.run(['signal', id, 'approved', '--folder', folder])
    await carrier.finished
    expect(await cli.sockets()).not.toContain(own)
  })
})
