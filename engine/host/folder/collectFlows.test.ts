import { expect, it } from 'vitest'
import { flowFromText } from '../../testing/flowFromText.ts'
import { builtInSteps } from '../../steps/index.ts'
import { collectFlows } from './collectFlows.ts'

const calling = (...paths: string[]) =>
  flowFromText(['Start', ...paths.map((_, at) => `Run Flow ${at}`), 'End Step'].join(' -> '), builtInSteps, {
    steps: Object.fromEntries(paths.map((path, at) => [`Run Flow ${at}`, { settings: { Flow: path } }]))
  })

it('reads each flow once, also where they run each other or themselves', async () => {
  const flows = new Map([
    ['main/a.json', calling('a.json', '../main/a.json', '../parts/b.json')],
    ['parts/b.json', calling('c.json', '../main/a.json', 'missing.json')],
    ['parts/c.json', calling('b.json', '../parts/c.json')]
  ])
  const read: string[] = []
  const collected = await collectFlows('main/a.json', flows.get('main/a.json')!, builtInSteps, async (path) => {
    read.push(path)
    return flows.get(path)
  })
  expect(read).toEqual(['parts/b.json', 'parts/c.json', 'parts/missing.json'])
  expect(collected).toEqual(Object.fromEntries(flows))
})
