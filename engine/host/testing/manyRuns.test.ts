import { expect, it } from 'vitest'
import { builtInSteps } from '../../steps/index.ts'
import { flowFromText } from '../../testing/flowFromText.ts'
import { temporaryFolder } from '../files/temporaryFolder.ts'
import { designerFolder } from '../folder/designerFolder.ts'
import { openInstallation } from '../installation/installation.ts'
import { listRuns } from '../runs/runsList.ts'
import { startRun } from '../runs/startRun.ts'
import { faultRounds, faultTime, tellFaults } from './faultRounds.ts'

it(
  'replies to each of many runs that begin at once, and carries all their backgrounds to the end',
  { timeout: faultTime },
  async () => {
    const count = faultRounds(50, 1_000)
    const [root, installation] = [await temporaryFolder(), openInstallation(await temporaryFolder())]
    const flow = flowFromText('Start -> Go Async -> Pause Flow -> End Step', builtInSteps, {
      steps: { 'Pause Flow': { inputs: { Seconds: { kind: 'constant', value: 1 } } } }
    })
    const folder = designerFolder(root, () => 'new')
    const called = performance.now()
    const waits: { readonly sinceBegun: number; readonly sinceCalled: number }[] = []
    const runs = Array.from({ length: count }, async () => {
      let begun = 0
      const run = await startRun({
        folder,
        installation,
        path: 'a.flow.json',
        document: { flow, layout: {} },
        onEvent: ({ event }) => {
          if (event === 'RunStarted') begun = performance.now()
        }
      })
      expect(await run.reply).toMatchObject({ kind: 'replied' })
      const now = performance.now()
      waits.push({ sinceBegun: now - begun, sinceCalled: now - called })
      expect(await run.settled).toEqual({ state: 'completed' })
    })
    await Promise.all(runs)
    expect((await listRuns(`${root}/Process Folder`)).filter(({ state }) => state === 'completed')).toHaveLength(count)
    const at = (share: number, of: (wait: (typeof waits)[number]) => number): number =>
      Math.round(waits.map(of).sort((one, other) => one - other)[Math.floor(share * (count - 1))] ?? 0)
    tellFaults('runs that began at once, each with a background thread', {
      runs: count,
      'p99 of the reply since the run began, ms': at(0.99, ({ sinceBegun }) => sinceBegun),
      'p50 since all were asked for, ms': at(0.5, ({ sinceCalled }) => sinceCalled),
      'p99 since all were asked for, ms': at(0.99, ({ sinceCalled }) => sinceCalled)
    })
  }
)
