import { describe, expect, it } from 'vitest'
import { keepReport } from './keepReport.ts'
import { peerFigures } from './peerFigures.ts'
import { type PeerLine, peerLineIn } from './peerLine.ts'
import { report } from './report.ts'
import { targetResults } from './targets.ts'

const line = (peer: string, workload: string, figures: Partial<PeerLine>): PeerLine => ({ peer, workload, ...figures })
const setting = { date: '2026-11-24', cores: 2, node: 'v20', rounds: 3 }

const metOf = (lines: readonly PeerLine[], target: string): boolean | undefined =>
  targetResults(peerFigures(lines)).find((one) => one.target === target)?.met

describe('the line of a peer', () => {
  it('is the last one that it printed, under the name of its file', () => {
    const output = 'hello\n{"peer":"xstate 5","workload":"W1","perSec":7}\n'
    expect(peerLineIn('xstate', output)).toEqual({ peer: 'xstate', workload: 'W1', perSec: 7 })
    expect(peerLineIn('xstate', 'hello\n')).toBeUndefined()
  })
})

describe('the targets', () => {
  it('compare the middle of the rounds', () => {
    const lines = [10, 30, 20].map((perSec) => line('tailrace', 'W1', { perSec }))
    expect(metOf([...lines, line('floor-async', 'W1', { perSec: 20 })], 'W1 as fast as floor-async or faster')).toBe(
      true
    )
    expect(metOf([...lines, line('floor-async', 'W1', { perSec: 21 })], 'W1 as fast as floor-async or faster')).toBe(
      false
    )
  })

  it('take the nearest of the peers that keep state per run', () => {
    const lines = [
      line('tailrace', 'W4', { perSec: 100 }),
      line('xstate', 'W4', { perSec: 2 }),
      line('zen', 'W4', { perSec: 21 })
    ]
    const target = 'W4 5 times ahead of every peer that keeps state per run'
    expect(targetResults(peerFigures(lines)).find((one) => one.target === target)).toMatchObject({
      met: false,
      measured: '4.76 times zen, the nearest'
    })
  })

  it('are not said to be met when a figure is missing', () => {
    expect(targetResults(peerFigures([])).map(({ met }) => met)).not.toContain(true)
    expect(metOf([line('tailrace', 'W4', { perSec: 1 })], 'W4 ahead of rete')).toBeUndefined()
  })
})

describe('the report', () => {
  const lines = [
    line('floor-async', 'W1', { perSec: 30_000_000, version: '-' }),
    line('rete', 'W1', { perSec: 150_000, version: '2.1.1' }),
    line('rete', 'W7', { na: 'no history' }),
    line('rete', 'W2', { error: 'no result within 60 s' }),
    line('tailrace', 'W1', { perSec: 45_000_000, version: '0.1.0' }),
    line('tailrace', 'W6', { perSec: 250_000, p50us: 4, p99us: 60.5 })
  ]
  const text = report(lines, setting)

  it('has a row for each peer with rates and ratios', () => {
    expect(text).toMatch(/^\| tailrace +\| 45\.0M \(1\.50\) +\|/m)
    expect(text).toMatch(/^\| rete +\| 150k \(1\/200\) +\| failed +\| - +\|/m)
    expect(text).toContain('4 / 60.5 µs')
    expect(text).toContain('rete 2.1.1, tailrace 0.1.0')
  })

  it('says of each target whether it is met, missed or not seen', () => {
    expect(text).toMatch(/^\| met +\| W1 as fast as floor-async or faster +\| 1\.50 times floor-async/m)
    expect(text).toMatch(/^\| not seen +\| W4 ahead of rete +\| not measured/m)
  })

  it('is kept in the page between the marks, and only there', () => {
    const page = (inside: string): string =>
      `before\n\n<!-- figures: written by npm run bench -- --peers FOLDER -->\n\n${inside}\n\n<!-- end of figures -->\nafter\n`
    expect(keepReport(page('old'), 'new')).toBe(page('new'))
    expect(() => keepReport('no marks', 'new')).toThrow('The page has no lines')
  })
})
