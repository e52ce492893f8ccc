import { compileExpression, readsClock } from '../../expression/index.ts'
import {
  type InputDefinition,
  type Mapping,
  type StepId,
  type TemplatePart,
  type Value,
  parsePath,
  parseTemplate,
  renderTemplate
} from '../../model/index.ts'
import { type Reader, readerOf } from './flowData.ts'

/** Makes `mapping` ready: what it takes from the data, not yet as the input's type. Scripts are not its business. */
export function compileMapping(
  mapping: Mapping,
  input: Pick<InputDefinition, 'type' | 'itemRoot'>,
  steps: ReadonlyMap<StepId, number>
): Reader {
  switch (mapping.kind) {
    case 'unset':
    case 'ignore':
    case 'null':
    case 'script':
      return () => null
    case 'constant': {
      const value = asTemplate(mapping.value, input)
      return () => value
    }
    case 'select':
      return givenAs(input, readerOf(mapping.path, steps))
    case 'record': {
      const fields = Object.entries(mapping.fields).map(([name, field]) => ({ name, read: inner(field, steps) }))
      return (data, locals) =>
        Object.fromEntries(fields.map(({ name, read }): [string, Value] => [name, read(data, locals) ?? null]))
    }
    case 'list': {
      const items = mapping.items.map((item) => inner(item, steps))
      return (data, locals) => items.map((read) => read(data, locals) ?? null)
    }
    case 'expression':
      return givenAs(
        input,
        compileExpression(mapping.source, {
          readerOf: (path) => readerOf(path, steps),
          clockOf:
            ({ clock }) =>
            () =>
              clock.now()
        })
      )
    case 'merge':
      return mergeReader(mapping.template, mapping.format, input, steps)
  }
}

/** A template is what an input of that type gets of a text. */
function givenAs(input: Pick<InputDefinition, 'type'>, read: Reader): Reader {
  if (input.type !== 'Template') return read
  return (data, locals) => {
    const value = read(data, locals)
    return value === undefined ? undefined : asTemplate(value, input)
  }
}

function inner(mapping: Mapping, steps: ReadonlyMap<StepId, number>): Reader {
  return compileMapping(mapping, { type: 'Any' }, steps)
}

/** Whether a mapping may give another value later although the data is the same. */
export function observes(mapping: Mapping): boolean {
  switch (mapping.kind) {
    case 'script':
      return true
    case 'expression':
      return readsClock(mapping.source)
    case 'record':
      return Object.values(mapping.fields).some(observes)
    case 'list':
      return mapping.items.some(observes)
    default:
      return false
  }
}

function asTemplate(value: Value, { type }: Pick<InputDefinition, 'type'>): Value {
  return type === 'Template' && typeof value === 'string'
    ? { $type: 'Template', format: 'text', parts: [value] }
    : value
}

function mergeReader(
  template: string,
  format: 'text' | 'html',
  { type, itemRoot }: Pick<InputDefinition, 'type' | 'itemRoot'>,
  steps: ReadonlyMap<StepId, number>
): Reader {
  const parts = parseTemplate(template)
  const readers = new Map(
    parts
      .flatMap((part) => (typeof part === 'string' ? [] : [part.field]))
      .map((field) => [field, readerOf(field, steps)])
  )
  const render = (some: readonly TemplatePart[]): Reader => {
    return (data, locals) => renderTemplate({ format, parts: some }, (field) => readers.get(field)?.(data, locals))
  }
  if (type !== 'Template') return render(parts)
  const prepared = parts.map((part) => (ofItem(part, itemRoot) ? part : render([part])))
  return (data, locals) => ({
    $type: 'Template',
    format,
    parts: prepared.map((part): Value => (typeof part === 'function' ? (part(data, locals) ?? '') : part))
  })
}

/** Whether the step itself fills this part in, once per item. */
function ofItem(part: TemplatePart, itemRoot: string | undefined): boolean {
  return typeof part !== 'string' && itemRoot !== undefined && parsePath(part.field)[0] === itemRoot
}
