/*
 * `npm run bench`: what the engine costs beside the work of the steps, on flows as people draw them. Prints JSON lines.
 * Every workload is measured in a process of its own.
 */
import { spawnSync } from 'node:child_process'
import process from 'node:process'
import { version } from '../../package.json'
import { bareSync } from './bareSync.ts'
import { benchOptions, type BenchOptions, usage } from './benchOptions.ts'
import { journalSource } from './journalSource.ts'
import { type Effort, measure } from './measure.ts'
import { comparePeers } from './peers/comparePeers.ts'
import { workloads } from './workload.ts'

const about = { version, node: process.version }

async function one(options: BenchOptions & { mode: 'one' }): Promise<void> {
  const { workload, n, recording, host, effort, asPeer } = options
  const name = asPeer ? { peer: 'tailrace' } : { engine: 'tailrace' }
  const journals = await journalSource(host)
  try {
    const measured = await measure(workload, n, recording, journals, effort)
    const sync = host === 'file' ? await bareSync(200) : {}
    console.log(JSON.stringify({ ...name, ...about, ...measured, ...sync }))
  } catch (error) {
    if (!asPeer) throw error
    console.log(JSON.stringify({ ...name, ...about, workload: workload.name, n, error: messageOf(error) }))
    process.exitCode = 1
  } finally {
    await journals.close()
  }
}

function all({ warm, cap, reps }: Effort): void {
  const effort = ['--warm', String(warm), '--cap', String(cap), '--reps', String(reps)]
  for (const { name } of workloads) {
    const { status } = spawnSync(process.execPath, [import.meta.filename, name, ...effort], { stdio: 'inherit' })
    if (status !== 0) process.exitCode = 1
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

async function main(): Promise<void> {
  let options: BenchOptions
  try {
    options = benchOptions(process.argv.slice(2))
  } catch (error) {
    console.error(`${messageOf(error)}\n\n${usage}`)
    process.exitCode = 2
    return
  }
  if (options.mode === 'one') await one(options)
  else if (options.mode === 'all') all(options.effort)
  else await comparePeers({ ...options, bench: import.meta.filename })
}

await main().catch((error: unknown) => {
  console.error(messageOf(error))
  process.exitCode = 1
})
