import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { claimRun, isRunning } from '../../runs/claimRun.ts'
import { temporaryFolder } from '../../files/temporaryFolder.ts'
import { chanceOf } from '../chanceOf.ts'
import { journalEvents } from '../journalEvents.ts'
import { readJournal } from '../../journal/readJournal.ts'

const project = path.join(import.meta.dirname, '../../../..')
let built: string

beforeAll(() => {
  built = mkdtempSync(path.join(project, 'node_modules/.journal-test-'))
  const vite = path.join(project, 'node_modules/vite/bin/vite.js')
  const source = path.join(project, 'engine/host/testing/journalWriter.ts')
  const build = ['build', '--config', path.join(project, 'vite.cli.config.ts'), '--ssr', source, '--outDir', built]
  const { status, stderr } = spawnSync(process.execPath, [vite, ...build], { cwd: project, encoding: 'utf8' })
  if (status !== 0) throw new Error(`The writer could not be built: ${stderr}`)
}, 60_000)

afterAll(() => rmSync(built, { recursive: true, force: true }))

/** Lets a process write the journal and kills it after a while. Answers the last event that it had acknowledged. */
function killedAfter(milliseconds: number, folder: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(built, 'cli.js'), folder])
    let [out, err] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (out === '') setTimeout(() => child.kill('SIGKILL'), milliseconds)
      out += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
    child.on('close', (_, signal) => {
      if (signal === 'SIGKILL') resolve(Number(out.slice(0, out.lastIndexOf('\n')).split('\n').at(-1)))
      else reject(new Error(`It was not killed: ${err}`))
    })
  })
}

describe('a process that is killed while it writes a journal', () => {
  it('has lost nothing that it acknowledged, and the next one goes on, 20 times', { timeout: 60_000 }, async () => {
    const folder = await temporaryFolder()
    const all = journalEvents(10_000, 300)
    const chance = chanceOf(9)
    let before = 0
    for (let life = 1; life <= 20; life++) {
      const acked = await killedAfter(60 * chance(), folder)
      expect(acked).toBeGreaterThan(before)
      expect(await isRunning(folder)).toBe(false)
      const { events, damagedAt } = await readJournal(folder)
      expect(damagedAt).toBeUndefined()
      expect(events.length).toBeGreaterThanOrEqual(acked)
      expect(JSON.stringify(events)).toBe(JSON.stringify(all.slice(0, events.length)))
      before = events.length
    }
    expect((await claimRun(folder)).epoch).toBe(21)
  })
})
