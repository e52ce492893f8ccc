import { expect, it } from 'vitest'
import { builtInSteps } from '../steps/index.ts'
import { flowFromText } from '../testing/flowFromText.ts'
import { foldRun, startFlow } from '../run/index.ts'
import { createServices } from './createServices.ts'
import { createJournal, readJournal } from './index.ts'
import { createProcessFolder } from './runs/processFolder.ts'
import { temporaryFolder } from './files/temporaryFolder.ts'

const count = 1000

it('carries a thousand background threads at once, each with a caller that has its reply before them', async () => {
  const root = await temporaryFolder()
  const flow = flowFromText('Start -> Go Async -> Pause Flow -> End Step', builtInSteps, {
    steps: { 'Pause Flow': { inputs: { Seconds: { kind: 'constant', value: 1 } } } }
  })
  const flows = { main: flow }
  let replies = 0
  const runs = Array.from({ length: count }, async (_, index) => {
    const processFolder = await createProcessFolder(root, 'Many', Date.UTC(2026, 10, 24) + index * 1000)
    const journal = await createJournal(processFolder.path)
    const services = createServices({ folder: root, processFolder })
    const run = startFlow({
      run: processFolder.run,
      flow: 'main',
      flows,
      inputs: {},
      definitions: builtInSteps,
      services,
      journal
    })
    expect(await run.reply).toMatchObject({ kind: 'replied' })
    replies++
    expect(await run.settled).toEqual({ state: 'completed' })
    await services.close()
    return processFolder.path
  })
  const [first = ''] = await Promise.all(runs)
  expect(replies).toBe(count)
  const { events } = await readJournal(first)
  const { reply, settled } = foldRun(events)
  expect(reply?.at).toBeLessThan(settled?.at ?? 0)
}, 600_000)
