import { checkMessages } from '../../messages/check.ts'
import {
  type InputDefinition,
  type Path,
  type TemplatePart,
  type Value,
  type ValueType,
  openFieldAt,
  parsePath,
  parseTemplate,
  renderTemplate,
  typeFits
} from '../../model/index.ts'
import type { ExpressionReader } from '../../expression/index.ts'
import type { MappingCheck, MappingCompilation, MappingKindDefinition, MappingOf, Mend } from '../mappingKind.ts'
import { shortened } from '../shortened.ts'

const { fixes } = checkMessages

const textual: readonly ValueType[] = ['Text', 'Template', 'Email', 'List of Email', 'File', 'Any']

/** Merge Text: a text with fields in it. */
export const merge: MappingKindDefinition<'merge'> = {
  title: 'Merge Text',
  fields: { template: { holds: 'lines' }, format: { holds: 'choice', choices: ['text', 'html'], initial: 'text' } },
  isEmpty: ({ template }) => template === '',
  paths: ({ template }) => fieldsOf(parseTemplate(template)),
  changePaths: (mapping, change) => ({
    ...mapping,
    template: parseTemplate(mapping.template)
      .map((part) => (typeof part === 'string' ? part.replaceAll('{{', '{{{{') : `{{${change(part.field)}}}`))
      .join('')
  }),
  compile: compileMerge,
  type: () => 'Text',
  check(mapping, check) {
    const { expected, input, inputName, stepName, checkPath, tell } = check
    const { template } = mapping
    if (expected !== 'Template' && !typeFits('Text', expected))
      tell('error', 'input-type', checkMessages.mergeType(inputName, stepName, expected))
    checkClosed(mapping, check)
    for (const path of new Set(fieldsOf(parseTemplate(template))))
      if (!(input.type === 'Template' && isOfItem(path, input))) checkPath(path, 'Any')
  },
  describe: ({ template }) => shortened(template),
  suits: ({ type }) => textual.includes(type),
  words: ({ template }) => {
    const [field, more] = parseTemplate(template)
    const isField = field !== undefined && typeof field !== 'string' && more === undefined
    return { text: template, ...(isField && { path: field.field }) }
  },
  inPlaceOf: (_other, { text, path }) => ({
    kind: 'merge',
    template: text ?? (path === undefined ? '' : `{{${path}}}`),
    format: 'text'
  })
}

function fieldsOf(parts: readonly TemplatePart[]): Path[] {
  return parts.flatMap((part) => (typeof part === 'string' ? [] : [part.field]))
}

/** Finds a field that never closes, and so would be printed as it is written. */
function checkClosed(mapping: MappingOf<'merge'>, { inputName, stepName, input, isKnown, tell }: MappingCheck): void {
  const { template } = mapping
  const at = openFieldAt(template)
  if (at === undefined) return
  const put = (title: string, change: string, from: number, to: number): Mend => ({
    title,
    instead: { ...mapping, template: template.slice(0, from) + change + template.slice(to) }
  })
  const field = fieldAtStart(template.slice(at + 2), (path) => isKnown(path) || isFieldOfItem(path, input))
  const end = at + 2 + (field?.length ?? 0)
  tell('error', 'field-open', checkMessages.fieldOpen(inputName, stepName), [
    ...(field === undefined
      ? []
      : [put(fixes.closeField(field.trim()), '}}', end, template.charAt(end) === '}' ? end + 1 : end)]),
    put(fixes.literalBraces, '{{{{', at, at + 2)
  ])
}

/** The longest path that a text begins with and that there is. */
function fieldAtStart(text: string, isPath: (path: string) => boolean): string | undefined {
  const ends = [...text.slice(0, 200).matchAll(/(?=[\s.,;:!?<>()}]|$)/g)].map(({ index }) => index)
  return ends
    .toReversed()
    .map((end) => text.slice(0, end))
    .find((path) => isPath(path.trim()))
}

function isFieldOfItem(path: string, input: InputDefinition): boolean {
  return isOfItem(path, input) && /^[^\s.]+\.[^\s.]+$/.test(path)
}

/** Whether the step itself fills this field in, once per item. */
function isOfItem(path: Path, { itemRoot }: Pick<InputDefinition, 'itemRoot'>): boolean {
  return itemRoot !== undefined && parsePath(path)[0] === itemRoot
}

function compileMerge<D, L>(
  { template, format }: MappingOf<'merge'>,
  { input, readerOf }: MappingCompilation<D, L>
): ExpressionReader<D, L> {
  const parts = parseTemplate(template)
  const readers = new Map(fieldsOf(parts).map((field) => [field, readerOf(parsePath(field))]))
  const render = (some: readonly TemplatePart[]): ExpressionReader<D, L> => {
    return (data, locals) => renderTemplate({ format, parts: some }, (field) => readers.get(field)?.(data, locals))
  }
  if (input.type !== 'Template') return render(parts)
  const prepared = parts.map((part) =>
    typeof part !== 'string' && isOfItem(part.field, input) ? part : render([part])
  )
  return (data, locals) => ({
    $type: 'Template',
    format,
    parts: prepared.map((part): Value => (typeof part === 'function' ? (part(data, locals) ?? '') : part))
  })
}
