import type { Fix, Problem } from './problem.ts'

/** Takes one problem that a check has found. */
export type Report = (problem: Omit<Problem, 'flow' | 'fixes'> & { readonly fixes?: readonly Fix[] }) => void
