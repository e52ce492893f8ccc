import type { Step } from '../model/index.ts'

/** A step for a flow of a test. */
export const step = (id: string, type: string, name: string, more: Partial<Step> = {}): Step => ({
  id,
  type,
  name,
  settings: {},
  inputs: {},
  ...more
})
