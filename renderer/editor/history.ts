import type { FlowDocument } from '../../engine/index.ts'
import type { Selection } from './selection.ts'

/**
 * A change of the open document. `apply` is pure and gives back the very same document when there is nothing to
 * change. Edits with the same `mergeKey` in a row (typing, arrow keys) are undone together.
 */
export interface Edit {
  /** What it does, for menus: 'Connect Done to Go Async 1'. */
  readonly label: string
  apply(document: FlowDocument): FlowDocument
  readonly mergeKey?: string
  /** What is selected afterwards; the selection stays when absent. */
  select?(document: FlowDocument): Selection
}

/** A document with a selection in it: what undo and redo bring back. */
export interface Moment {
  readonly document: FlowDocument
  readonly selection: Selection
}

/** One undoable change: whole documents, since they share all that did not change. */
export interface Entry {
  readonly label: string
  readonly before: Moment
  readonly after: Moment
  readonly mergeKey?: string
}

/** What was done (last one last), and what was undone (next to redo last). */
export interface History {
  readonly present: Moment
  readonly done: readonly Entry[]
  readonly undone: readonly Entry[]
}

/** How many changes can be undone. */
const depth = 500

export function startHistory(present: Moment): History {
  return { present, done: [], undone: [] }
}

/** The history after an edit; the same history when the edit changed nothing. */
export function edit(history: History, change: Edit): History {
  const document = change.apply(history.present.document)
  if (document === history.present.document) return history
  const after = { document, selection: change.select?.(document) ?? history.present.selection }
  const last = history.done.at(-1)
  const merges = change.mergeKey !== undefined && last?.mergeKey === change.mergeKey && history.undone.length === 0
  const entry: Entry = {
    label: change.label,
    before: merges ? last.before : history.present,
    after,
    ...(change.mergeKey !== undefined && { mergeKey: change.mergeKey })
  }
  const done = merges ? history.done.slice(0, -1) : history.done.slice(1 - depth)
  return { present: after, done: [...done, entry], undone: [] }
}

/** Selecting is no change: it neither makes an entry nor loses what can be redone. */
export function select(history: History, selection: Selection): History {
  return { ...seal(history), present: { ...history.present, selection } }
}

/** Ends the merging: the next edit is undone by itself, even if it has the same merge key. */
export function seal(history: History): History {
  const last = history.done.at(-1)
  if (last?.mergeKey === undefined) return history
  const { mergeKey: _, ...sealed } = last
  return { ...history, done: [...history.done.slice(0, -1), sealed] }
}

export function undo(history: History): History {
  const entry = history.done.at(-1)
  if (!entry) return history
  return { present: entry.before, done: history.done.slice(0, -1), undone: [...history.undone, entry] }
}

export function redo(history: History): History {
  const entry = history.undone.at(-1)
  if (!entry) return history
  return { present: entry.after, done: [...seal(history).done, entry], undone: history.undone.slice(0, -1) }
}
