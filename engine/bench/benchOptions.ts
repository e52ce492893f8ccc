import { parseArgs } from 'node:util'
import type { Recording } from '../index.ts'
import type { HostName } from './journalSource.ts'
import type { Effort } from './measure.ts'
import { type Workload, workloads } from './workload.ts'

/** What the benchmark is asked to do. */
export type BenchOptions =
  | { readonly mode: 'all'; readonly effort: Effort }
  | {
      readonly mode: 'peers'
      readonly folder: string
      readonly rounds: number
      readonly only: readonly string[]
      readonly effort: Effort
    }
  | {
      readonly mode: 'one'
      readonly workload: Workload
      readonly n: number
      readonly recording: Recording
      readonly host: HostName
      readonly effort: Effort
      /** Print the line as the peers print theirs. */
      readonly asPeer: boolean
    }

export const usage = `npm run bench                          all workloads, a process each
npm run bench -- W2 --n 100000         one of them: ${workloads.map(({ name }) => name).join(', ')}
    --recording full|summary  --host memory|file
npm run bench -- --peers FOLDER        beside the peers in FOLDER, in turns; the table goes to docs/performance.md
    --rounds 3  --only rete,xstate     (with --only the table is printed and not kept)
Effort: --warm 400 --cap 700 (milliseconds) --reps 200`

/** Reads the arguments. Throws an Error that says what is wrong with them. */
export function benchOptions(args: readonly string[]): BenchOptions {
  const text = { type: 'string' } as const
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      n: text,
      warm: text,
      cap: text,
      reps: text,
      recording: text,
      host: text,
      peers: text,
      rounds: text,
      only: text,
      peer: { type: 'boolean' }
    }
  })
  const effort = {
    warm: count('warm', values.warm ?? '400'),
    cap: count('cap', values.cap ?? '700'),
    reps: count('reps', values.reps ?? '200')
  }
  if (values.peers !== undefined) {
    const only = values.only?.split(',') ?? []
    return { mode: 'peers', folder: values.peers, rounds: count('rounds', values.rounds ?? '3'), only, effort }
  }
  const [name, ...more] = positionals
  if (name === undefined) return { mode: 'all', effort }
  const workload = workloads.find((one) => one.name === name)
  if (!workload || more.length > 0) throw new Error(`There is no workload “${positionals.join(' ')}”.`)
  return {
    mode: 'one',
    workload,
    n: count('n', values.n ?? String(workload.n)),
    recording: oneOf('recording', ['full', 'summary'], values.recording ?? workload.recording),
    host: oneOf('host', ['memory', 'file'], values.host ?? workload.host),
    effort,
    asPeer: values.peer ?? false
  }
}

function count(option: string, text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1)
    throw new Error(`--${option} takes a whole number from 1, and not “${text}”.`)
  return value
}

function oneOf<const T extends string>(option: string, choices: readonly T[], text: string): T {
  const found = choices.find((choice) => choice === text)
  if (found === undefined) throw new Error(`--${option} takes ${choices.join(' or ')}, and not “${text}”.`)
  return found
}
