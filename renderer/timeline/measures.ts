import type { Lane } from './lanes.ts'

/** Measures of the timeline in pixels; those the style sheets need too stand in ui/tokens.css. */
export const laneHeight = 48
export const busyLaneHeight = 80
export const barHeight = 20
/** Where the marks of a busy lane stand. */
export const marksLine = 68
/** Between the bank of a background lane and its first bar. */
export const shore = 6

export const heightOf = (lane: Lane): number => (lane.busy ? busyLaneHeight : laneHeight)

/** The upper edge of a lane's bars. */
export const barTop = (lane: Lane): number => (lane.busy ? 12 : 14)
