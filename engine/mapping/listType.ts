import { type ItemType, type ValueType, itemTypes } from '../model/index.ts'

/** The type of a list of such items: of one type if they all are. */
export function listTypeOf(types: readonly (ValueType | undefined)[]): ValueType {
  const [first] = types
  const item = first === undefined ? undefined : itemTypes.find((type) => type === first)
  return `List of ${item !== undefined && types.every((type) => type === first) ? item : ('Any' satisfies ItemType)}`
}
