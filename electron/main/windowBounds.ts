/** A rectangle on the desktop, in pixels that do not depend on the display's scale. */
export interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** How the window stood when it was closed. */
export interface WindowState {
  readonly bounds: Bounds
  readonly maximized: boolean
}

export const usualSize = { width: 1440, height: 900 }
export const smallestSize = { width: 960, height: 600 }

/** How much of the window must be on a display for people to get hold of it. */
const grip = { width: 160, height: 40 }

/**
 * Where the window opens: where it was, if its title bar can still be reached on one of the displays (work areas, the
 * first one is the main one), else in the middle of the first; never bigger than the display.
 */
export function openingBounds(kept: Bounds | undefined, displays: readonly Bounds[]): Bounds {
  const home = (kept && displays.find((display) => canGrip(kept, display))) ?? displays[0]
  if (!home) return { x: 0, y: 0, ...usualSize }
  const width = clamp(kept?.width ?? usualSize.width, smallestSize.width, home.width)
  const height = clamp(kept?.height ?? usualSize.height, smallestSize.height, home.height)
  if (kept && canGrip(kept, home)) return { x: kept.x, y: kept.y, width, height }
  return {
    x: home.x + Math.round((home.width - width) / 2),
    y: home.y + Math.round((home.height - height) / 2),
    width,
    height
  }
}

function canGrip(window: Bounds, display: Bounds): boolean {
  const width = Math.min(window.x + window.width, display.x + display.width) - Math.max(window.x, display.x)
  const above = window.y >= display.y && window.y + grip.height <= display.y + display.height
  return width >= grip.width && above
}

/** The display wins when it is smaller than the smallest size. */
function clamp(size: number, smallest: number, display: number): number {
  return Math.min(Math.max(size, smallest), display)
}
