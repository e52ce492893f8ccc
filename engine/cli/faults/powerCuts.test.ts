import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../../host/files/temporaryFolder.ts'
import { readJournal } from '../../host/index.ts'
import { testMailServer } from '../../host/mail/testMailServer.ts'
import { chanceOf } from '../../host/testing/chanceOf.ts'
import { faultRounds, faultTime, tellFaults } from '../../host/testing/faultRounds.ts'
import { canMount, loopDisk } from '../../host/testing/loopDisk.ts'
import type { RunEvent } from '../../index.ts'
import { type BuiltCli, buildCli } from '../builtCli.ts'
import { doubtArguments, expectDone, expectWhole, mixedWays, onlyRun, writeMixed } from './mixedRun.ts'

let cli: BuiltCli
beforeAll(() => void (cli = buildCli()), 120_000)
afterAll(() => cli.remove())

const hasReplied = (events: readonly RunEvent[]): boolean => events.some(({ event }) => event === 'Replied')
const hasSettled = (events: readonly RunEvent[]): boolean => events.some(({ event }) => event === 'RunSettled')

describe.runIf(canMount)('a run whose computer loses its power, on a real disk', () => {
  it.each(mixedWays)(
    'loses nothing that somebody was told, and is resumed to its end: $durability, $mail',
    { timeout: faultTime },
    async (way) => {
      // With debug, only what is older than a second is safe.
      const isDebug = way.durability === 'debug'
      const chance = chanceOf(31)
      const counts = { cuts: 0, told: 0, documents: 0, mails: 0, inDoubt: 0 }
      for (let round = faultRounds(1, 12); round > 0; round--) {
        const disk = loopDisk(await temporaryFolder())
        onTestFinished(() => disk.release())
        const folder = path.join(disk.path, 'flows')
        mkdirSync(folder)
        await writeMixed(folder, way.durability, isDebug ? 2 : 0)
        const server = await testMailServer({ delay: 5 })
        const account = way.mail === 'SMTP' ? ['--mail', `smtp://127.0.0.1:${server.account.port}`] : []
        const { process: child, finished } = cli.start(['run', 'Mixed', '--folder', folder, ...account, '--json'])
        while ((await onlyRun(folder)) === undefined) await pause(2)
        await pause((isDebug ? 1300 : 20) + chance() * 700)
        child.kill('SIGSTOP')
        await disk.cut(async () => {
          child.kill('SIGKILL')
          await finished
        })
        counts.cuts++
        const told = (await finished).out.map((line) => JSON.parse(line) as RunEvent)
        const run = await onlyRun(folder)
        const events = run === undefined ? [] : (await readJournal(run)).events
        if (isDebug) expect(events.length).toBeGreaterThan(0)
        else if (hasReplied(told)) {
          counts.told++
          expect(hasReplied(events)).toBe(true)
        }
        if (run === undefined || events.length === 0) continue
        const { documents, mails, open } = await expectDone(run, events, way)
        counts.documents += documents
        counts.mails += mails
        counts.inDoubt += open.length

        const last = await cli.run(['resume', path.basename(run), '--folder', folder, ...doubtArguments(way)])
        if (hasSettled(events)) expect(last.err).toEqual([expect.stringContaining('settled')])
        else expect([last.code, last.err]).toEqual([0, []])
        if (!isDebug || way.mail === 'Outbox') await expectWhole(run, way, server, open)
      }
      tellFaults(`power cuts on a real disk, ${way.durability}, ${way.mail}`, counts)
    }
  )
})
