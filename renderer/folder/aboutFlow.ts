import type { FlowEntry } from '../../electron/ipc/contract.ts'
import { editedText } from './editedText.ts'

/** What is known about a flow's place in the view. */
export interface FlowView {
  /** The name of its folder, when that is not the one shown. */
  readonly inside: string | undefined
  /** Where the search found something. */
  readonly found: string | undefined
  readonly everRun: boolean
  readonly now: Date
}

/** The line under a flow's name: '5 steps · edited today 10:41', '6 steps · in Maintenance', '7 steps · never run'. */
export function aboutFlow(flow: FlowEntry, view: FlowView): string {
  const steps = flow.document?.flow.steps.length
  const count = steps === undefined ? undefined : steps === 1 ? '1 step' : `${steps} steps`
  const edited = `edited ${editedText(new Date(flow.editedAt), view.now)}`
  const place = view.found ?? (view.inside === undefined ? undefined : `in ${view.inside}`)
  const never = flow.document && !view.everRun ? 'never run' : undefined
  const draft = flow.hasDraft ? 'unsaved edits kept' : undefined
  return [count, place, never ?? (place === undefined ? edited : undefined), draft]
    .filter((part) => part !== undefined)
    .join(' · ')
}
