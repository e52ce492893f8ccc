/** A place on the canvas, in pixels at 100 %. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** An upright rectangle: top left corner and size. */
export interface Box extends Point {
  readonly w: number
  readonly h: number
}

export const rightOf = (box: Box): number => box.x + box.w
export const bottomOf = (box: Box): number => box.y + box.h

/** The box with `by` pixels more on every side. */
export function grow(box: Box, by: number): Box {
  return { x: box.x - by, y: box.y - by, w: box.w + 2 * by, h: box.h + 2 * by }
}

/** The smallest box whose edges lie on multiples of `step` and that holds `box`. */
export function outwardTo(step: number, box: Box): Box {
  const x = Math.floor(box.x / step) * step
  const y = Math.floor(box.y / step) * step
  return { x, y, w: Math.ceil(rightOf(box) / step) * step - x, h: Math.ceil(bottomOf(box) / step) * step - y }
}

/** Whether two boxes share an area; touching edges do not count. */
export function overlap(a: Box, b: Box): boolean {
  return a.x < rightOf(b) && b.x < rightOf(a) && a.y < bottomOf(b) && b.y < bottomOf(a)
}

/** Whether `inner` lies in `outer`, edges included. */
export function contains(outer: Box, inner: Box): boolean {
  return (
    outer.x <= inner.x && outer.y <= inner.y && rightOf(inner) <= rightOf(outer) && bottomOf(inner) <= bottomOf(outer)
  )
}

/** The box between two points. */
export function between(a: Point, b: Point): Box {
  return { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), w: Math.abs(a.x - b.x), h: Math.abs(a.y - b.y) }
}

/** The smallest box that holds all `boxes`; undefined when there are none. */
export function boundsOf(boxes: Iterable<Box>): Box | undefined {
  let bounds: { left: number; top: number; right: number; bottom: number } | undefined
  for (const box of boxes) {
    bounds ??= { left: box.x, top: box.y, right: rightOf(box), bottom: bottomOf(box) }
    bounds.left = Math.min(bounds.left, box.x)
    bounds.top = Math.min(bounds.top, box.y)
    bounds.right = Math.max(bounds.right, rightOf(box))
    bounds.bottom = Math.max(bounds.bottom, bottomOf(box))
  }
  return bounds && { x: bounds.left, y: bounds.top, w: bounds.right - bounds.left, h: bounds.bottom - bounds.top }
}
