import { type ValueType, itemTypes } from '../../engine/index.ts'

/** The types that a value of a flow may have, in the order in which they are offered. */
export const valueTypes: readonly ValueType[] = itemTypes
  .filter((item) => item !== 'Template')
  .flatMap((item): ValueType[] => [item, `List of ${item}`])
