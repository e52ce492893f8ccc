import type { Failure, ValueRecord } from '../../model/index.ts'
import type { SettledState } from '../journal/event.ts'

/** How a caller gets control back. */
export type RunReply =
  | { readonly kind: 'replied'; readonly outcome: string; readonly outputs: ValueRecord }
  | { readonly kind: 'failed'; readonly error: Failure }
  | { readonly kind: 'cancelled' }

/** How a run stands once nothing of it is running any more. `suspended`: here; another process is to go on with it. */
export interface Settled {
  readonly state: SettledState | 'suspended'
  readonly error?: Failure
}
