import { describe, expect, it } from 'vitest'
import { type FlowDocument, StepFailure } from '../model/index.ts'
import { designerFolder } from './folder/designerFolder.ts'
import { fileDocuments } from './files/fileDocuments.ts'
import { HostError } from './hostError.ts'
import { chanceOf } from './testing/chanceOf.ts'
import { withEveryFault } from './testing/faultyDisk.ts'
import { memoryDisk } from './testing/memoryDisk.ts'
import { watchedDisk } from './testing/watchedDisk.ts'

const flow = (name: string): FlowDocument => ({
  flow: { id: 'a', name, inputs: [], outputs: [], steps: [], connections: [] },
  layout: {}
})

const failed = (task: Promise<unknown>): Promise<unknown> =>
  task.then(
    () => undefined,
    (error: unknown) => error
  )

describe('a flow on a disk of which any one call fails, once or for ever', () => {
  it('is the old one or the new one, never less, and the save says what is wrong', async () => {
    const attempts = await withEveryFault(
      () => memoryDisk('/flows'),
      async (disk, sound, what) => {
        const safe = designerFolder('/flows', () => 'id', sound)
        const path = await safe.create('', flow('One'))
        const { hash } = await safe.read(path)
        const error = await failed(designerFolder('/flows', () => 'id', disk).save(path, flow('Two'), hash))
        if (error !== undefined) expect(error, what).toBeInstanceOf(HostError)
        const { document } = await safe.read(path)
        expect(error === undefined ? ['Two'] : ['One', 'Two'], what).toContain(document.flow.name)
        const unfinished = (await sound.readdir('/flows')).filter((name) => name.endsWith('.tmp'))
        if (unfinished.length > 0) expect(what).toContain('and after')
        // And when the disk is well again, it can be saved.
        await safe.save(path, flow('Three'), (await safe.read(path)).hash)
        expect((await safe.read(path)).document.flow.name, what).toBe('Three')
      }
    )
    expect(attempts).toBeGreaterThan(50)
  })

  it('is the old one or the new one after a power cut at any moment, and the new one once saved', async () => {
    for (let seed = 1; seed <= 300; seed++) {
      const chance = chanceOf(seed)
      const sound = memoryDisk('/flows')
      const safe = designerFolder('/flows', () => 'id', sound)
      const path = await safe.create('', flow('One'))
      const { hash } = await safe.read(path)
      const cutAt = 1 + Math.floor(chance() * 12)
      let calls = 0
      let found = undefined as ReturnType<typeof memoryDisk> | undefined
      const disk = watchedDisk(sound, () => {
        if (++calls === cutAt) found = sound.powerCut(chance)
        return undefined
      })
      await designerFolder('/flows', () => 'id', disk).save(path, flow('Two'), hash)
      const after = designerFolder('/flows', () => 'id', found ?? sound.powerCut(chance))
      expect(found ? ['One', 'Two'] : ['Two']).toContain((await after.read(path)).document.flow.name)
    }
  })
})

describe('documents on a disk of which any one call fails, once or for ever', () => {
  it('are there whole or not at all, and the step is told', async () => {
    const attempts = await withEveryFault(
      () => memoryDisk('/flows', '/flows/runs/one/documents'),
      async (disk, sound, what) => {
        const documents = fileDocuments('/flows', '/flows/runs/one', disk)
        const added: string[] = []
        const add = async (task: Promise<{ path: string }>): Promise<void> => {
          const error = await failed(task.then(({ path }) => added.push(path)))
          if (error !== undefined) expect(error, what).toBeInstanceOf(StepFailure)
        }
        await add(documents.add('notes.txt', 'one', 'a'))
        await add(documents.add('notes.txt', 'two', 'b'))
        await add(
          documents.copy(
            added[0] === undefined ? 'none' : { $type: 'File', path: added[0], name: '', size: 0 },
            undefined,
            'c'
          )
        )
        const found = (await sound.readdir('/flows/runs/one/documents')).filter((name) => !name.startsWith('.'))
        for (const name of found)
          expect(['one', 'two'], what).toContain((await sound.readFile(`/flows/runs/one/documents/${name}`)).toString())
        for (const path of added) expect(found, what).toContain(path.replace('documents/', ''))
      }
    )
    expect(attempts).toBeGreaterThan(80)
  })
})
