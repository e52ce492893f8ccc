import type { DateValue, EmailRecipient, FileReference, TemplateValue, Value, ValueRecord } from './value.ts'

/** What a value may be when it is not a list. `Template` only occurs as the type of a step input. */
export type ItemType = 'Text' | 'Number' | 'Boolean' | 'Date' | 'File' | 'Email' | 'Record' | 'Template' | 'Any'

/** The type of an input, an output or a flow variable, written as people read it. */
export type ValueType = ItemType | `List of ${ItemType}`

interface ItemValues {
  Text: string
  Number: number
  Boolean: boolean
  Date: DateValue
  File: FileReference
  Email: EmailRecipient
  Record: ValueRecord
  Template: TemplateValue
  Any: Value
}

/** The TypeScript type of the values of a value type. */
export type ValueOf<T extends ValueType> = T extends `List of ${infer I extends ItemType}`
  ? readonly ItemValues[I][]
  : T extends ItemType
    ? ItemValues[T]
    : never

/** All types that are not lists, in the order in which people are offered them. */
export const itemTypes: readonly ItemType[] = [
  'Text',
  'Number',
  'Boolean',
  'Date',
  'File',
  'Email',
  'Record',
  'Template',
  'Any'
]

const itemTypesOfLists: ReadonlyMap<ValueType, ItemType> = new Map(itemTypes.map((item) => [`List of ${item}`, item]))

/** The type of the items of a list type; undefined when `type` is no list. */
export function itemTypeOf(type: ValueType): ItemType | undefined {
  return itemTypesOfLists.get(type)
}

/** Whether `text` is the name of a value type. */
export function isValueType(text: string): text is ValueType {
  return itemTypes.some((item) => text === item || text === `List of ${item}`)
}
