import { readFile, writeFile } from 'node:fs/promises'
import os from 'node:os'
import process from 'node:process'
import { keepReport } from './keepReport.ts'
import { type PeerRuns, peerRuns } from './peerRuns.ts'
import { report } from './report.ts'

/** The page, from the root of the project, which is where npm runs its scripts. */
const page = 'docs/performance.md'

/** Runs us beside our peers, prints the figures, and keeps them in docs/performance.md unless only some were wanted. */
export async function comparePeers(options: Omit<PeerRuns, 'tell'>): Promise<void> {
  const lines = await peerRuns({
    ...options,
    tell: (line, round) => console.error(`${round}/${options.rounds} ${line.workload} ${JSON.stringify(line)}`)
  })
  const text = report(lines, {
    date: new Date().toISOString().slice(0, 10),
    cores: os.availableParallelism(),
    node: process.version,
    rounds: options.rounds
  })
  console.log(text)
  if (options.only.length > 0) return
  await writeFile(page, keepReport(await readFile(page, 'utf8'), text))
}
