import type { FlowEntry } from '../../electron/ipc/contract.ts'

/** What the Designer Folder has opened a dialog for. */
export type Asking =
  | { readonly kind: 'create' }
  | { readonly kind: 'folder' }
  | { readonly kind: 'rename'; readonly flow: FlowEntry }
  | { readonly kind: 'inputs'; readonly flow: FlowEntry }
  /** The outbox of one run, or of the newest one. */
  | { readonly kind: 'outbox'; readonly run?: string | undefined }
