import { valueMessages as words } from '../../messages/values.ts'
import { convert, describeType, itemsIn } from './convert.ts'
import { readAddress } from './emailAddress.ts'
import { type Value, isRecord } from './value.ts'
import { type ItemType, type ValueType, itemTypeOf } from './valueType.ts'

/**
 * What `value` is, which `convert` takes for no value of `type`: “the text “x””, or of a list the first item that does not
 * fit; with how to write one of that type where a text was given.
 */
export function describeMismatch(value: Value, type: ValueType): string {
  const item = itemTypeOf(type)
  if (item === undefined) return describeItem(value, type as ItemType)
  const items = itemsIn(value, item)
  const index = items.findIndex((one) => convert(one, item) === undefined)
  const found = describeItem(items[index] ?? null, item)
  const isList = Array.isArray(value) || items.length > 1
  return isList ? words.itemOf(words.listOf(items.length), index + 1, found) : found
}

function describeItem(value: Value, type: ItemType): string {
  if (typeof value === 'string') return describeText(value, type)
  if (typeof value === 'number') return words.theNumber(value)
  if (typeof value === 'boolean') return String(value)
  if (!isRecord(value)) return describeType(value)
  if (type === 'Email') return words.noAddressField
  if (type === 'Date' && value.$type === 'Date' && typeof value.iso === 'string') return words.noMoment(value.iso)
  return words.aValue(describeType(value))
}

function describeText(text: string, type: ItemType): string {
  const found = words.theText(text)
  const bare = text.trim()
  switch (type) {
    case 'Number':
      return bare !== '' && Number.isFinite(Number(bare))
        ? words.inQuotes(found, words.numberMade)
        : words.howToWrite(found, words.numberWritten)
    case 'Boolean':
      return bare === 'true' || bare === 'false'
        ? words.inQuotes(found, words.booleanMade)
        : words.howToWrite(found, words.booleanWritten)
    case 'Date':
      return words.howToWrite(found, words.dateWritten)
    case 'Email': {
      const read = readAddress(text)
      return 'reason' in read ? words.noAddress(found, read.reason) : found
    }
    default:
      return found
  }
}
