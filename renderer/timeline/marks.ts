import type { Visit } from '../../engine/index.ts'
import { indexAt } from './pace.ts'
import { type Piece, type Scale, niceStep, xOf } from './scale.ts'

type Item = Visit['items'][number]

/** How many items changed in one stretch of time. */
export interface Count {
  readonly x: number
  readonly done: number
  readonly failed: number
  /** Pixels, for the done and the failed ones. */
  readonly heights: readonly [done: number, failed: number]
}

/** The counts of one lane; `step` is the stretch of time that one count covers, in milliseconds. */
export interface Counts {
  readonly step: number
  readonly counts: readonly Count[]
}

/** A failed item, drawn as an octagon on a line. */
export interface FailureMark {
  readonly x: number
  readonly item: Item
}

/** Narrowest distance between counts, in pixels; height of one item, and of the highest count. */
const pitch = 6
const perItem = 3
const highest = 18

/** More marks than this in view are only counted. */
export const mostMarks = 200

/** Counts of the items of `visits` for each piece of the scale, a second each where a second is wide enough. */
export function countItems(visits: readonly Visit[], scale: Scale): Counts[] {
  return scale.pieces.map((piece, index) => {
    const step = niceStep(((piece.to - piece.from) / piece.width) * pitch)
    // The rest of a broken drawing begins at 0 too, but shows only what came after the head.
    const from = index > 0 ? Math.max(piece.from, scale.pieces[0].to) : piece.from
    return { step, counts: countPiece(visits, { ...piece, from }, piece, step) }
  })
}

/** The failed items in view; none when there are so many that counts say more. */
export function failureMarks(visits: readonly Visit[], scale: Scale): FailureMark[] {
  const marks: FailureMark[] = []
  for (const visit of visits)
    for (const item of visit.items) {
      if (item.state !== 'failed') continue
      const x = xOf(scale, item.at)
      if (x < 0 || x > scale.width) continue
      if (marks.length === mostMarks) return []
      marks.push({ x, item })
    }
  return marks
}

function countPiece(
  visits: readonly Visit[],
  range: { from: number; to: number },
  piece: Piece,
  step: number
): Count[] {
  interface Bin {
    done: number
    failed: number
  }
  const bins = new Map<number, Bin>()
  for (const { items } of visits) {
    let last: { readonly key: number; readonly bin: Bin } | undefined
    for (let i = indexAt(items, range.from); i < items.length; i++) {
      const item = items[i]
      if (!item || item.at > range.to) break
      const key = Math.floor(item.at / step)
      if (last?.key !== key) {
        const bin = bins.get(key) ?? { done: 0, failed: 0 }
        bins.set(key, bin)
        last = { key, bin }
      }
      last.bin[item.state]++
    }
  }
  let most = 1
  for (const { done, failed } of bins.values()) most = Math.max(most, done + failed)
  const unit = Math.min(perItem, highest / most)
  const perMillisecond = piece.width / (piece.to - piece.from)
  return [...bins].map(([key, { done, failed }]) => {
    // A little always stays to be seen, however many the others are.
    const failedHeight = failed === 0 ? 0 : Math.max(2, failed * unit)
    const doneHeight = done === 0 ? 0 : Math.max(2, done * unit)
    return {
      x: Math.max(piece.x, piece.x + (key * step - piece.from) * perMillisecond),
      done,
      failed,
      heights: [doneHeight, failedHeight]
    }
  })
}
