import type { InputDefinition, Mapping, ValueType } from '../../engine/index.ts'
import { itemTypeOf, mappingTitles } from '../../engine/index.ts'

/** A way to give an input its value, as the menu beside its name offers it. */
export type MappingChoice = Exclude<Mapping['kind'], 'merge'> | 'merge-text' | 'merge-html'

export const choiceTitles: Readonly<Record<MappingChoice, string>> = {
  ...mappingTitles,
  'merge-text': mappingTitles.merge,
  'merge-html': `${mappingTitles.merge}, HTML`
}

const textual: readonly ValueType[] = ['Text', 'Template', 'Email', 'List of Email', 'File', 'Any']

/** The ways that make sense for an input. */
export function choicesFor(input: InputDefinition): readonly MappingChoice[] {
  return [
    'constant',
    'select',
    ...(textual.includes(input.type) ? (['merge-text'] as const) : []),
    ...(input.type === 'Template' && input.multiline ? (['merge-html'] as const) : []),
    ...(input.required ? [] : (['null', 'ignore'] as const)),
    'unset'
  ]
}

export function choiceOf(mapping: Mapping): MappingChoice {
  if (mapping.kind !== 'merge') return mapping.kind
  return mapping.format === 'html' ? 'merge-html' : 'merge-text'
}

/** The way that most people want for a type: what the form shows while nothing is chosen. */
export function usualChoice(input: InputDefinition): MappingChoice {
  if (input.type === 'Template') return 'merge-text'
  if (input.document) return 'constant'
  if (input.type === 'Record' || input.type === 'Any' || itemTypeOf(input.type) !== undefined) return 'select'
  return 'constant'
}

/** The mapping after choosing another way: a text stays where both ways have one. */
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
      return mapping.kind === 'select' ? mapping : { kind: 'select', path: '' }
    case 'merge-text':
    case 'merge-html': {
      const field = mapping.kind === 'select' && mapping.path !== '' ? `{{${mapping.path}}}` : ''
      return { kind: 'merge', template: text ?? field, format: choice === 'merge-html' ? 'html' : 'text' }
    }
    case 'constant':
      return mapping.kind === 'constant' ? mapping : { kind: 'constant', value: text ?? emptyOf(type) }
  }
}

function emptyOf(type: ValueType): string | number | boolean | null | readonly string[] {
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
      return ''
    default:
      return null
  }
}
