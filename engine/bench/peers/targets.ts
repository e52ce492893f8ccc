import type { FiguresOf, PeerFigures } from './peerFigures.ts'
import { ours } from './peerRuns.ts'
import { rateText, ratioText } from './figureText.ts'

/** Something that the engine is meant to reach, and how it stands. */
export interface TargetResult {
  readonly target: string
  /** Undefined: it could not be seen, because a figure is missing. */
  readonly met: boolean | undefined
  readonly measured: string
}

/** Peers that keep state per run, as this engine does. */
const statePerRun = ['flowed', 'xstate', 'zen', 'bpmn']

const shared = ['W1', 'W2', 'W3', 'W3c', 'W4', 'W5', 'W6', 'W7']

/** All that issue 4 asks of the speed of the engine, as far as it is compared with peers. */
export function targetResults(figuresOf: FiguresOf): TargetResult[] {
  const us = (workload: string): PeerFigures | undefined => figuresOf(ours, workload)
  const faster = (workload: string, peer: string): number | undefined => {
    const [own, other] = [us(workload), figuresOf(peer, workload)]
    return own && other && own.perSec / other.perSec
  }
  const ratio = (target: string, workload: string, peer: string, least: number): TargetResult => {
    const value = faster(workload, peer)
    return {
      target,
      met: value === undefined ? undefined : value >= least,
      measured: value === undefined ? 'not measured' : `${ratioText(value)} times ${peer}`
    }
  }
  return [
    ...shared.map((workload) => aheadOfStateful(figuresOf, workload)),
    ratio('W1 as fast as floor-async or faster', 'W1', 'floor-async', 1),
    ratio('W1 ahead of litegraph', 'W1', 'litegraph', 1),
    ratio('W2 as fast as floor-async or faster', 'W2', 'floor-async', 1),
    ratio('W2 ahead of litegraph', 'W2', 'litegraph', 1),
    ratio('W3 1M runs/s where floor-async does 3.4M', 'W3', 'floor-async', 1 / 3.4),
    ratio('W4 ahead of rete', 'W4', 'rete', 1),
    ratio('W5 within 3 times of floor-async', 'W5', 'floor-async', 1 / 3),
    times('W6 ahead of rete at p50', us('W6')?.p50us, figuresOf('rete', 'W6')?.p50us),
    times('W6 ahead of rete at p99', us('W6')?.p99us, figuresOf('rete', 'W6')?.p99us),
    ratio('W7 in memory within 2 times of floor-columnar', 'W7', 'floor-columnar', 1 / 2),
    limit(
      'W7 in memory at most 64 bytes a step',
      us('W7')?.bytesPerStep,
      (bytes) => bytes <= 64,
      (bytes) => `${bytes} bytes`
    ),
    limit(
      'W7 on disk at least 200k steps/s',
      us('W7disk')?.perSec,
      (rate) => rate >= 200_000,
      (rate) => `${rateText(rate)} steps/s`
    )
  ]
}

function aheadOfStateful(figuresOf: FiguresOf, workload: string): TargetResult {
  const target = `${workload} 5 times ahead of every peer that keeps state per run`
  const own = figuresOf(ours, workload)
  const others = statePerRun.flatMap((peer) => {
    const figures = figuresOf(peer, workload)
    return own && figures ? [{ peer, times: own.perSec / figures.perSec }] : []
  })
  const [nearest] = others.toSorted((one, other) => one.times - other.times)
  if (!nearest) return { target, met: undefined, measured: 'not measured' }
  return { target, met: nearest.times >= 5, measured: `${ratioText(nearest.times)} times ${nearest.peer}, the nearest` }
}

/** Microseconds of ours against a peer's: less is better. */
function times(target: string, own: number | undefined, other: number | undefined): TargetResult {
  if (own === undefined || other === undefined) return { target, met: undefined, measured: 'not measured' }
  return { target, met: own < other, measured: `${own} µs against ${other} µs` }
}

function limit(
  target: string,
  value: number | undefined,
  met: (value: number) => boolean,
  say: (value: number) => string
): TargetResult {
  if (value === undefined) return { target, met: undefined, measured: 'not measured' }
  return { target, met: met(value), measured: say(value) }
}
