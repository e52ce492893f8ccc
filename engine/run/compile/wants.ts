import type { ValueType } from '../../model/index.ts'

/** By type: what `typeof` says of values that need no conversion to it. Of other types it takes more to know. */
export const wants: Readonly<Partial<Record<ValueType, string>>> = {
  Number: 'number',
  Text: 'string',
  Boolean: 'boolean'
}
