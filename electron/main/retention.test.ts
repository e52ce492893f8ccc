import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { designerFolder, openInstallation, startRun } from '../../engine/host/index.ts'
import type { Flow } from '../../engine/index.ts'
import type { Retention } from '../ipc/contract.ts'
import { RunRetention } from './retention.ts'

const flow: Flow = {
  id: 'a',
  name: 'A',
  inputs: [],
  outputs: [],
  steps: [
    { id: 'start', type: 'start', name: 'Start', settings: {}, inputs: {} },
    { id: 'end', type: 'end', name: 'End Step', settings: {}, inputs: {} }
  ],
  connections: [{ from: 'start', outcome: 'Done', to: 'end' }]
}

/** A Designer Folder with so many settled runs. */
async function folderWith(runs: number): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'tailrace-'))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  for (let run = 0; run < runs; run++) {
    const folder = designerFolder(root, () => 'new')
    await (
      await startRun({
        folder,
        installation: openInstallation(join(root, 'user-data')),
        path: 'A.flow.json',
        document: { flow, layout: {} }
      })
    ).settled
  }
  return root
}

function retention(wanted: Retention | undefined, now = Date.now()) {
  const pruned: string[] = []
  const reports: unknown[] = []
  const keeper = new RunRetention({
    wanted: () => wanted,
    pruned: (runs) => pruned.push(...runs.map(({ id }) => id)),
    now: () => now,
    report: (_where, error) => reports.push(error)
  })
  return { keeper, pruned, reports }
}

const runsIn = async (root: string): Promise<string[]> => (await readdir(join(root, 'Process Folder', 'A'))).sort()

it('keeps all runs while the settings say nothing', async () => {
  const root = await folderWith(3)
  for (const wanted of [undefined, {}]) await retention(wanted).keeper.prune(root)
  expect(await runsIn(root)).toHaveLength(3)
})

it('keeps the last runs of a flow, and tells which are gone', async () => {
  const root = await folderWith(4)
  const before = await runsIn(root)
  const { keeper, pruned, reports } = retention({ perFlow: 3 })
  await Promise.all([keeper.prune(root), keeper.prune(root)])
  const after = await runsIn(root)
  expect(after).toHaveLength(3)
  expect(pruned).toEqual(before.filter((run) => !after.includes(run)))
  expect(reports).toEqual([])
})

it('deletes runs that are too old', async () => {
  const root = await folderWith(2)
  await retention({ days: 30 }).keeper.prune(root)
  expect(await runsIn(root)).toHaveLength(2)
  await retention({ days: 30 }, Date.now() + 31 * 86_400_000).keeper.prune(root)
  expect(await runsIn(root)).toEqual([])
})
