/** A stretch of time, in milliseconds since the run started. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** What the person looks at. With a `head` the drawing is broken: the time until after the reply, then the rest. */
export interface View {
  readonly head?: Range
  readonly rest: Range
}

/** One linear part of the drawing: `range` is drawn from `x` over `width` pixels. */
export interface Piece extends Range {
  readonly x: number
  readonly width: number
}

/** Where times stand on a drawing `width` pixels wide. */
export interface Scale {
  readonly width: number
  readonly pieces: readonly [Piece] | readonly [head: Piece, rest: Piece]
}

/** Width of the drawing break between the two pieces, in pixels. */
export const breakWidth = 24

const headWidth = 360

/** The scale that shows `view`. */
export function makeScale(view: View, width: number): Scale {
  const { head, rest } = view
  if (!head) return { width, pieces: [{ ...rest, x: 0, width }] }
  const first = Math.max(1, Math.min(headWidth, Math.round(width * 0.3)))
  const x = first + breakWidth
  return {
    width,
    pieces: [
      { ...head, x: 0, width: first },
      { ...rest, x, width: Math.max(1, width - x) }
    ]
  }
}

/** Where the break begins; undefined when the drawing has none. */
export function breakAt(scale: Scale): number | undefined {
  const [head, rest] = scale.pieces
  return rest && head.width
}

/** Where `time` stands. A time that neither piece shows stands in the break, or a little outside the drawing. */
export function xOf(scale: Scale, time: number): number {
  const [first, rest] = scale.pieces
  if (!rest) return clamp(along(first, time), -outside, scale.width + outside)
  if (time <= first.to) return Math.max(-outside, along(first, time))
  const x = along(rest, time)
  return x < rest.x ? rest.x - breakWidth / 2 : Math.min(x, scale.width + outside)
}

/** The time at `x`, the opposite of `xOf`. */
export function timeAt(scale: Scale, x: number): number {
  const [first, rest] = scale.pieces
  const piece = rest && x >= first.width ? rest : first
  const time = piece.from + ((x - piece.x) / piece.width) * (piece.to - piece.from)
  return rest && piece === rest ? Math.max(time, first.to) : Math.max(0, time)
}

/** How far the two pieces may go: until after the reply, and to the end of what there is. */
export interface Limits {
  readonly head: number
  readonly end: number
}

/** The view with the piece under `x` magnified by `factor` (over 1: closer) about the time there. */
export function zoomView(view: View, scale: Scale, x: number, factor: number, limits: Limits): View {
  return changePiece(view, scale, x, limits, (range, piece) => {
    const share = clamp((x - piece.x) / piece.width, 0, 1)
    const span = Math.max((range.to - range.from) / factor, shortest)
    const from = range.from + share * (range.to - range.from) - share * span
    return { from, to: from + span }
  })
}

/** The view with the piece under `x` moved so that the drawing goes `pixels` to the left. */
export function panView(view: View, scale: Scale, x: number, pixels: number, limits: Limits): View {
  return changePiece(view, scale, x, limits, (range, piece) => {
    const time = (pixels / piece.width) * (range.to - range.from)
    return { from: range.from + time, to: range.to + time }
  })
}

/** Whether the run is so much longer than its reply that one linear drawing cannot show both. */
export function needsBreak(replyAt: number | undefined, end: number): replyAt is number {
  return replyAt !== undefined && end > 200 * Math.max(replyAt, 0.01)
}

/** The head of a broken drawing: from the start until a good bit after the reply, to a round number. */
export function headRange(replyAt: number): Range {
  const after = Math.max(replyAt, 0.01) * 1.5
  const step = niceStep(after / 6)
  return { from: 0, to: Math.ceil(after / step) * step }
}

/** Everything from the start to `end`, with some room after it, to a round number. */
export function wholeRange(end: number, room = 1.15): Range {
  const step = niceStep(Math.max(end, 1) / 7)
  return { from: 0, to: Math.ceil((Math.max(end, 1) * room) / step) * step }
}

/** `range` kept inside 0 and `end`, its span kept unless that is longer than all there is. */
export function keepInside(range: Range, end: number): Range {
  const span = Math.min(range.to - range.from, end)
  const from = clamp(range.from, 0, end - span)
  return { from, to: from + span }
}

/** The smallest round step of time that is at least `milliseconds`: 1, 2, 4, 10 ... ms; 1, 2, 5, 10, 20, 30 s; 1, 2, 5 min. */
export function niceStep(milliseconds: number): number {
  const found = niceSteps.find((step) => step >= milliseconds)
  return found ?? Math.ceil(milliseconds / day) * day
}

const outside = 60
const shortest = 0.02
const day = 86_400_000
const [second, minute, hour] = [1000, 60_000, 3_600_000]
const niceSteps = [
  ...[0.01, 0.02, 0.04, 0.1, 0.2, 0.4, 1, 2, 4, 10, 20, 40, 100, 200, 500],
  ...[1, 2, 5, 10, 20, 30].map((n) => n * second),
  ...[1, 2, 5, 10, 20, 30].map((n) => n * minute),
  ...[1, 2, 4, 6, 12].map((n) => n * hour)
]

const along = (piece: Piece, time: number): number =>
  piece.x + ((time - piece.from) / (piece.to - piece.from)) * piece.width

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), Math.max(low, high))

function changePiece(
  view: View,
  scale: Scale,
  x: number,
  limits: Limits,
  change: (range: Range, piece: Piece) => Range
): View {
  const [first, rest] = scale.pieces
  if (!view.head || !rest) return { rest: keepInside(change(view.rest, first), limits.end) }
  if (x < first.width) return { ...view, head: keepInside(change(view.head, first), limits.head) }
  return { ...view, rest: keepInside(change(view.rest, rest), limits.end) }
}
