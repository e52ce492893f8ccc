import type { StepId } from '../../engine/index.ts'
import type { DrawnStep } from '../drawing/drawnStep.ts'
import type { Point } from '../drawing/geometry.ts'

/** A connection that is being made by keyboard: where it begins, and the steps it may lead to. */
export interface Link {
  readonly from: StepId
  /** Undefined for the reply of a Go Async step. */
  readonly outcome: string | undefined
  readonly start: Point
  /** Nearest first. */
  readonly targets: readonly StepId[]
  /** The chosen one of `targets`. */
  readonly at: number
}

/** Connecting by keyboard: begun on a handle, a target chosen among the steps, then taken or given up. */
export class Linking {
  #link = $state.raw<Link | undefined>()

  get link(): Link | undefined {
    return this.#link
  }

  /** The step that is chosen at the moment. */
  get target(): StepId | undefined {
    return this.#link?.targets[this.#link.at]
  }

  begin(from: DrawnStep, outcome: string | undefined, start: Point, steps: Iterable<DrawnStep>): void {
    const targets = [...steps].filter((drawn) => mayLead(from, outcome, drawn))
    targets.sort((a, b) => distance(a, start) - distance(b, start))
    const ids = targets.map(({ step }) => step.id)
    this.#link = { from: from.step.id, outcome, start, targets: ids, at: 0 }
  }

  /** Chooses the next target, or the one before. */
  move(by: 1 | -1): void {
    const link = this.#link
    if (!link || link.targets.length === 0) return
    const { length } = link.targets
    this.#link = { ...link, at: (link.at + by + length) % length }
  }

  /** Chooses a target, if the connection may lead there. */
  choose(step: StepId): void {
    const at = this.#link?.targets.indexOf(step) ?? -1
    if (this.#link && at >= 0) this.#link = { ...this.#link, at }
  }

  end(): void {
    this.#link = undefined
  }
}

/** Whether a connection from an outcome, or the reply (outcome undefined), may lead to a step. */
export function mayLead(from: DrawnStep, outcome: string | undefined, to: DrawnStep): boolean {
  if (outcome === undefined) return from.kind === 'go-async' && to.kind === 'end'
  return to.gates.length > 0 && to !== from
}

const distance = ({ box }: DrawnStep, { x, y }: Point): number => Math.abs(box.x - x) + Math.abs(box.y + 24 - y)
