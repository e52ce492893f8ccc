/** Sizes of the drawing in pixels at 100 %, from the border box of a step. Kept in step with the tokens in ui/tokens.css. */
export const measures = {
  /** Positions snap to it, and the bank lies on it. */
  grid: 8,
  step: { w: 208, head: 48, row: 24, foot: 8 },
  start: { w: 88, h: 48 },
  end: { w: 136, h: 48 },
  /** Across; the pointer hits `hit` pixels. */
  handle: { size: 10, hit: 24 },
  line: {
    /** From a handle to the first turn, and between parallel runs. */
    out: 24,
    /** From the last turn to the middle of the gate: `out` and the half gate with its gap. */
    in: 28,
    corner: 10,
    /** The line ends this far before the middle of the gate, the arrow's tip one pixel later. */
    gap: 4,
    arrow: 8
  },
  bank: { margin: 24, notch: 96, caption: 24, corner: 20 }
} as const

/** The height of a step with so many outcomes. */
export function stepHeight(outcomes: number): number {
  const { head, row, foot } = measures.step
  return head + row * outcomes + foot
}
