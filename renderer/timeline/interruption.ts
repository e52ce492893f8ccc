import type { Failure } from '../../engine/index.ts'

/** Stands as the error of threads and visits that did not end, but whose run was interrupted: they may still go on. */
export const interruption: Failure = { code: 'interrupted', message: 'Interrupted' }

/** Whether a thread or a visit is one of those. */
export const wasInterrupted = ({ error }: { readonly error?: Failure }): boolean => error === interruption
