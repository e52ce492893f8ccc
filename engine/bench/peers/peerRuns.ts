import { execFile } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Effort } from '../measure.ts'
import { workloads } from '../workload.ts'
import { type PeerLine, peerLineIn } from './peerLine.ts'

/** What is run in turns. */
export interface PeerRuns {
  /** A copy of the peers' harness, with its packages installed. */
  readonly folder: string
  /** Our built benchmark. */
  readonly bench: string
  readonly rounds: number
  /** The peers wanted beside us and the floors; all of them when empty. */
  readonly only: readonly string[]
  readonly effort: Effort
  tell(line: PeerLine, round: number): void
}

export const ours = 'tailrace'

/** Longer than any peer needs, in milliseconds. */
const deadline = 60_000

/** Peers too slow for the usual n do less; what is compared is the rate. */
const smaller: { readonly [peer: string]: { readonly [workload: string]: number } } = {
  flowed: { W2: 20_000, W3: 3000, W3c: 3000, W4: 20_000, W7: 20_000 },
  xstate: { W2: 10_000, W3: 1000, W4: 5000, W5: 500, W6: 100, W7: 3000 },
  zen: { W2: 20_000, W3: 2000, W3c: 2000, W4: 2000, W7: 3000 },
  bpmn: { W1: 300, W2: 50, W3: 20, W3c: 100, W4: 50, W5: 100, W6: 10, W7: 400 }
}

/** Every peer that the folder has, and ours, runs every workload in every round, in turns, each in a process of its own. */
export async function peerRuns(runs: PeerRuns): Promise<PeerLine[]> {
  writeOurs(runs)
  const peers = peersIn(runs.folder).filter(
    (peer) => runs.only.length === 0 || runs.only.includes(peer) || peer === ours || peer.startsWith('floor-')
  )
  const lines: PeerLine[] = []
  const without = new Set<string>()
  for (let round = 1; round <= runs.rounds; round++)
    for (const { name } of workloads)
      for (const peer of peers) {
        if (without.has(`${peer} ${name}`) || (peer !== ours && !isShared(name))) continue
        const line = await runPeer(runs, peer, name)
        if (line.perSec === undefined && peer !== ours) without.add(`${peer} ${name}`)
        lines.push(line)
        runs.tell(line, round)
      }
  return lines
}

/** Whether peers have the workload too. */
const isShared = (workload: string): boolean => /^W\dc?$/.test(workload)

/** Floors first, ours last; else by name. */
function peersIn(folder: string): string[] {
  const rank = (peer: string): number => (peer.startsWith('floor-') ? 0 : peer === ours ? 2 : 1)
  return readdirSync(folder)
    .flatMap((file) => /^peer-(.+)\.mjs$/.exec(file)?.[1] ?? [])
    .toSorted((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1))
}

/** Puts our engine beside its peers, with the same command line and the same JSON line. */
function writeOurs({ folder, bench }: PeerRuns): void {
  const script = `// Written by the benchmark of Tailrace, anew every time.
process.argv.push('--peer')
await import(${JSON.stringify(pathToFileURL(bench).href)})
`
  writeFileSync(path.join(folder, `peer-${ours}.mjs`), script)
}

function runPeer({ folder, effort }: PeerRuns, peer: string, workload: string): Promise<PeerLine> {
  const n = smaller[peer]?.[workload]
  const args = [`peer-${peer}.mjs`, workload, '--warm', String(effort.warm), '--cap', String(effort.cap)]
  if (n !== undefined) args.push('--n', String(n))
  args.push('--reps', String(workload.startsWith('W6') ? Math.min(effort.reps, 100) : effort.reps))
  const env = { ...process.env, NODE_NO_WARNINGS: '1' }
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: folder, env, timeout: deadline }, (error, output, complaints) => {
      const line = peerLineIn(peer, output)
      const why = error?.killed
        ? `no result within ${deadline / 1000} s`
        : (complaints.split('\n').find((one) => one.includes('Error')) ?? error?.message ?? 'it printed nothing')
      resolve(line ?? { peer, workload, error: why })
    })
  })
}
