import { type Box, type Point, bottomOf, rightOf } from '../drawing/geometry.ts'

/** Where the drawing lies under the window: a place `p` is seen at `p * zoom + (x, y)`. */
export interface Viewport extends Point {
  readonly zoom: number
}

export interface Size {
  readonly w: number
  readonly h: number
}

export const zoomLimits = { min: 0.05, max: 2 }

/** Air round the drawing, and the strip at the bottom in which zoom bar and map stand. */
const air = 32
const strip = 80

/** The viewport in which all of `bounds` is seen, at 100 % at most. */
export function fitted(bounds: Box, { w, h }: Size): Viewport {
  const across = (w - 2 * air) / Math.max(bounds.w, 1)
  const down = (h - strip - 2 * air) / Math.max(bounds.h, 1)
  const zoom = Math.max(zoomLimits.min, Math.min(1, across, down))
  return {
    x: Math.round(w / 2 - (bounds.x + bounds.w / 2) * zoom),
    y: Math.round((h - strip) / 2 - (bounds.y + bounds.h / 2) * zoom),
    zoom
  }
}

/** The viewport zoomed by `factor` about the middle of the window. */
export function zoomedBy(viewport: Viewport, factor: number, { w, h }: Size): Viewport {
  const zoom = Math.min(zoomLimits.max, Math.max(zoomLimits.min, viewport.zoom * factor))
  const ratio = zoom / viewport.zoom
  return { x: w / 2 - (w / 2 - viewport.x) * ratio, y: h / 2 - (h / 2 - viewport.y) * ratio, zoom }
}

/** The viewport with `point` of the drawing in the middle of the window. */
export function centredOn(point: Point, viewport: Viewport, { w, h }: Size): Viewport {
  const { zoom } = viewport
  return { x: w / 2 - point.x * zoom, y: h / 2 - point.y * zoom, zoom }
}

/** The viewport moved as little as it takes to see all of `box` with some air round it, above the strip at the bottom. */
export function movedTo(box: Box, viewport: Viewport, { w, h }: Size): Viewport {
  const { x, y, zoom } = viewport
  const across = needed(box.x * zoom + x, rightOf(box) * zoom + x, air, w - air)
  const down = needed(box.y * zoom + y, bottomOf(box) * zoom + y, air, h - strip)
  return { x: x + across, y: y + down, zoom }
}

/** How far a span has to move to lie between two limits; one that is too long begins at the first. */
function needed(start: number, end: number, from: number, to: number): number {
  if (start < from || end - start > to - from) return from - start
  return Math.min(0, to - end)
}

/** The part of the drawing that is seen. */
export function visibleIn({ x, y, zoom }: Viewport, { w, h }: Size): Box {
  return { x: -x / zoom, y: -y / zoom, w: w / zoom, h: h / zoom }
}

/** The place of the drawing under a place of the window. */
export function underneath(point: Point, { x, y, zoom }: Viewport): Point {
  return { x: (point.x - x) / zoom, y: (point.y - y) / zoom }
}
