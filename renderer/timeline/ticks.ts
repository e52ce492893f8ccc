import { formatClock } from './moment.ts'
import { type Piece, niceStep } from './scale.ts'

/** A line of the ruler; only the long ones have a label. */
export interface Tick {
  readonly x: number
  readonly label?: string
}

const closest = 64

/** The ruler's lines for one piece, at round times, labels at least 64 pixels apart. */
export function ticksOf(piece: Piece): Tick[] {
  const perPixel = (piece.to - piece.from) / piece.width
  if (!(perPixel > 0)) return []
  const step = niceStep(perPixel * closest)
  const parts = partsOf(step)
  const first = Math.ceil((piece.from / step) * parts - 1e-6)
  const last = Math.floor((piece.to / step) * parts + 1e-6)
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const part = first + index
    const x = piece.x + ((part / parts) * step - piece.from) / perPixel
    return part % parts === 0 ? { x, label: label((part / parts) * step, step, piece) } : { x }
  })
}

function label(time: number, step: number, piece: Piece): string {
  if (piece.to >= 1000) return formatClock(time, step < 10 ? 3 : step < 100 ? 2 : step < 1000 ? 1 : 0)
  if (time === 0) return '0'
  return `${Number(time.toFixed(2))} ms`
}

/** Into how many parts short lines divide `step`. */
function partsOf(step: number): number {
  const lead = Number(step.toExponential().charAt(0))
  return lead === 1 || lead === 5 ? 5 : lead === 3 ? 3 : lead === 6 ? 6 : 4
}
