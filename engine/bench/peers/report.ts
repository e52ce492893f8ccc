import { rateText, ratioText, tableText } from './figureText.ts'
import { type FiguresOf, peerFigures } from './peerFigures.ts'
import type { PeerLine } from './peerLine.ts'
import { ours } from './peerRuns.ts'
import { targetResults } from './targets.ts'

/** Where and how the figures were taken. */
export interface ReportSetting {
  /** ISO 8601, the day. */
  readonly date: string
  readonly cores: number
  readonly node: string
  readonly rounds: number
}

const columns = ['W1', 'W2', 'W3', 'W3c', 'W4', 'W5', 'W6', 'W7']

/** The figures of all peers beside ours, and how the targets stand, in Markdown. */
export function report(lines: readonly PeerLine[], { date, cores, node, rounds }: ReportSetting): string {
  const figuresOf = peerFigures(lines)
  const peers = [...new Set(lines.map(({ peer }) => peer))]
  const versions = peers.flatMap((peer) => {
    const version = lines.find((line) => line.peer === peer && line.version !== undefined)?.version
    return version === undefined || version === '-' ? [] : [`${peer} ${version}`]
  })
  const targets = targetResults(figuresOf)
  const met = targets.filter((target) => target.met === true).length
  return `Taken on ${date} with Node ${node} on ${cores} cores: the middle of ${rounds} ${rounds === 1 ? 'round' : 'rounds'} in which all take turns, each workload of each
in a process of its own. ${versions.join(', ')}.

Units a second; in brackets how many times as fast as floor-async (W7: as floor-columnar). W6: microseconds until the
reply, p50 / p99. W7: with the heap's growth per step while the journal is held.

${tableText(
  ['', ...columns],
  peers.map((peer) => [
    peer,
    ...columns.map((workload) => {
      const failed = lines.some((line) => line.peer === peer && line.workload === workload && line.error)
      return cell(figuresOf, peer, workload) ?? (failed ? 'failed' : '-')
    })
  ])
)}

Only ours, in the same rounds:

${tableText(['workload', 'measured'], ownRows(figuresOf))}

Targets: ${met} of ${targets.length} met.

${tableText(
  ['', 'target', 'measured'],
  targets.map(({ target, met: reached, measured }) => [
    reached === undefined ? 'not seen' : reached ? 'met' : 'MISSED',
    target,
    measured
  ])
)}`
}

function cell(figuresOf: FiguresOf, peer: string, workload: string): string | undefined {
  const figures = figuresOf(peer, workload)
  if (!figures) return undefined
  if (workload === 'W6') return `${figures.p50us ?? '?'} / ${figures.p99us ?? '?'} µs`
  const floor = figuresOf(workload === 'W7' ? 'floor-columnar' : 'floor-async', workload)
  const ratio = floor ? ` (${ratioText(figures.perSec / floor.perSec)})` : ''
  const bytes = figures.bytesPerStep === undefined ? '' : ` ${figures.bytesPerStep.toFixed(0)} B`
  return `${rateText(figures.perSec)}${ratio}${bytes}`
}

function ownRows(figuresOf: FiguresOf): string[][] {
  const each = figuresOf(ours, 'W2each')
  const file = figuresOf(ours, 'W6file')
  const disk = figuresOf(ours, 'W7disk')
  return [
    ['W2 as For Each', each ? `${rateText(each.perSec)} steps/s` : '-'],
    [
      'W6 on the file host, standard durability',
      file
        ? `${file.p50us ?? '?'} / ${file.p99us ?? '?'} µs; a bare write with fdatasync ${file.syncP50us ?? '?'} / ${file.syncP99us ?? '?'} µs`
        : '-'
    ],
    ['W7 with the journal on disk, standard durability', disk ? `${rateText(disk.perSec)} steps/s` : '-']
  ]
}
