import { describe, expect, it } from 'vitest'
import { openingBounds } from './windowBounds.ts'

const display = { x: 0, y: 0, width: 1920, height: 1080 }
const second = { x: 1920, y: 0, width: 1280, height: 1024 }

describe('openingBounds', () => {
  it('opens in the middle of the main display at first', () => {
    expect(openingBounds(undefined, [display])).toEqual({ x: 240, y: 90, width: 1440, height: 900 })
  })

  it('opens where the window was, also on the second display', () => {
    const kept = { x: 2000, y: 50, width: 1000, height: 700 }
    expect(openingBounds(kept, [display, second])).toEqual(kept)
  })

  it('comes back to the main display when the other one is gone', () => {
    const kept = { x: 2000, y: 50, width: 1000, height: 700 }
    expect(openingBounds(kept, [display])).toEqual({ x: 460, y: 190, width: 1000, height: 700 })
  })

  it('comes back when only a corner or nothing of the title bar can be reached', () => {
    for (const at of [
      { x: 1900, y: 0 },
      { x: -950, y: 0 },
      { x: 0, y: -20 },
      { x: 0, y: 1075 }
    ])
      expect(openingBounds({ ...at, width: 1000, height: 700 }, [display])).toMatchObject({ x: 460, y: 190 })
  })

  it('is never bigger than the display and never tiny', () => {
    expect(openingBounds({ x: 0, y: 0, width: 9000, height: 9000 }, [display])).toEqual({ ...display })
    expect(openingBounds({ x: 0, y: 0, width: 10, height: 10 }, [display])).toMatchObject({ x: 480, y: 240 })
    expect(openingBounds(undefined, [{ x: 0, y: 0, width: 800, height: 500 }])).toMatchObject({
      width: 800,
      height: 500
    })
  })
})
