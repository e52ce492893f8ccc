import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CancelSource, type Mail } from '../../model/index.ts'
import { holds } from '../../testing/property/holds.ts'
import { createServices } from '../createServices.ts'
import { tidyProcessFolder } from '../runs/processFolder.ts'
import { chanceOf } from './chanceOf.ts'
import { type MemoryDisk, memoryDisk } from './memoryDisk.ts'
import { takeTurns } from './turns.ts'

const run = '/flows/runs/one'
const [documents, outbox] = [`${run}/documents`, `${run}/outbox`]
const never = new CancelSource()

const mailOf = (key: string): Mail => ({
  from: 'a@example.com',
  to: [`${key}@example.com`],
  cc: [],
  bcc: [],
  replyTo: '',
  subject: 'Hello',
  text: `mail ${key}`,
  attachments: [],
  messageId: `${key}@example.com`
})

/** What steps with these keys put into the folder of the run, and what the step with each key is told. */
async function work(
  disk: MemoryDisk,
  seed: number,
  life: number,
  keys: readonly string[],
  cut: boolean,
  told: Map<string, string>
) {
  const chance = chanceOf(seed + life)
  const turns = takeTurns(chance)
  // Each life is longer than the one before, until one comes to the end.
  let calls = 1 + Math.floor(chance() * 40 * (1 + life))
  let stop: (left: MemoryDisk) => void = () => undefined
  const stopped = new Promise<MemoryDisk>((resolve) => (stop = resolve))
  const own = turns.diskOf(disk, () => {
    if (--calls === 0) stop(cut ? disk.powerCut(chance) : disk)
    return calls > 0
  })
  await tidyProcessFolder(run, disk)
  const services = createServices({ folder: '/flows', processFolder: { path: run, outbox }, disk: own })
  const all = keys.map(async (key) => {
    if (key.startsWith('mail')) {
      await services.mail.send(mailOf(key), '', never)
      told.set(key, key)
    } else told.set(key, (await services.documents.add('notes.txt', 'the same for all', key)).path)
  })
  const done = Promise.all(all).then(() => undefined)
  const left = Promise.race([stopped, done])
  await turns.until(left)
  return left
}

describe('documents and kept mails', () => {
  const cases = fc.record({
    seed: fc.nat(),
    keys: fc.uniqueArray(fc.constantFrom('mail1', 'mail2', 'mail3', 'one', 'two', 'three'), { minLength: 1 }),
    cut: fc.boolean()
  })

  it('are there once for each step that is told so, whenever its process is killed or the power goes off', async () => {
    const check = async ({ seed, keys, cut }: { seed: number; keys: string[]; cut: boolean }): Promise<void> => {
      let disk = memoryDisk(documents, outbox)
      const told = new Map<string, string>()
      // What a step was told before it must find again.
      for (let life = 0; ; life++) {
        const before = new Map(told)
        const left = await work(disk, seed, life, keys, cut, told)
        for (const [key, name] of before) expect(told.get(key)).toBe(name)
        if (!left) break
        disk = left
        const paths = new Set(disk.files())
        for (const [key, name] of told)
          if (!key.startsWith('mail')) expect(paths).toContain(`${run}/${name}`)
          else expect([...paths].filter((file) => file.includes(` ${key}@`))).toHaveLength(1)
      }
      const after = disk.powerCut(chanceOf(seed))
      const visible = after.files().filter((file) => !/\/\.[^/]*$/.test(file))
      expect(visible).toHaveLength(keys.length)
      for (const file of visible) {
        const text = (await after.readFile(file)).toString()
        expect(text).toContain(file.startsWith(outbox) ? 'Subject: Hello' : 'the same for all')
      }
      expect(new Set(told.values()).size).toBe(keys.length)
    }
    await holds('documents and mails after a kill or a power cut', fc.asyncProperty(cases, check), { runs: 400 })
  })
})
