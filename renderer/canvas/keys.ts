import type { StepId } from '../../engine/index.ts'
import type { Drawing } from '../drawing/drawing.ts'
import type { DrawnStep } from '../drawing/drawnStep.ts'
import { measures } from '../drawing/measures.ts'
import { type Selection, isEmpty, nothingSelected, selectSteps } from '../editor/selection.ts'
import type { Linking } from './linking.svelte.ts'
import { neighbour, vectorOf } from './neighbours.ts'

/** The part of a keyboard event that counts. */
export type Key = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>

/** A handle or a step that has the keyboard focus. */
export interface Focused {
  readonly step: StepId
  /** The outcome of the focused handle, 'reply' for a Go Async's; absent when the step itself has the focus. */
  readonly handle?: { readonly outcome: string | undefined }
}

/** What the keys of the canvas work on. */
export interface KeyTarget {
  readonly drawing: Drawing
  readonly selection: Selection
  readonly readonly: boolean
  readonly linking: Linking
  focus(step: StepId): void
  select(selection: Selection): void
  open(step: StepId): void
  /** Moves the selected steps by so many pixels. */
  move(dx: number, dy: number): void
  remove(selection: Selection): void
  disconnect(step: StepId, outcome: string): void
  /** Takes the connection that `linking` describes. */
  link(): void
}

const far = 64

/** Does what a key means on the canvas. Answers whether it meant anything. */
export function pressKey(event: Key, focused: Focused | undefined, target: KeyTarget): boolean {
  if (target.linking.link) return pressWhileLinking(event, target)
  if (event.altKey) return false
  if (event.ctrlKey || event.metaKey) return event.key.toLowerCase() === 'a' && selectAll(target)
  if (event.key === 'Escape') {
    if (isEmpty(target.selection)) return false
    target.select(nothingSelected)
    return true
  }
  if (focused?.handle) return pressOnHandle(event, focused.step, focused.handle.outcome, target)
  if (event.key === 'Delete' || event.key === 'Backspace') return remove(focused, target)
  const drawn = focused && target.drawing.steps.get(focused.step)
  return drawn !== undefined && pressOnStep(event, drawn, target)
}

function pressOnStep(event: Key, drawn: DrawnStep, target: KeyTarget): boolean {
  const { id } = drawn.step
  const selected = target.selection.steps.includes(id)
  if (event.key === 'Enter') {
    if (!selected) target.select(selectSteps(id))
    target.open(id)
    return true
  }
  if (event.key === ' ') {
    target.select(selected ? nothingSelected : selectSteps(id))
    return true
  }
  const vector = vectorOf(event.key)
  if (!vector) return false
  if (selected && !target.readonly) {
    const by = event.shiftKey ? far : measures.grid
    target.move(vector.x * by, vector.y * by)
    return true
  }
  const next = neighbour(target.drawing.steps.values(), drawn, vector)
  if (next) target.focus(next)
  return true
}

function pressOnHandle(event: Key, step: StepId, outcome: string | undefined, target: KeyTarget): boolean {
  if (target.readonly) return false
  const drawn = target.drawing.steps.get(step)
  if (event.key === 'Enter' || event.key === ' ') {
    const start = outcome === undefined ? drawn?.reply : drawn?.outcomes.find(({ name }) => name === outcome)
    if (drawn && start) target.linking.begin(drawn, outcome, start, target.drawing.steps.values())
    return true
  }
  if (event.key !== 'Delete' && event.key !== 'Backspace') return false
  if (outcome !== undefined) target.disconnect(step, outcome)
  return true
}

function pressWhileLinking(event: Key, target: KeyTarget): boolean {
  const { linking } = target
  if (event.key === 'Enter' || event.key === ' ') target.link()
  else if (event.key === 'Escape') linking.end()
  else if (event.key === 'Tab') linking.move(event.shiftKey ? -1 : 1)
  else {
    const vector = vectorOf(event.key)
    if (!vector) return false
    const chosen = linking.target === undefined ? undefined : target.drawing.steps.get(linking.target)
    const targets = (linking.link?.targets ?? []).flatMap((id) => target.drawing.steps.get(id) ?? [])
    const next = chosen && neighbour(targets, chosen, vector)
    if (next) linking.choose(next)
  }
  return true
}

function selectAll(target: KeyTarget): boolean {
  target.select({
    steps: [...target.drawing.steps.keys()],
    connections: [...target.drawing.lines.values()].map(({ connection: { from, outcome } }) => ({ from, outcome }))
  })
  return true
}

function remove(focused: Focused | undefined, target: KeyTarget): boolean {
  if (target.readonly) return false
  const selection = isEmpty(target.selection) && focused ? selectSteps(focused.step) : target.selection
  if (isEmpty(selection)) return false
  target.remove(selection)
  return true
}

/** What has the keyboard focus, as `pressKey` needs it; undefined when it is no step and no handle. */
export function focusedIn(element: EventTarget | null): Focused | undefined {
  if (!(element instanceof HTMLElement)) return undefined
  const step = element.closest<HTMLElement>('.svelte-flow__node')?.dataset['id']
  if (step === undefined) return undefined
  const handle = element.closest<HTMLElement>('[data-outcome], [data-reply]')
  return handle ? { step, handle: { outcome: handle.dataset['outcome'] } } : { step }
}
