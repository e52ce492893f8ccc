import {
  type InputDefinition,
  type Mapping,
  type Value,
  type ValueType,
  formatPath,
  itemTypeOf,
  mappingKinds,
  parsePath,
  pathText
} from '../../engine/index.ts'

/** A way to give an input its value, as the menu beside its name offers it. */
export type MappingChoice = Exclude<Mapping['kind'], 'merge'> | 'merge-text' | 'merge-html'

export const choiceTitles: Readonly<Record<MappingChoice, string>> = {
  constant: mappingKinds.constant.title,
  select: mappingKinds.select.title,
  'merge-text': mappingKinds.merge.title,
  'merge-html': `${mappingKinds.merge.title}, HTML`,
  expression: mappingKinds.expression.title,
  record: mappingKinds.record.title,
  list: mappingKinds.list.title,
  script: mappingKinds.script.title,
  null: mappingKinds.null.title,
  ignore: mappingKinds.ignore.title,
  unset: mappingKinds.unset.title
}

const textual: readonly ValueType[] = ['Text', 'Template', 'Email', 'List of Email', 'File', 'Any']

/** The ways that make sense for an input. */
export function choicesFor(input: InputDefinition): readonly MappingChoice[] {
  const { type } = input
  return [
    'constant',
    'select',
    ...(textual.includes(type) ? (['merge-text'] as const) : []),
    ...(type === 'Template' && input.multiline ? (['merge-html'] as const) : []),
    'expression',
    ...(holdsRecord(type) ? (['record'] as const) : []),
    ...(type === 'Any' || itemTypeOf(type) !== undefined ? (['list'] as const) : []),
    'script',
    ...(input.required ? [] : (['null', 'ignore'] as const)),
    'unset'
  ]
}

const holdsRecord = (type: ValueType): boolean => type === 'Any' || type === 'Record' || type === 'Email'

export function choiceOf(mapping: Mapping): MappingChoice {
  if (mapping.kind !== 'merge') return mapping.kind
  return mapping.format === 'html' ? 'merge-html' : 'merge-text'
}

/** The way that most people want for a type: what the form shows while nothing is chosen. */
export function usualChoice(input: InputDefinition): MappingChoice {
  if (input.type === 'Template') return 'merge-text'
  if (input.document) return 'constant'
  if (input.type === 'Boolean') return 'expression'
  if (input.type === 'Record' || input.type === 'Any' || itemTypeOf(input.type) !== undefined) return 'select'
  return 'constant'
}

/** The mapping after choosing another way: what was chosen before stays where both ways have a word for it. */
export function changeChoice(mapping: Mapping, choice: MappingChoice, type: ValueType): Mapping {
  const text =
    mapping.kind === 'merge'
      ? mapping.template
      : mapping.kind === 'constant' && typeof mapping.value === 'string'
        ? mapping.value
        : undefined
  switch (choice) {
    case 'unset':
    case 'ignore':
    case 'null':
      return { kind: choice }
    case 'select':
      return mapping.kind === 'select' ? mapping : { kind: 'select', path: readsOnly(mapping) ?? '' }
    case 'merge-text':
    case 'merge-html': {
      const field = mapping.kind === 'select' && mapping.path !== '' ? `{{${mapping.path}}}` : ''
      return { kind: 'merge', template: text ?? field, format: choice === 'merge-html' ? 'html' : 'text' }
    }
    case 'constant':
      return mapping.kind === 'constant' ? mapping : { kind: 'constant', value: text ?? emptyOf(type) }
    case 'expression':
      return mapping.kind === 'expression' ? mapping : { kind: 'expression', source: sourceOf(mapping) }
    case 'script':
      return mapping.kind === 'script' ? mapping : { kind: 'script', source: `return ${sourceOf(mapping) || 'null'}` }
    case 'record':
      return mapping.kind === 'record' ? mapping : { kind: 'record', fields: fieldsOf(mapping) }
    case 'list':
      return mapping.kind === 'list' ? mapping : { kind: 'list', items: itemsOf(mapping) }
  }
}

/** The path of an expression that is nothing but one. */
function readsOnly(mapping: Mapping): string | undefined {
  if (mapping.kind !== 'expression' || !/^[A-Za-z_][\w.-]*$/.test(mapping.source)) return undefined
  return formatPath(mapping.source.split('.'))
}

/** What an expression says instead of the mapping; empty where there is no word for it. */
function sourceOf(mapping: Mapping): string {
  switch (mapping.kind) {
    case 'select':
      return mapping.path === '' ? '' : pathText(parsePath(mapping.path))
    case 'constant':
      return mapping.value === '' || mapping.value === null ? '' : JSON.stringify(mapping.value)
    case 'expression':
      return mapping.source
    default:
      return ''
  }
}

function fieldsOf(mapping: Mapping): { readonly [name: string]: Mapping } {
  const value = mapping.kind === 'constant' ? mapping.value : null
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {}
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, constant(field)]))
}

function itemsOf(mapping: Mapping): readonly Mapping[] {
  if (mapping.kind === 'constant' && Array.isArray(mapping.value))
    return (mapping.value as readonly Value[]).map(constant)
  return mapping.kind === 'unset' ? [] : [mapping]
}

const constant = (value: Value): Mapping => ({ kind: 'constant', value })

/** What a constant of a type begins with. */
export function emptyOf(type: ValueType): Value {
  if (itemTypeOf(type) !== undefined) return []
  switch (type) {
    case 'Number':
      return 0
    case 'Boolean':
      return false
    case 'Text':
    case 'Template':
    case 'Email':
    case 'File':
    case 'Any':
      return ''
    default:
      return null
  }
}
