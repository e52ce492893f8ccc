import { readAddress } from './emailAddress.ts'
import { dateValue, millisecondsOf, parseMoment } from './moment.ts'
import { type Value, isRecord } from './value.ts'
import { type ItemType, type ValueType, itemTypeOf } from './valueType.ts'

/**
 * `value` as a value of `type`; undefined when it is none. Null stays null. Conversions that lose nothing are made: a
 * single value for a list of one, a text for an e-mail address (several, separated by commas, semicolons or lines, for
 * a list), the path of a file beside the flow for a file, an ISO 8601 text for a date, a number or boolean for a text.
 */
export function convert(value: Value, type: ValueType): Value | undefined {
  if (value === null) return null
  const item = itemTypeOf(type)
  if (item === undefined) return convertItem(value, type as ItemType)
  const given = Array.isArray(value) ? (value as readonly Value[]) : undefined
  if (given && allAre(given, item)) return given
  const list = itemsIn(value, item)
  let converted: Value[] | undefined = list === value ? undefined : []
  for (let index = 0; index < list.length; index++) {
    const one = list[index] ?? null
    const result = one === null ? null : convertItem(one, item)
    if (result === undefined) return undefined
    if (result !== one) converted ??= list.slice(0, index)
    converted?.push(result)
  }
  return converted ?? value
}

/** The values that stand for the items of a list, where `value` is expected to be one. */
export function itemsIn(value: Value, item: ItemType): readonly Value[] {
  if (Array.isArray(value)) return value as readonly Value[]
  if (item !== 'Email' || typeof value !== 'string') return [value]
  return value
    .split(/[,;\n]/)
    .map((text) => text.trim())
    .filter((text) => text !== '')
}

function convertItem(value: Value, type: ItemType): Value | undefined {
  switch (type) {
    case 'Any':
      return value
    case 'Text':
      if (typeof value === 'number' || typeof value === 'boolean') return String(value)
      return typeof value === 'string' ? value : undefined
    case 'Number':
      return typeof value === 'number' ? value : undefined
    case 'Boolean':
      return typeof value === 'boolean' ? value : undefined
    case 'Record':
      return isRecord(value) ? value : undefined
    case 'Date':
      return toDate(value)
    case 'Template':
      return isRecord(value) && value.$type === type ? value : undefined
    case 'File':
      if (typeof value === 'string')
        return { $type: 'File', from: 'folder', path: value, name: value.slice(value.lastIndexOf('/') + 1), size: 0 }
      return isRecord(value) && value.$type === 'File' ? value : undefined
    case 'Email':
      if (typeof value === 'string') return 'address' in readAddress(value) ? { address: value.trim() } : undefined
      return isRecord(value) && typeof value.address === 'string' ? value : undefined
  }
}

/** A moment that a text or a Date names, as all dates are written. */
function toDate(value: Value): Value | undefined {
  const moment = typeof value === 'string' ? parseMoment(value.trim()) : millisecondsOf(value)
  const date = moment === undefined ? null : dateValue(moment)
  if (!date) return undefined
  return isRecord(value) && value.iso === date.iso ? value : date
}

/** What `value` is, in the words of the value types: 'Text', 'List of 3', 'nothing'. */
export function describeType(value: Value): string {
  if (value === null) return 'nothing'
  if (Array.isArray(value)) return `a list of ${value.length.toLocaleString('en')}`
  if (isRecord(value)) return typeof value.$type === 'string' ? value.$type : 'Record'
  return typeof value === 'string' ? 'Text' : typeof value === 'number' ? 'Number' : 'Boolean'
}

/** Whether every item is one that needs no look inside, or null: said of a long list at once. */
function allAre(list: readonly Value[], type: ItemType): boolean {
  switch (type) {
    case 'Any':
      return true
    case 'Number':
      for (const one of list) if (typeof one !== 'number' && one !== null) return false
      return true
    case 'Text':
      for (const one of list) if (typeof one !== 'string' && one !== null) return false
      return true
    case 'Boolean':
      for (const one of list) if (typeof one !== 'boolean' && one !== null) return false
      return true
    default:
      return false
  }
}
