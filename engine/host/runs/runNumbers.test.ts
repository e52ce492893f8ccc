import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../files/temporaryFolder.ts'
import { chanceOf } from '../testing/chanceOf.ts'
import { memoryDisk } from '../testing/memoryDisk.ts'
import { takeTurns } from '../testing/turns.ts'
import { createProcessFolder, openProcessFolder } from './processFolder.ts'
import { forgetNumber, giveNumber, numberedRuns } from './runNumbers.ts'

const day = 86_400_000
const run = (index: number): string => `2026-01-0${index}-120000-aaaa`

const numbersIn = async (home: string): Promise<number[]> => (await numberedRuns(home)).map(({ number }) => number)

describe('the number of a run', () => {
  it('counts the runs of its flow, and stays when others are deleted', async () => {
    const base = await temporaryFolder()
    const folders = []
    for (let index = 0; index < 4; index++) folders.push(await createProcessFolder(base, 'A', index * day))
    expect(folders.map(({ number }) => number)).toEqual([1, 2, 3, 4])
    const home = path.join(base, 'A')
    for (const { path: folder, run: id } of [folders[0], folders[2]].filter((one) => one !== undefined)) {
      await rm(folder, { recursive: true })
      await forgetNumber(home, id)
    }
    expect(await numbersIn(home)).toEqual([2, 4])
    expect((await openProcessFolder(folders[3]?.path ?? '')).number).toBe(4)
    expect((await readdir(path.join(base, '.numbers', 'A'))).sort()).toEqual([
      `2-${folders[1]?.run}`,
      `4-${folders[3]?.run}`
    ])
  })

  it('is not given again when the newest run was deleted', async () => {
    const base = await temporaryFolder()
    const { path: folder, run: id } = await createProcessFolder(base, 'A', 0)
    await rm(folder, { recursive: true })
    await forgetNumber(path.join(base, 'A'), id)
    expect((await createProcessFolder(base, 'A', day)).number).toBe(2)
  })

  it('goes on after runs that have none', async () => {
    const home = path.join(await temporaryFolder(), 'A')
    for (const index of [1, 2, 3, 4]) await mkdir(path.join(home, run(index)), { recursive: true })
    expect(await numbersIn(home)).toEqual([1, 2, 3, 4])
    expect(await giveNumber(home, run(4))).toBe(4)
    await rm(path.join(home, run(2)), { recursive: true })
    expect(await numbersIn(home)).toEqual([1, 3, 4])
  })

  it('is passed over when a process ended while it was given', async () => {
    const base = await temporaryFolder()
    await mkdir(path.join(base, '.numbers', 'A'), { recursive: true })
    await writeFile(path.join(base, '.numbers', 'A', '7'), '')
    expect(await giveNumber(path.join(base, 'A'), run(1))).toBe(8)
  })

  it('is never given twice, in whatever order several processes ask for one', async () => {
    for (let seed = 0; seed < 200; seed++) {
      const shared = memoryDisk()
      const turns = takeTurns(chanceOf(seed))
      const ids = [1, 2, 3, 4].map(run)
      for (const id of ids) await shared.mkdir(`/A/${id}`)
      await shared.mkdir('/.numbers/A')
      const given = Promise.all(
        ids.map((id) =>
          giveNumber(
            '/A',
            id,
            turns.diskOf(shared, () => true)
          )
        )
      )
      await turns.until(given)
      expect(new Set(await given).size).toBe(ids.length)
      expect((await numberedRuns('/A', shared)).map(({ number }) => number)).toEqual(await given)
    }
  })
})
