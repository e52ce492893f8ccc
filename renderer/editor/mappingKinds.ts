import {
  type InputDefinition,
  type Mapping,
  type MappingKind,
  type ValueType,
  itemTypeOf,
  kindOf,
  mappingKinds
} from '../../engine/index.ts'

/** A way to give an input its value, as the menu beside its name offers it. */
export type MappingChoice = Exclude<MappingKind, 'merge'> | 'merge-text' | 'merge-html'

/** In the order of the menu. */
const choices: readonly MappingChoice[] = [
  'constant',
  'select',
  'merge-text',
  'merge-html',
  'expression',
  'record',
  'list',
  'script',
  'null',
  'ignore',
  'unset'
]

const kindOfChoice = (choice: MappingChoice): MappingKind =>
  choice === 'merge-text' || choice === 'merge-html' ? 'merge' : choice

/** The words for a way in the menu. */
export function choiceTitle(choice: MappingChoice): string {
  const { title } = mappingKinds[kindOfChoice(choice)]
  return choice === 'merge-html' ? `${title}, HTML` : title
}

/** The ways that make sense for an input. */
export function choicesFor(input: InputDefinition): readonly MappingChoice[] {
  const isHtml = input.type === 'Template' && input.multiline === true
  return choices.filter(
    (choice) => mappingKinds[kindOfChoice(choice)].suits(input) && (choice !== 'merge-html' || isHtml)
  )
}

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
  const kind = kindOfChoice(choice)
  const words = kindOf(mapping).words?.(mapping) ?? {}
  const chosen = mapping.kind === kind ? mapping : mappingKinds[kind].inPlaceOf(mapping, words, type)
  return chosen.kind === 'merge' ? { ...chosen, format: choice === 'merge-html' ? 'html' : 'text' } : chosen
}
