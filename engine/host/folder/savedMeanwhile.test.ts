import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeFlow } from '../../file/index.ts'
import type { FlowDocument } from '../../model/index.ts'
import { systemDisk } from '../disk/disk.ts'
import { temporaryFolder } from '../files/temporaryFolder.ts'
import { faultRounds, faultTime, tellFaults } from '../testing/faultRounds.ts'
import { watchedDisk } from '../testing/watchedDisk.ts'
import { designerFolder } from './designerFolder.ts'

const file = 'One.flow.json'
const flow = (name: string): FlowDocument => ({
  flow: { id: 'a', name, inputs: [], outputs: [], steps: [], connections: [] },
  layout: {}
})
const text = (name: string): string => writeFlow(flow(name))

/** How other programs change a file. */
const changes: Readonly<Record<string, (name: string) => Promise<void>>> = {
  'writes it anew': (name) => writeFile(name, text('Theirs')),
  'puts another in its place': async (name) => {
    await writeFile(`${name}.theirs`, text('Theirs'))
    await rename(`${name}.theirs`, name)
  },
  'deletes it': (name) => rm(name)
}

/** Saves, and changes the file right before the call number `at` that the save makes. Tells what became of both. */
async function race(change: (name: string) => Promise<void>, at: number) {
  const root = await temporaryFolder()
  const name = path.join(root, file)
  await writeFile(name, text('Old'))
  let calls = 0
  const disk = watchedDisk(systemDisk, async () => {
    if (++calls === at) await change(name)
    return undefined
  })
  const { hash } = await designerFolder(root, () => 'new').read(file)
  const saving = designerFolder(root, () => 'new', disk).save(file, flow('Mine'), hash)
  const saved = await saving.then(
    () => true,
    () => false
  )
  return { calls, saved, left: await readFile(name, 'utf8').catch(() => 'gone') }
}

describe('a save while another program changes the file', () => {
  it(
    'is refused unless the change came in the one call between the last look and the replacing',
    { timeout: faultTime },
    async () => {
      const counts = { saves: 0, refused: 0, unseen: 0, mineLost: 0 }
      for (let round = faultRounds(1, 40); round > 0; round--)
        for (const [what, change] of Object.entries(changes)) {
          const { calls } = await race(change, Infinity)
          let unseen = 0
          for (let at = 1; at <= calls; at++) {
            const { saved, left } = await race(change, at)
            counts.saves++
            if (!saved) counts.refused++
            // What somebody else wrote is there, unless the save was told to be done before: a file that is gone may come back.
            if (!saved) expect(left, `${what} at call ${at}`).toBe(text('Theirs'))
            else if (left === text('Mine') && what !== 'deletes it') unseen++
            else if (left !== text('Mine')) counts.mineLost++
          }
          expect(unseen, what).toBeLessThanOrEqual(1)
          counts.unseen += unseen
        }
      tellFaults('saves while another program changed the file', counts)
    }
  )
})
