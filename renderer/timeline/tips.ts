import { formatCount } from '../ui/formatCount.ts'
import { formatDuration } from '../ui/formatDuration.ts'
import type { GlyphName } from '../ui/glyphName.ts'
import type { DrawnBar } from './bars.ts'
import type { LaneState, RetryMark } from './lanes.ts'
import type { Count, Counts, FailureMark } from './marks.ts'
import { wasInterrupted } from './interruption.ts'
import { formatMoment } from './moment.ts'
import type { StepWords } from './stepWords.ts'

/** What hovering over something in a lane tells. */
export interface Tip {
  readonly glyph: GlyphName
  readonly title: string
  readonly text: string
}

const words: Record<LaneState, string> = {
  running: 'running',
  waiting: 'waiting',
  retrying: 'tried again soon',
  done: 'done',
  failed: 'failed',
  cancelled: 'stopped',
  kept: 'interrupted'
}

/** What a bar is: its step, when it began and how long it took; of several, how many and until when. */
export function barTip({ bars, state }: DrawnBar, now: number): Tip {
  const [first] = bars
  const last = bars.at(-1) ?? first
  const end = last.to ?? now
  if (bars.length > 1) {
    const text = `${formatMoment(first.from)} to ${formatMoment(end)}`
    return { glyph: state, title: `${formatCount(bars.length)} steps`, text }
  }
  const word = state === 'done' && first.visit.outcome !== undefined ? first.visit.outcome : words[state]
  const took = `${formatDuration(end - first.from)} from ${formatMoment(first.from)}`
  const reason = first.visit.error && !wasInterrupted(first.visit) ? ` · ${first.visit.error.message}` : ''
  return { glyph: state, title: first.name, text: `${word} · ${took}${reason}` }
}

/** Which step is tried again, when it failed and why. */
export function retryTip({ name, tries, at, reason }: RetryMark): Tip {
  return { glyph: 'retrying', title: `${name}, ${tries}`, text: `${formatMoment(at)} · ${reason}` }
}

/** Which item failed, when and why. */
export function failureTip({ item }: FailureMark, { item: noun, failed }: StepWords): Tip {
  const reason = item.detail ?? item.label
  return {
    glyph: 'failed',
    title: `${noun} ${formatCount(item.index + 1)} ${failed}`,
    text: `${formatMoment(item.at)} · ${reason}`
  }
}

/** How many items there were in one stretch of time. */
export function countTip({ done, failed }: Count, { step }: Counts, at: number): Tip {
  const text = `in ${formatDuration(step)} at ${formatMoment(at)}`
  if (done === 0) return { glyph: 'failed', title: `${formatCount(failed)} failed`, text }
  const others = failed > 0 ? ` · ${formatCount(failed)} failed` : ''
  return { glyph: 'done', title: `${formatCount(done)} done${others}`, text }
}
