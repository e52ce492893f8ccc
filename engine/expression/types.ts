import { type ItemType, type ValueType, itemTypeOf } from '../model/index.ts'

/** The type of something in an expression; undefined is that of null, which fits everywhere. */
export type KnownType = ValueType | undefined

/** The type of the items of a list; `Any` when `type` is no list. */
export function itemOf(type: KnownType): ItemType {
  return (type === undefined ? undefined : itemTypeOf(type)) ?? 'Any'
}

/** Whether `type` is one of lists. */
export function isListType(type: KnownType): type is `List of ${ItemType}` {
  return type !== undefined && itemTypeOf(type) !== undefined
}

/** Whether nothing is known about what `type` holds. */
export function isOpen(type: KnownType): type is undefined | 'Any' {
  return type === undefined || type === 'Any'
}

/** The type of a list of such items. */
export function listOf(item: KnownType): ValueType {
  return item === undefined || isListType(item) ? 'List of Any' : `List of ${bare(item)}`
}

function bare(type: ValueType): ItemType {
  return itemTypeOf(type) ?? (type as ItemType)
}

/** The type that all of these are; `Any` when they differ. Null is left out. */
export function commonType(types: readonly KnownType[]): KnownType {
  const known = new Set(types.filter((type) => type !== undefined))
  const [only] = known
  return known.size > 1 ? 'Any' : only
}

/** Whether a parameter of the type `to` takes a value of the type `from` as it is, without conversion. */
export function takes(to: ValueType, from: ValueType): boolean {
  if (to === from || to === 'Any' || from === 'Any') return true
  const item = itemTypeOf(to)
  if (item !== undefined) return isListType(from) && takes(item, itemTypeOf(from) ?? 'Any')
  return to === 'Record' && (from === 'Email' || from === 'File' || from === 'Date' || from === 'Template')
}
