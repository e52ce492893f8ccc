import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../host/files/temporaryFolder.ts'
import { readJournal } from '../../host/index.ts'
import { testMailServer } from '../../host/mail/testMailServer.ts'
import { chanceOf } from '../../host/testing/chanceOf.ts'
import { faultRounds, faultTime, tellFaults } from '../../host/testing/faultRounds.ts'
import type { RunEvent } from '../../index.ts'
import { type BuiltCli, buildCli } from '../builtCli.ts'
import { doubtArguments, expectDone, expectWhole, mixedWays, onlyRun, writeMixed } from './mixedRun.ts'

let cli: BuiltCli
beforeAll(() => void (cli = buildCli()), 120_000)
afterAll(() => cli.remove())

describe('a run whose processes are killed, up to four of them', () => {
  it.each(mixedWays)(
    'has all that was printed in its journal, and does everything once: $durability, $mail',
    { timeout: faultTime },
    async (way) => {
      const chance = chanceOf(43)
      const counts = { runs: 0, kills: 0, printed: 0, documents: 0, mails: 0, inDoubt: 0 }
      for (let round = faultRounds(1, 45); round > 0; round--) {
        counts.runs++
        const folder = await temporaryFolder()
        await writeMixed(folder, way.durability)
        const server = await testMailServer({ delay: 5 })
        const account = way.mail === 'SMTP' ? ['--mail', `smtp://127.0.0.1:${server.account.port}`] : []
        let command = ['run', 'Mixed', ...account]
        const doubtful = new Set<string>()
        let settled = false
        for (let kill = 0; kill < 4 && !settled; kill++) {
          const { process: child, finished, printed } = cli.start([...command, '--folder', folder, '--json'])
          await printed(kill === 0 ? 'RunStarted' : 'RunResumed')
          await pause(chance() * 400)
          child.kill('SIGKILL')
          const { code, out } = await finished
          const run = (await onlyRun(folder)) ?? ''
          const { events, damagedAt } = await readJournal(run)
          expect(damagedAt).toBeUndefined()
          const told = out.map((line) => JSON.parse(line) as RunEvent)
          counts.printed += told.length
          const from = (told[0]?.seq ?? 1) - 1
          expect(events.slice(from, from + told.length)).toEqual(told)
          const { documents, mails, open } = await expectDone(run, events, way)
          counts.documents += documents
          counts.mails += mails
          for (const address of open) doubtful.add(address)
          settled = events.at(-1)?.event === 'RunSettled'
          if (code === null) counts.kills++
          command = ['resume', path.basename(run), ...doubtArguments(way)]
        }
        counts.inDoubt += doubtful.size
        if (!settled) expect(await cli.run([...command, '--folder', folder])).toMatchObject({ code: 0, err: [] })
        await expectWhole((await onlyRun(folder)) ?? '', way, server, [...doubtful])
      }
      tellFaults(`kills of mixed runs, ${way.durability}, ${way.mail}`, counts)
    }
  )
})
