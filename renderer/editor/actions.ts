import {
  type Connection,
  type Fix,
  type FlowDocument,
  type Layout,
  type StepDefinition,
  type StepId,
  disconnect,
  duplicateSteps,
  moveSteps,
  removeConnections,
  removeSteps,
  renameStep,
  setSetting,
  stepOf,
  whyNotConnect
} from '../../engine/index.ts'
import type { Point } from '../drawing/geometry.ts'
import { copySteps, offset, pasteSteps } from './clipboard.ts'
import { connectSteps } from './connectSteps.ts'
import { placeStep, placeStepAt } from './placeStep.ts'
import { type Selection, selectSteps } from './selection.ts'
import type { Session } from './session.svelte.ts'

/** Everything people do with steps and connections: one undoable edit each. */

/** Connects; inputs that took their value by themselves are told of. Says why when no connection may lead there. */
export function connectTo(session: Session, connection: Connection): void {
  const { flow, known, definitions } = session
  const refusal = whyNotConnect(flow, definitions, connection.from, connection.to)
  if (refusal !== undefined) {
    session.tell(refusal, 'fail')
    return
  }
  const { mapped } = connectSteps(session.document, connection, known)
  const to = nameOf(session, connection.to)
  session.edit({
    label: `Connect ${connection.outcome} of ${nameOf(session, connection.from)} to ${to}`,
    apply: (document) => connectSteps(document, connection, known).document
  })
  if (mapped.length > 0)
    session.tell(mapped.map(({ input, from }) => `${input} of ${to} now takes ${input} of ${from}.`).join(' '))
}

export function disconnectFrom(session: Session, from: StepId, outcome: string): void {
  session.edit({
    label: `Disconnect ${outcome} of ${nameOf(session, from)}`,
    apply: (document) => disconnect(document, from, outcome)
  })
}

/** Says which End Step the caller gets at a Go Async step. */
export function setCallerOutcome(session: Session, goAsync: StepId, end: StepId): void {
  const step = stepOf(session.flow, goAsync)
  const settings = step && session.definitionOf(step)?.settings
  const name = Object.entries(settings ?? {}).find(([, { kind }]) => kind === 'end-step')?.[0]
  if (name === undefined) return
  session.edit({
    label: `Change ${name} of ${nameOf(session, goAsync)}`,
    apply: (document) => setSetting(document, goAsync, name, end)
  })
}

/** `mergeKey` for moves that belong together, such as by arrow keys. */
export function moveTo(session: Session, positions: Layout, mergeKey?: string): void {
  const ids = Object.keys(positions)
  const what = ids.length === 1 ? nameOf(session, ids[0] ?? '') : `${ids.length} steps`
  session.edit({
    label: `Move ${what}`,
    apply: (document) => moveSteps(document, positions),
    ...(mergeKey !== undefined && { mergeKey })
  })
}

export function renameTo(session: Session, id: StepId, name: string): void {
  session.edit({
    label: `Rename ${nameOf(session, id)} to ${name}`,
    apply: (document) => renameStep(document, id, name)
  })
}

export function applyFix(session: Session, fix: Fix): void {
  session.edit({ label: fix.title, apply: (document) => fix.apply(document) })
}

/** Puts a new step where it was dropped, and selects it. */
export function addAt(session: Session, definition: StepDefinition, at: Point): void {
  show(session, `Add ${definition.title}`, ({ document }) => placeStepAt(document, definition, at))
}

/** Puts a new step behind the selected one and connects it where that makes sense, and selects it. */
export function addAfterSelected(session: Session, definition: StepDefinition): void {
  const after = session.step?.id
  show(session, `Add ${definition.title}`, ({ document, known }) => placeStep(document, definition, after, known))
  const added = session.step
  const way = session.flow.connections.find(({ from, to }) => from === after && to === added?.id)
  if (added && way) session.tell(`${added.name} goes on from ${way.outcome} of ${nameOf(session, way.from)}.`)
}

/** Removes what is given, or what is selected. */
export function deleteSelected(session: Session, selection: Selection = session.selection): void {
  const { steps, connections } = selection
  const what =
    steps.length > 1
      ? `${steps.length} steps`
      : steps[0] !== undefined
        ? nameOf(session, steps[0])
        : connections.length === 1
          ? 'a connection'
          : `${connections.length} connections`
  session.edit({
    label: `Delete ${what}`,
    apply: (document) =>
      removeConnections(removeSteps(document, steps), ({ from, outcome }) =>
        connections.some((end) => end.from === from && end.outcome === outcome)
      )
  })
}

export function duplicateSelected(session: Session): void {
  const { steps } = session.selection
  const { document, copies } = duplicateSteps(session.document, steps, session.definitions, offset)
  if (copies.length === 0) return
  session.edit({
    label: `Duplicate ${copies.length === 1 ? nameOf(session, steps[0] ?? '') : `${copies.length} steps`}`,
    apply: () => document,
    select: () => selectSteps(...copies)
  })
}

/** The selected steps as text; undefined when none is selected. */
export function copySelected(session: Session): string | undefined {
  const text = copySteps(session.document, session.selection.steps)
  if (text !== undefined) session.tell(`${counted(session.selection.steps.length)} copied.`)
  return text
}

/** Puts copied steps in, and selects them. Says so when the text holds none. */
export function pasteText(session: Session, text: string): void {
  const pasted = pasteSteps(session.document, text, session.definitions)
  if (!pasted) {
    session.tell('The clipboard holds no steps. Copy steps of a flow first.', 'fail')
    return
  }
  session.edit({
    label: `Paste ${counted(pasted.copies.length)}`,
    apply: () => pasted.document,
    select: () => selectSteps(...pasted.copies)
  })
}

export function selectAll(session: Session): void {
  session.select({
    steps: session.flow.steps.map(({ id }) => id),
    connections: session.flow.connections.map(({ from, outcome }) => ({ from, outcome }))
  })
}

function show(
  session: Session,
  label: string,
  place: (session: Session) => { readonly document: FlowDocument; readonly step: StepId }
): void {
  const { document, step } = place(session)
  session.edit({ label, apply: () => document, select: () => selectSteps(step) })
}

const nameOf = ({ flow }: Session, id: StepId): string => stepOf(flow, id)?.name ?? id
const counted = (steps: number): string => (steps === 1 ? '1 step' : `${steps} steps`)
