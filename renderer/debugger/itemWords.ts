import type { StepDefinition } from '../../engine/index.ts'
import type { StepWords } from '../timeline/stepWords.ts'
import type { ItemState } from './itemRows.ts'

/** How one speaks of the items of a kind of step. */
export interface ItemWords extends StepWords {
  /** The head of their column: 'Address'. */
  readonly column: string
  /** What is being worked on: 'mail'. */
  readonly unit: string
  readonly states: Readonly<Record<ItemState, string>>
}

const mails = {
  column: 'Address',
  unit: 'mail',
  item: 'Recipient',
  failed: 'refused',
  states: { done: 'Accepted', failed: 'Refused', running: 'Sending', queued: 'Queued', stopped: 'Not sent' }
} as const

const items = {
  column: 'Item',
  unit: 'item',
  item: 'Item',
  failed: 'failed',
  states: { done: 'Done', failed: 'Failed', running: 'Running', queued: 'Queued', stopped: 'Not done' }
} as const

/** The words for the items of a step; those of mails for steps that send some. */
export function itemWords(definition: StepDefinition | undefined): ItemWords {
  return { ...(definition?.category === 'Mail' ? mails : items), icon: definition?.icon ?? 'unplug' }
}
