import { type ItemType, type ValueType, itemTypeOf } from './valueType.ts'

/**
 * Whether a value of type `from` can be given where `to` is expected, by the rules of `convert`: a run would not fail
 * for its type. What only shows at run time (Any, the fields of a Record) is let through.
 */
export function typeFits(from: ValueType, to: ValueType): boolean {
  if (from === to || from === 'Any' || to === 'Any') return true
  const fromItem = itemTypeOf(from)
  const toItem = itemTypeOf(to)
  if (toItem !== undefined) return itemFits(fromItem ?? bare(from), toItem)
  return fromItem === undefined && itemFits(bare(from), bare(to))
}

function itemFits(from: ItemType, to: ItemType): boolean {
  if (from === to || from === 'Any' || to === 'Any') return true
  switch (to) {
    case 'Text':
      return from === 'Number' || from === 'Boolean'
    case 'Email':
      return from === 'Text' || from === 'Record'
    case 'File':
    case 'Template':
      return from === 'Text'
    case 'Record':
      return from === 'Email' || from === 'File' || from === 'Date'
    case 'Number':
    case 'Boolean':
    case 'Date':
      return false
  }
}

/** The type of a value inside one of type `type`, or undefined when there is nothing of that name in it. */
export function typeInside(type: ValueType, names: readonly string[]): ValueType | undefined {
  const [name, ...rest] = names
  if (name === undefined) return type
  const item = itemTypeOf(type)
  const inner = item === undefined ? fieldType(bare(type), name) : /^\d+$/.test(name) ? item : undefined
  return inner && typeInside(inner, rest)
}

function fieldType(type: ItemType, name: string): ValueType | undefined {
  if (type === 'Any' || type === 'Record') return 'Any'
  if (type === 'Email') return name === 'address' ? 'Text' : 'Any'
  if (type === 'Date') return name === 'iso' ? 'Text' : undefined
  if (type !== 'File') return undefined
  return name === 'size' ? 'Number' : name === 'path' || name === 'name' ? 'Text' : undefined
}

function bare(type: ValueType): ItemType {
  return itemTypeOf(type) ?? (type as ItemType)
}
