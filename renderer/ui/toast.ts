/** A sentence that comes and goes. */
export interface Toast {
  readonly id: number
  readonly text: string
  readonly tone: 'info' | 'done' | 'fail'
  /** What can still be done about it, such as Undo. */
  readonly action?: { readonly label: string; readonly run: () => void } | undefined
}
