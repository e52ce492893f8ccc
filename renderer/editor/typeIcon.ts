import { type ValueType, itemTypeOf } from '../../engine/index.ts'

/** The icon of a type of value. */
export function typeIcon(type: ValueType | undefined): string {
  if (type === undefined) return 'braces'
  if (itemTypeOf(type) !== undefined) return 'brackets'
  switch (type) {
    case 'Text':
    case 'Template':
      return 'type'
    case 'Number':
      return 'hash'
    case 'Boolean':
      return 'toggle-left'
    case 'Date':
      return 'calendar'
    case 'File':
      return 'file-text'
    case 'Email':
      return 'at-sign'
    default:
      return 'braces'
  }
}

/** A type in a word, for the edge of a field: a list is just a list there. */
export function typeWord(type: ValueType): string {
  return itemTypeOf(type) === undefined ? type : 'List'
}
