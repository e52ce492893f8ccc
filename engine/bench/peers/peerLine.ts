/** What one process of one peer printed for one workload, ours among them. */
export interface PeerLine {
  /** From `peer-<name>.mjs`. */
  readonly peer: string
  readonly workload: string
  readonly version?: string
  readonly n?: number
  readonly units?: number
  readonly perSec?: number
  readonly cpuMs?: number
  readonly p50us?: number
  readonly p99us?: number
  readonly bytesPerStep?: number
  readonly rssMB?: number
  /** On the file host: a bare write with fdatasync, in the same process. */
  readonly syncP50us?: number
  readonly syncP99us?: number
  /** Why the peer has no such workload. */
  readonly na?: string
  readonly error?: string
}

/** The line in what a process printed; undefined when there is none. */
export function peerLineIn(peer: string, output: string): PeerLine | undefined {
  const line = output.split('\n').findLast((one) => one.startsWith('{"peer"'))
  if (line === undefined) return undefined
  const parsed: unknown = JSON.parse(line)
  return isLine(parsed) ? { ...parsed, peer } : undefined
}

function isLine(parsed: unknown): parsed is PeerLine {
  return typeof parsed === 'object' && parsed !== null && 'workload' in parsed && typeof parsed.workload === 'string'
}
