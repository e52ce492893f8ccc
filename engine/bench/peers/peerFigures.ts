import { median } from '../statistics.ts'
import type { PeerLine } from './peerLine.ts'

/** The figures that are compared, all but memory the middle of the rounds. */
export interface PeerFigures {
  readonly perSec: number
  readonly p50us: number | undefined
  readonly p99us: number | undefined
  readonly bytesPerStep: number | undefined
  readonly syncP50us: number | undefined
  readonly syncP99us: number | undefined
}

/** Looks up what a peer did on a workload; undefined when it has none or failed. */
export type FiguresOf = (peer: string, workload: string) => PeerFigures | undefined

export function peerFigures(lines: readonly PeerLine[]): FiguresOf {
  return (peer, workload) => {
    const group = lines.filter((line) => line.peer === peer && line.workload === workload)
    const middle = (read: (line: PeerLine) => number | undefined): number | undefined => {
      const values = group.flatMap((line) => read(line) ?? [])
      return values.length === 0 ? undefined : median(values)
    }
    const perSec = middle((line) => line.perSec)
    if (perSec === undefined) return undefined
    return {
      perSec,
      p50us: middle((line) => line.p50us),
      p99us: middle((line) => line.p99us),
      bytesPerStep: middle((line) => line.bytesPerStep),
      syncP50us: middle((line) => line.syncP50us),
      syncP99us: middle((line) => line.syncP99us)
    }
  }
}
