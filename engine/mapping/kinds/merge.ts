import { checkMessages } from '../../messages/check.ts'
import {
  type InputDefinition,
  type Path,
  type TemplatePart,
  type Value,
  type ValueType,
  parsePath,
  parseTemplate,
  renderTemplate,
  typeFits
} from '../../model/index.ts'
import type { ExpressionReader } from '../../expression/index.ts'
import type { MappingCompilation, MappingKindDefinition, MappingOf } from '../mappingKind.ts'
import { shortened } from '../shortened.ts'

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
  check({ template }, { expected, input, inputName, stepName, checkPath, tell }) {
    if (expected !== 'Template' && !typeFits('Text', expected))
      tell('error', 'input-type', checkMessages.mergeType(inputName, stepName, expected))
    for (const path of new Set(fieldsOf(parseTemplate(template))))
      if (!(input.type === 'Template' && isOfItem(path, input))) checkPath(path, 'Any')
  },
  describe: ({ template }) => shortened(template),
  suits: ({ type }) => textual.includes(type),
  words: ({ template }) => ({ text: template }),
  inPlaceOf: (_other, { text, path }) => ({
    kind: 'merge',
    template: text ?? (path === undefined ? '' : `{{${path}}}`),
    format: 'text'
  })
}

function fieldsOf(parts: readonly TemplatePart[]): Path[] {
  return parts.flatMap((part) => (typeof part === 'string' ? [] : [part.field]))
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
