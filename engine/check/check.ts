import type { Availabilities } from './data/availability.ts'
import type { DataTypes } from './data/dataTypes.ts'
import type { Fix, Problem } from './problem.ts'
import type { Survey } from './survey.ts'

/** Takes one problem that a check has found. */
export type Report = (problem: Omit<Problem, 'flow' | 'fixes'> & { readonly fixes?: readonly Fix[] }) => void

/** What the checks of data share. */
export interface DataCheck {
  readonly survey: Survey
  readonly types: DataTypes
  readonly availability: Availabilities
  readonly report: Report
}
