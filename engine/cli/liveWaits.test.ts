import { readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { temporaryFolder } from '../host/files/temporaryFolder.ts'
import { type Step, writeFlow } from '../index.ts'
import { type BuiltCli, buildCli } from './builtCli.ts'
import { step } from '../testing/step.ts'

let cli: BuiltCli
beforeAll(() => void (cli = buildCli()), 120_000)
afterAll(() => cli.remove())
vi.setConfig({ testTimeout: 60_000 })

const start = step('start', 'start', 'Start')
const end = step('end', 'end', 'End Step')
const goAsync = step('async', 'go-async', 'Go Async', { settings: { 'Caller outcome': 'end' } })
const approval = step('wait', 'wait-for-signal', 'Wait for Approval', {
  inputs: { Signal: { kind: 'constant', value: 'approved' } }
})
const itself = step('wait', 'wait-for-run', 'Wait for Myself', { inputs: { Run: { kind: 'constant', value: 0 } } })

/** A Designer Folder with the flow “Waiting”, which passes `steps` one after another. */
async function folderOf(steps: readonly Step[]): Promise<string> {
  const folder = await temporaryFolder()
  const outcomes: Readonly<Record<string, string>> = { 'wait-for-signal': 'Received' }
  const connections = steps.slice(1).map(({ id: to }, index) => {
    const { id: from = '', type = '' } = steps[index] ?? {}
    return { from, outcome: outcomes[type] ?? 'Done', to }
  })
  const flow = { id: 'waiting', name: 'Waiting', inputs: [], outputs: [], steps, connections }
  await writeFile(path.join(folder, 'Waiting.flow.json'), writeFlow({ flow, layout: {} }))
  return folder
}

/** What is said of it. */
const warning = '“Wait for Approval” waits for the signal “approved”, which nothing left in this run can send.'

describe('a run that waits for a signal from outside', () => {
  it.each([{ output: [] }, { output: ['--json'] }])(
    'says so, stays, ends at SIGTERM as interrupted, and waits again when it is resumed ($output)',
    async ({ output }) => {
      const folder = await folderOf([start, approval, end])
      const commands = [['run', 'Waiting'], ['resume']]
      for (const command of commands) {
        const [id = ''] = await readdir(path.join(folder, 'Process Folder', 'Waiting')).catch(() => [])
        const args = command[0] === 'resume' ? [...command, id] : command
        const running = cli.start([...args, '--folder', folder, ...output])
        await running.printed(warning)
        running.process.kill('SIGTERM')
        const { code, err } = await running.finished
        expect([code, err[0]]).toEqual([143, expect.stringContaining(warning)])
        expect(err.join('\n')).toContain('It goes on with: tailrace resume')
        const { out } = await cli.run(['runs', '--folder', folder, '--json'])
        expect(out.map((line) => JSON.parse(line) as unknown)).toMatchObject([{ state: 'interrupted' }])
      }
    }
  )

  it('stops at Ctrl+C', async () => {
    const running = cli.start(['run', 'Waiting', '--folder', await folderOf([start, approval, end])])
    await running.printed(warning)
    running.process.kill('SIGINT')
    const { code, out } = await running.finished
    expect([code, out.join('\n')]).toEqual([1, expect.stringContaining('Settled: cancelled')])
  })

  it('with --no-wait, is told of, and stays behind the reply without its starter', async () => {
    const before = cli.start(['run', 'Waiting', '--no-wait', '--folder', await folderOf([start, approval, end])])
    await before.printed(warning)
    expect(before.process.exitCode).toBeNull()

    const folder = await folderOf([start, goAsync, approval, end])
    const { code, out } = await cli.run(['run', 'Waiting', '--no-wait', '--folder', folder])
    expect(code).toBe(0)
    const carrier = Number(/goes on in process (\d+)/.exec(out.at(-1) ?? '')?.[1])
    const state = async (): Promise<unknown> =>
      JSON.parse((await cli.run(['runs', '--folder', folder, '--json'])).out[0] ?? '{}')
    expect(await state()).toMatchObject({ state: 'running' })
    process.kill(carrier, 'SIGTERM')
    await vi.waitFor(async () => expect(await state()).toMatchObject({ state: 'interrupted' }), { timeout: 30_000 })
  })
})

describe('a run in which steps wait for one another', () => {
  it('ends with 1 and their names', async () => {
    const { code, out } = await cli.run(['run', 'Waiting', '--folder', await folderOf([start, itself, end])])
    expect(code).toBe(1)
    expect(out.join('\n')).toContain('Nothing can end this wait: “Wait for Myself” waits for its own thread')
  })
})
