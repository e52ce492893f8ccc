import {
  type FlowDocument,
  type InputDefinition,
  type Path,
  type Step,
  type StepDefinition,
  type ValueType,
  availableData,
  entryOf,
  formatPath,
  inputsOf,
  isShown,
  itemTypeOf,
  mappingOf,
  parsePath,
  settingsOf,
  stepOf,
  typeFits
} from '../../engine/index.ts'
import type { Known } from './placeStep.ts'

/** A value that a step can take. */
export interface DataItem {
  readonly path: Path
  readonly name: string
  readonly type: ValueType
  readonly summary: string
  /** Otherwise it may be empty: only some of the ways to the step provide it. */
  readonly always: boolean
}

/** Values that belong together: what one step gives, the flow's inputs, the fields of a recipient. */
export interface DataGroup {
  readonly title: string
  readonly items: readonly DataItem[]
}

/** Whether a value of one type can be given where another is asked for. */
export const fitsType = typeFits

/** What the step `at` can take from the flow, by who gives it; the nearest step first, the flow's inputs last. */
export function dataAt(document: FlowDocument, at: Step, known: Known): readonly DataGroup[] {
  const groups = new Map<string, DataItem[]>()
  for (const data of availableData(document, known.definitions, known, at.id)) {
    const { path, name, type, summary, availability } = data
    const giver = data.step === undefined ? 'Flow' : (stepOf(document.flow, data.step)?.name ?? data.step)
    // What a body adds stands under one name, without that of its step.
    const title = data.step !== undefined && parsePath(path).length === 1 ? `Inside ${giver}` : giver
    const items = groups.get(title) ?? []
    groups.set(title, [...items, { path, name, type, summary, always: availability === 'always' }])
  }
  return [...groups].map(([title, items]) => ({ title, items })).reverse()
}

/**
 * The document that a list comes from: that of the step which gives it. Without `input` it is the list that the step works
 * through, its first one.
 */
export function documentOfItems(document: FlowDocument, step: Step, known: Known, input?: string): string | undefined {
  const inputs = shownInputs(document, step, known)
  const list = input ?? Object.entries(inputs).find(([, { type }]) => itemTypeOf(type) !== undefined)?.[0]
  const mapping = list === undefined ? undefined : mappingOf(inputs, step, list)
  if (mapping?.kind !== 'select') return undefined
  const [root, id = ''] = parsePath(mapping.path)
  const source = root === 'steps' ? stepOf(document.flow, id) : undefined
  if (!source) return undefined
  return Object.entries(shownInputs(document, source, known)).flatMap(([name, input]) => {
    const value = input.document ? constantText(source, name, input) : undefined
    return value === undefined || value === '' ? [] : [value]
  })[0]
}

/** The fields that a step fills in once per item: the address, and the columns beside it in the list. */
export function itemData(root: string, columns: readonly string[]): DataGroup {
  const names = ['address', ...columns.filter((column) => column.toLowerCase() !== 'address')]
  return {
    title: `Each ${root}`,
    items: names.map((name) => ({
      path: formatPath([root, name]),
      name: name.charAt(0).toUpperCase() + name.slice(1),
      type: 'Text',
      summary: name === 'address' ? `The address of the ${root}.` : `The column “${name}” of the list.`,
      always: true
    }))
  }
}

/** The inputs of a step that its settings do not hide. */
function shownInputs({ flow }: FlowDocument, step: Step, known: Known): { readonly [name: string]: InputDefinition } {
  const definition: StepDefinition | undefined = known.definitions.find(({ type }) => type === step.type)
  if (!definition) return {}
  const settings = settingsOf(definition, step)
  const inputs = Object.entries(inputsOf(definition, step, { flow, flowAt: known.flowAt }))
  return Object.fromEntries(inputs.filter(([, input]) => isShown(input.shownWhen, settings)))
}

/** The text of a constant input; undefined when it gets its value another way. */
export function constantText(step: Step, name: string, input: InputDefinition): string | undefined {
  const mapping = entryOf(step.inputs, name) ?? input.initial
  return mapping?.kind === 'constant' && typeof mapping.value === 'string' ? mapping.value : undefined
}
