import type { StepId } from '../../engine/index.ts'
import type { Drawing } from '../drawing/drawing.ts'
import type { DrawnStep } from '../drawing/drawnStep.ts'
import { measures } from '../drawing/measures.ts'
import { linePath } from '../drawing/line.ts'
import { pigmentOf } from '../drawing/pigment.ts'
import type { RunLook, StepState } from './look.ts'
import { type Size, type Viewport, visibleIn } from './viewport.ts'

/** The paths of a drawing, prepared once, for painting at every move of the viewport. */
export interface BlockPaths {
  readonly bank: Path2D | undefined
  readonly lines: Path2D
  readonly water: Path2D
  readonly replies: Path2D
}

export function blockPaths(drawing: Drawing): BlockPaths {
  const lines = new Path2D()
  const water = new Path2D()
  const replies = new Path2D()
  for (const line of drawing.lines.values())
    (line.background ? water : lines).addPath(new Path2D(linePath(line.points)))
  for (const { points } of drawing.replies) replies.addPath(new Path2D(linePath(points)))
  return { bank: drawing.bank && new Path2D(drawing.bank.path), lines, water, replies }
}

/** Gives the colour of a token such as 'water-fill', as the theme has it now. */
export type Colours = (token: string) => string

/** What is painted, and how it is looked at. `ratio` is the number of device pixels per pixel. */
export interface BlockScene {
  readonly drawing: Drawing
  readonly paths: BlockPaths
  readonly run: RunLook | undefined
  readonly selected: ReadonlySet<StepId>
  readonly viewport: Viewport
  readonly size: Size
  readonly ratio: number
}

const outlines: Readonly<Partial<Record<StepState, string>>> = {
  running: 'run',
  waiting: 'wait',
  retrying: 'wait',
  paused: 'ink',
  failed: 'fail',
  replied: 'brass-mark'
}

/** Paints a whole flow seen from afar: blocks of category colour, states as outlines, water with two waterlines. */
export function paintBlocks(context: CanvasRenderingContext2D, scene: BlockScene, colour: Colours): void {
  const { drawing, paths, viewport, ratio, run } = scene
  const px = 1 / viewport.zoom
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.clearRect(0, 0, context.canvas.width, context.canvas.height)
  context.setTransform(viewport.zoom * ratio, 0, 0, viewport.zoom * ratio, viewport.x * ratio, viewport.y * ratio)
  if (paths.bank) paintWater(context, paths.bank, px, colour)

  const stroke = (path: Path2D, token: string): void => {
    context.strokeStyle = colour(token)
    context.lineWidth = px
    context.globalAlpha = 0.75
    context.stroke(path)
    context.globalAlpha = 1
  }
  stroke(paths.lines, 'edge')
  stroke(paths.water, 'water-strong')
  stroke(paths.replies, 'brass-mark')

  const seen = visibleIn(viewport, scene.size)
  for (const drawn of drawing.steps.values()) {
    const { x, y, w, h } = drawn.box
    if (x > seen.x + seen.w || y > seen.y + seen.h || x + w < seen.x || y + h < seen.y) continue
    paintBlock(context, drawn, px, colour)
    const state = run?.steps.get(drawn.step.id)?.state
    const outline = scene.selected.has(drawn.step.id) ? 'ink' : state && outlines[state]
    if (outline !== undefined) paintOutline(context, drawn, px, colour(outline))
    if (drawn.reply) dot(context, drawn.reply.x, drawn.reply.y, 3 * px, colour('brass-mark'))
  }
}

function paintWater(context: CanvasRenderingContext2D, bank: Path2D, px: number, colour: Colours): void {
  context.save()
  context.clip(bank, 'evenodd')
  context.fillStyle = colour('water-fill')
  context.fill(bank, 'evenodd')
  for (const [inside, alpha] of [
    [8, 0.6],
    [3.5, 0.95]
  ] as const) {
    context.strokeStyle = colour('water-line')
    context.globalAlpha = alpha
    context.lineWidth = (2 * inside + 2) * px
    context.stroke(bank)
    context.globalAlpha = 1
    context.strokeStyle = colour('water-fill')
    context.lineWidth = 2 * inside * px
    context.stroke(bank)
  }
  context.restore()
  context.strokeStyle = colour('water-strong')
  context.lineWidth = 1.25 * px
  context.stroke(bank)
}

function paintBlock(context: CanvasRenderingContext2D, drawn: DrawnStep, px: number, colour: Colours): void {
  const { kind, box } = drawn
  context.beginPath()
  context.roundRect(box.x, box.y, box.w, box.h, kind === 'start' || kind === 'end' ? box.h / 2 : 2.5 * px)
  context.fillStyle = colour(kind === 'start' ? 'paper-panel' : `cat-${pigmentOf(drawn)}`)
  context.fill()
  if (kind !== 'start') return
  context.strokeStyle = colour('ink-2')
  context.lineWidth = 1.25 * px
  context.stroke()
}

function paintOutline(context: CanvasRenderingContext2D, { box }: DrawnStep, px: number, style: string): void {
  const gap = 2.5 * px
  context.beginPath()
  context.roundRect(box.x - gap, box.y - gap, box.w + 2 * gap, box.h + 2 * gap, 4 * px)
  context.strokeStyle = style
  context.lineWidth = 2 * px
  context.stroke()
}

function dot(context: CanvasRenderingContext2D, x: number, y: number, r: number, style: string): void {
  context.beginPath()
  context.arc(x, y, Math.max(r, measures.handle.size / 2), 0, 2 * Math.PI)
  context.fillStyle = style
  context.fill()
}
