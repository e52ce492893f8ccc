import { type Mapping, parsePath } from '../model/index.ts'

/** A mapping in a few words for the canvas: the constant, the selected value's name, the template. Empty when there is none. */
export function describeMapping(mapping: Mapping | undefined): string {
  switch (mapping?.kind) {
    case 'constant':
      return shortened(typeof mapping.value === 'string' ? mapping.value : JSON.stringify(mapping.value))
    case 'select':
      return parsePath(mapping.path).at(-1) ?? ''
    case 'merge':
      return shortened(mapping.template)
    case 'expression':
    case 'script':
      return shortened(mapping.source)
    case 'record':
      return shortened(Object.keys(mapping.fields).join(', '))
    case 'list':
      return `List of ${String(mapping.items.length)}`
    case 'null':
    case 'ignore':
    case 'unset':
    case undefined:
      return ''
  }
}

function shortened(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, ' ')
  return line.length <= 60 ? line : `${line.slice(0, 59)}…`
}
