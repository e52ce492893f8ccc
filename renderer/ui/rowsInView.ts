/** Which rows of a long list are worth drawing, and where the first of them stands. */
export interface RowsInView {
  readonly from: number
  /** Not included. */
  readonly to: number
  /** Pixels from the top of the list. */
  readonly top: number
}

/** The rows that can be seen with the list scrolled `scrolled` pixels in a box `height` pixels high, and a few around. */
export function rowsInView(scrolled: number, height: number, rowHeight: number, count: number): RowsInView {
  const around = 6
  const from = Math.max(0, Math.min(count, Math.floor(scrolled / rowHeight) - around))
  const to = Math.max(from, Math.min(count, Math.ceil((scrolled + height) / rowHeight) + around))
  return { from, to, top: from * rowHeight }
}
